using System.Runtime.CompilerServices;

namespace Autograd.Tests.Autodiff;

/// <summary>The first value and the first gradient that are not finite fail with the line of the program.</summary>
internal sealed class AnomalyTests
{
    [Test]
    public void The_first_operation_that_yields_nan_fails_at_its_line([Values(3, 5000)] int count)
    {
        var x = (Tensor.Arange(count, DType.Float64) - 1).AsLeaf();
        using var scope = Grad.DetectAnomaly();
        var line = 0;
        var error = Assert.Throws<AnomalyException>(() => _ = Root(x * 2, out line) * 3)!;
        Assert.That(error.Message, Does.StartWith($"Sqrt [{count}] yields NaN at [0]").And.Contains("All its inputs are finite").And.Contains($"AnomalyTests.cs:{line} "));
    }

    [Test]
    public void A_rule_that_yields_infinity_fails_with_the_line_of_its_operation()
    {
        using var scope = Grad.DetectAnomaly();
        var x = Tensor.From([4.0, 1, 9, 0], [2, 2], requiresGrad: true);
        var loss = (Root(x, out var line) * 2).Sum();
        var error = Assert.Throws<AnomalyException>(() => loss.Backward())!;
        Assert.That(error.Message, Does.Contain("the gradient rule of Sqrt [2, 2]").And.Contains("Infinity at [1, 1] for input 0").And.Contains("it was given is finite").And.Contains($"AnomalyTests.cs:{line} "));
        Assert.That(x.Grad, Is.Null);
    }

    [Test]
    public void Rules_that_are_recorded_are_named_after_the_operation_too()
    {
        using var scope = Grad.DetectAnomaly();
        var x = Tensor.From([0.0], requiresGrad: true);
        var y = x.Sqrt().Sum();
        Assert.That(() => Differentiate.Gradients(y, [x], createGraph: true), Throws.TypeOf<AnomalyException>().With.Message.StartsWith("Backward: the gradient rule of Sqrt"));
    }

    [Test]
    public void Infinity_passes_if_it_is_allowed()
    {
        var x = Tensor.From([0.0, 1], requiresGrad: true);
        using var scope = Grad.DetectAnomaly(allowInfinity: true);
        var y = x.Log();
        Assert.That(y[0].Item(), Is.EqualTo(double.NegativeInfinity));
        Assert.That(() => y * 0, Throws.TypeOf<AnomalyException>().With.Message.StartsWith("Mul [2] yields NaN at [0]."));
        Assert.That(() => x.Reciprocal(), Throws.Nothing);
    }

    [Test]
    public void A_constant_that_has_it_already_is_blamed()
    {
        var x = Tensor.From([1.0, 2], requiresGrad: true);
        var data = Tensor.From([1.0, double.NaN]);
        using var scope = Grad.DetectAnomaly();
        Assert.That(() => x * data, Throws.TypeOf<AnomalyException>().With.Message.Contains("Its input 1, of shape [2], was not recorded and has it already: NaN at [1]"));
    }

    [Test]
    public void A_gradient_that_comes_in_bad_is_said_to()
    {
        using var scope = Grad.DetectAnomaly();
        var x = Tensor.From([1.0, 2], requiresGrad: true);
        Assert.That(() => (x * 2).Backward(Tensor.From([1.0, double.NaN])), Throws.TypeOf<AnomalyException>().With.Message.Contains("of shape [2], has it already: NaN at [1]"));
    }

    [Test]
    public void Outside_of_the_scope_nothing_is_looked_at()
    {
        var x = Tensor.From([-1.0], requiresGrad: true);
        Grad.DetectAnomaly().Dispose();
        var y = x.Sqrt();
        y.Backward();
        Assert.That(double.IsNaN(x.Grad!.Item()));
    }

    [Test]
    public void Scopes_nest_and_the_outer_one_is_back_afterwards()
    {
        var x = Tensor.From([0.0], requiresGrad: true);
        using var outer = Grad.DetectAnomaly();
        using (Grad.DetectAnomaly(allowInfinity: true))
        {
            Assert.That(() => x.Log(), Throws.TypeOf<AnomalyException>(), "The outer scope does not allow it.");
        }

        Assert.That(() => x.Log(), Throws.TypeOf<AnomalyException>());
    }

    [Test]
    public void Shapes_without_elements_and_integers_have_none()
    {
        using var scope = Grad.DetectAnomaly();
        var x = Tensor.Zeros([0, 3], requiresGrad: true);
        Assert.That(() => (x.Log() * 2).Sum().Backward(), Throws.Nothing);
    }

    // Lines are exact in code that is not optimized.
    [MethodImpl(MethodImplOptions.NoOptimization | MethodImplOptions.NoInlining)]
    private static Tensor Root(Tensor x, out int line)
    {
        line = Line() + 1;
        return x.Sqrt();
    }

    private static int Line([CallerLineNumber] int line = 0) => line;
}
