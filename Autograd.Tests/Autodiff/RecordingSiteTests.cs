using System.Runtime.CompilerServices;
using Autograd.Autodiff;

namespace Autograd.Tests.Autodiff;

/// <summary>The line that had an operation recorded is noted while somebody asks for it, and only then.</summary>
internal sealed class RecordingSiteTests
{
    private static readonly Tensor X = Tensor.From([1.0, 2], requiresGrad: true);

    [Test]
    public void The_line_of_an_operation_is_the_users()
    {
        using var scope = RecordingSite.Note();
        var (y, line) = (X.Sin(), Line());
        var site = RecordingSite.Of((Operation)y.Node!)!;
        Assert.That((Path.GetFileName(site.File), site.Line), Is.EqualTo(("RecordingSiteTests.cs", line)));
        Assert.That(site.ToString(), Does.StartWith($"RecordingSiteTests.cs:{line} (").And.Contains(nameof(The_line_of_an_operation_is_the_users)));
    }

    [Test]
    public void Operations_inside_a_composition_have_the_line_that_called_it()
    {
        using var scope = RecordingSite.Note();
        var (y, line) = (X.Mish(), Line());
        var product = (Operation)y.Node!;
        for (var i = 0; i < 2; i++)
        {
            var operation = i == 0 ? product : (Operation)product.Input(1).Source!;
            Assert.That(RecordingSite.Of(operation)!.Line, Is.EqualTo(line), operation.Name);
        }
    }

    [Test]
    public async Task Nothing_is_noted_before_afterwards_or_in_other_flows()
    {
        var before = X.Sin();
        var other = Task.CompletedTask.ContinueWith(_ => X.Sin(), TaskScheduler.Default);
        var scope = RecordingSite.Note();
        var during = await Task.Run(() => X.Sin());
        scope.Dispose();
        scope.Dispose();
        var after = X.Sin();
        Assert.That(RecordingSite.Of((Operation)during.Node!), Is.Not.Null, "A task inherits the scope.");
        Assert.That(
            new[] { before, await other, after }.Select(tensor => RecordingSite.Of((Operation)tensor.Node!)),
            Is.All.Null);
    }

    private static int Line([CallerLineNumber] int line = 0) => line;
}
