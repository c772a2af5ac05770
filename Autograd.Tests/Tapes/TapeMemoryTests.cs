using Autograd.NN;

namespace Autograd.Tests.Tapes;

/// <summary>What the tape keeps alive is counted as it is in memory, and counting computes nothing.</summary>
[NonParallelizable]
internal sealed class TapeMemoryTests
{
    // Below the sizes from which the pool rounds up.
    private const int Count = 256;

    [Test]
    public void What_rules_read_is_counted_and_nothing_else()
    {
        var x = Tensor.Ones([Count], DType.Float64, requiresGrad: true);
        var tape = Tape.Of(((x + 1).Exp() + 2).Sin().Sum());
        Assert.That(tape.Entries.Where(entry => entry.IsKept).Select(entry => entry.Name), Is.EqualTo(new[] { "Exp", "Add" }), "Exp reads its result, Sin its input.");
        Assert.That(tape.Entries.Where(entry => entry.IsKept).Select(entry => entry.KeptBytes), Is.All.EqualTo(Bytes(Count)));
        Assert.That(tape.KeptBytes, Is.EqualTo(2 * Bytes(Count)));
    }

    [Test]
    public void Shared_memory_is_counted_once()
    {
        var x = Tensor.Ones([Count], DType.Float64, requiresGrad: true);
        var data = Tensor.Ones([16, 16], DType.Float64);
        var y = x.Reshape(16, 16) * data + x.Reshape(16, 16) * data.T;
        var tape = Tape.Of(y);
        Assert.That(tape.KeptBytes, Is.EqualTo(Bytes(Count)), "The views of data share its memory; products with constants do not read x.");
        Assert.That(tape.Entries.Count(entry => entry.Kind == TapeEntryKind.Constant), Is.EqualTo(2));
        Assert.That(tape.ToString(), Does.Contain("shared"));
    }

    [Test]
    public void A_slice_keeps_all_of_the_memory_it_lies_in()
    {
        var x = Tensor.Ones([2], DType.Float64, requiresGrad: true);
        var data = Tensor.Ones([Count], DType.Float64);
        Assert.That(Tape.Of(x * data[..2]).KeptBytes, Is.EqualTo(Bytes(Count)));
    }

    [Test]
    public void Parameters_are_told_apart_from_what_the_backward_pass_frees()
    {
        var w = new Parameter(Tensor.Ones([4, 5], DType.Float64));
        var x = Tensor.Ones([3, 4], DType.Float64, requiresGrad: true);
        var tape = Tape.Of(x.MatMul(w));
        Assert.That((tape.KeptBytes, tape.ParameterBytes), Is.EqualTo((Bytes(12), Bytes(20))));
        Assert.That(tape.ToString(), Does.Contain("beside").And.Contain("of parameters"));
    }

    [Test]
    public void Factors_that_an_operation_keeps_are_counted()
    {
        var a = (Tensor.Eye(8, dtype: DType.Float64) * 2).AsLeaf();
        var tape = Tape.Of(Linalg.Det(a));
        Assert.That(tape.KeptBytes, Is.EqualTo((2 * Bytes(64)) + Bytes(1)), "The matrix, its factors, and the result.");
    }

    [Test]
    public void Reading_the_tape_evaluates_nothing_and_pending_values_take_no_memory()
    {
        var x = Tensor.Ones([100_000], requiresGrad: true);
        var y = (x * 3 + 1).Exp();
        var loss = y * y;
        var tape = Tape.Of(loss);
        _ = (tape.ToString(), tape.ToSvg(), tape.ToDot(), tape.ToMermaid());
        Assert.That(y.Pending, Is.Not.Null);
        var exp = tape.Entries.Single(entry => entry.Name == "Exp");
        Assert.That((exp.IsKept, exp.IsPending), Is.EqualTo((true, true)));
        Assert.That(exp.KeptBytes, Is.LessThan(100), "a constant or two");
        Assert.That(tape.Entries[0].KeptBytes, Is.GreaterThanOrEqualTo(400_000), "What it will be computed from is alive.");
        Assert.That(tape.ToString(), Does.Contain("pending"));

        loss.Evaluate();
        y.Evaluate();
        Assert.That(Tape.Of(loss).Entries.Single(entry => entry.Name == "Exp").KeptBytes, Is.GreaterThanOrEqualTo(400_000));
    }

    [Test]
    public void Every_operation_of_a_network_is_counted_without_an_error()
    {
        var model = new Sequential(new Conv2d(1, 4, 3), new Relu(), new Flatten(), new Dropout(), new Linear(4 * 36, 10));
        var loss = Loss.CrossEntropy(model.Forward(Tensor.Rand([5, 1, 8, 8])), Tensor.From([0, 1, 2, 3, 4]));
        loss.Evaluate();
        Assert.That(Tape.Of(loss).KeptBytes, Is.GreaterThan(5 * 4 * 36 * 4));
    }

    private static long Bytes(int count)
    {
        // With the pool for every size, an array has room to be aligned.
        var tensor = Tensor.Ones([count], DType.Float64);
        return tensor.MemoryBytes;
    }
}
