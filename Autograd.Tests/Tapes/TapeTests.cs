using System.Runtime.CompilerServices;
using Autograd.NN;

namespace Autograd.Tests.Tapes;

/// <summary>The tape as data: every entry, what it was computed from, and who had it recorded.</summary>
internal sealed class TapeTests
{
    [Test]
    public void Entries_come_after_their_inputs_and_say_what_they_are()
    {
        var w = new Parameter(Tensor.Ones([3, 2]), "w");
        var x = Tensor.Ones([4, 3]);
        var bias = Tensor.Zeros([2], requiresGrad: true);
        var tape = Tape.Of((x.MatMul(w) + bias).Square().Mean());
        Assert.That(tape.Entries.Select(entry => $"{entry.Number} {entry.Kind} {entry.Name} {entry.Shape} ({string.Join(", ", entry.Inputs.Select(input => input?.Number))})"), Is.EqualTo(new[]
        {
            "0 Parameter w [3, 2] ()",
            "1 Constant Constant [4, 3] ()",
            "2 Operation MatMul [4, 2] (1, 0)",
            "3 Leaf Leaf [2] ()",
            "4 Operation Add [4, 2] (2, 3)",
            "5 Operation Mul [4, 2] (4, 4)",
            "6 Operation Sum [] (5)",
            "7 Constant 8 [] ()",
            "8 Operation Div [] (6, 7)",
        }));
        Assert.That(tape.Entries.Where(entry => entry.IsOutput).Select(entry => entry.Number), Is.EqualTo(new[] { 8 }));
        Assert.That(tape.Entries.Select(entry => entry.DType), Is.All.EqualTo(DType.Float32));
    }

    [Test]
    public void Of_one_leaf_there_is_one_entry_and_of_a_constant_none()
    {
        Assert.That(Tape.Of(Tensor.Ones([2], requiresGrad: true)).Entries, Has.Count.EqualTo(1));
        Assert.That(Tape.Of(new Parameter(Tensor.Ones([2]))).Entries[0].Kind, Is.EqualTo(TapeEntryKind.Parameter));
        Assert.That(() => Tape.Of(Tensor.Ones([2])), Throws.TypeOf<GradientException>().With.Message.Contains("nothing was recorded").And.Message.Contains("[2]"));
        Assert.That(() => Tape.Of(), Throws.ArgumentException.With.Message.Contains("at least one"));
        Assert.That(() => Tape.Of([null!]), Throws.ArgumentNullException);
    }

    [Test]
    public void Several_outputs_share_what_they_have_in_common()
    {
        var x = Tensor.Ones([2], requiresGrad: true);
        var common = x.Exp();
        var tape = Tape.Of(common * 2, common + 1);
        Assert.That(tape.Entries.Count(entry => entry.Name == "Exp"), Is.EqualTo(1));
        Assert.That(tape.Entries.Where(entry => entry.IsOutput).Select(entry => entry.Name), Is.EqualTo(new[] { "Mul", "Add" }));
    }

    [Test]
    public void A_used_record_is_shown_as_released()
    {
        var x = Tensor.Ones([2], requiresGrad: true);
        var loss = (x * x).Sum();
        loss.Backward();
        var tape = Tape.Of(loss);
        Assert.That(tape.Entries.Select(entry => (entry.Name, entry.IsReleased, entry.KeptBytes)), Is.EqualTo(new[] { ("Sum", true, 0L) }));
        Assert.That(tape.ToString(), Does.Contain("→ Sum (released)"));
    }

    [Test]
    public void A_chain_of_a_hundred_thousand_operations_is_read_and_its_table_cut()
    {
        var x = Tensor.Ones([1], requiresGrad: true);
        var y = x;
        for (var i = 0; i < 100_000; i++)
        {
            y = y + x;
        }

        var tape = Tape.Of(y);
        Assert.That(tape.Entries, Has.Count.EqualTo(100_001));
        var table = tape.ToString();
        Assert.That(table.Split('\n'), Has.Length.EqualTo(103));
        Assert.That(table, Does.Contain("… 99901 more …"));
        Assert.That(tape.ToSvg(), Does.Contain("99801 more"));
    }

    [Test]
    public void Modules_and_lines_are_known_while_the_tape_is_traced()
    {
        var model = new Sequential(new Linear(2, 3), new Sequential(new Gelu(), new Linear(3, 1)));
        var x = Tensor.Ones([4, 2]);
        using var scope = Tape.Traced();
        var (loss, line) = (model.Forward(x).Mean(), Line());
        var tape = Tape.Of(loss);
        var modules = tape.Entries.Where(entry => entry.Kind == TapeEntryKind.Operation).Select(entry => entry.ModulePath).Distinct(StringComparer.Ordinal);
        Assert.That(modules, Is.EqualTo(new[] { "Sequential.0", "Sequential.1.0", "Sequential.1.1", null }));
        Assert.That(tape.Entries.Single(entry => entry.Name == "1.1.bias").Kind, Is.EqualTo(TapeEntryKind.Parameter));
        var operations = tape.Entries.Where(entry => entry.Kind == TapeEntryKind.Operation).ToList();
        Assert.That(operations.Select(entry => (Path.GetFileName(entry.SourceFile), entry.SourceLine)), Is.All.EqualTo(("TapeTests.cs", line)));
        Assert.That(operations.Where(entry => entry.ModulePath == "Sequential.1.0").Select(entry => entry.Composite), Is.All.EqualTo("Gelu"));
        Assert.That(operations[^1].Composite, Is.EqualTo("Mean"));
        Assert.That(operations.Where(entry => entry.ModulePath == "Sequential.0").Select(entry => entry.Composite), Is.All.EqualTo("Linear"));
        Assert.That(tape.ToString(), Does.Contain("Sequential.1.0").And.Contain($"TapeTests.cs:{line}"));
    }

    [Test]
    public void Compositions_are_known_also_when_the_runtime_has_optimized_them()
    {
        var x = Tensor.Ones([4], requiresGrad: true);
        for (var i = 0; i < 300; i++)
        {
            _ = Composed(x);
            Thread.Sleep(i % 100 == 99 ? 200 : 0);
        }

        using var scope = Tape.Traced();
        Assert.That(
            Tape.Of(Composed(x)).Entries.Where(entry => entry.Kind == TapeEntryKind.Operation).Select(entry => $"{entry.Name} {entry.Composite}".TrimEnd()),
            Is.EqualTo(new[] { "Mul Gelu", "Mul Gelu", "Erf Gelu", "Add Gelu", "Mul Gelu", "Mul", "Softplus Mish", "Tanh Mish", "Mul Mish", "Sum Mean", "Div Mean" }));
    }

    // As the code of a notebook's cell.
    [MethodImpl(MethodImplOptions.NoOptimization | MethodImplOptions.NoInlining)]
    private static Tensor Composed(Tensor x) => (x.Gelu() * 2).Mish().Mean();

    [Test]
    public void A_module_that_another_does_not_hold_has_the_name_of_its_type()
    {
        var hidden = new Linear(3, 3);
        var model = new Sequential(new Linear(2, 3), new Lambda(hidden.Forward));
        using var scope = Tape.Traced();
        var tape = Tape.Of(model.Forward(Tensor.Ones([4, 2])));
        Assert.That(tape.Entries[^1].ModulePath, Is.EqualTo("Sequential.1.Linear"));
        Assert.That(tape.Entries[^1].ModuleType, Is.EqualTo("Linear"));
    }

    [Test]
    public void Without_tracing_nothing_of_it_is_known_and_nothing_is_allocated_for_it()
    {
        var model = new Sequential(new Linear(2, 3));
        var x = Tensor.Ones([4, 2]);
        Tape.Traced().Dispose();
        var entry = Tape.Of(model.Forward(x)).Entries[^1];
        Assert.That((entry.ModulePath, entry.SourceMethod, entry.Composite, entry.SourceLine), Is.EqualTo(((string?)null, (string?)null, (string?)null, 0)));
        Assert.That(Autograd.Tapes.TapeTrace.IsTracing, Is.False);
    }

    [Test]
    public async Task Other_flows_are_not_traced()
    {
        using var traced = new SemaphoreSlim(0);
        Task<Tape> other;
        using (ExecutionContext.SuppressFlow())
        {
            other = Task.Run(async () =>
            {
                await traced.WaitAsync();
                return Tape.Of(new Sequential(new Linear(2, 3)).Forward(Tensor.Ones([4, 2])));
            });
        }

        using (Tape.Traced())
        {
            traced.Release();
            Assert.That((await other).Entries.Select(entry => entry.ModulePath), Is.All.Null);
        }
    }

    [Test]
    public void A_recorded_operation_is_as_small_as_before()
    {
        var (a, b) = (Tensor.Ones([16], requiresGrad: true), Tensor.Ones([16]));
        _ = a * b;
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = a * b;
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThanOrEqualTo(HardModeSize(216)));
    }

    private static long HardModeSize(long bytes) => Environment.GetEnvironmentVariable("AUTOGRAD_TEST_HARD") is { Length: > 0 } ? long.MaxValue : bytes;

    private static int Line([CallerLineNumber] int line = 0) => line;
}
