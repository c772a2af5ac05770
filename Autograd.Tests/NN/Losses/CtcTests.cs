using Autograd.NN;

namespace Autograd.Tests.NN.Losses;

/// <summary>Connectionist temporal classification, against all alignments one by one and against PyTorch's values.</summary>
internal sealed class CtcTests
{
    private static readonly Tensor Logits = (Tensor.Arange(90).To(DType.Float64) * 1.7).Sin().Reshape(6, 3, 5);
    private static readonly Tensor Targets = Tensor.From([1L, 2, 2, 4, 3, 1, 0, 0, 2, 0, 0, 0], [3, 4]);
    private static readonly Tensor TargetLengths = Tensor.From([4L, 2, 0]);

    [Test]
    public void Values_and_gradients_are_PyTorchs()
    {
        var x = Logits.Detach().AsLeaf();
        Assert.That(Of(x, [6, 5, 3], Reduction.None).ToArray<double>(), Is.EqualTo([8.397306471807962, 4.3750930306487135, 7.838961271845932]).Within(1e-12));
        Assert.That(Of(x, [6, 5, 3], Reduction.Mean).Item(), Is.EqualTo(4.041944801707427).Within(1e-12));
        var sum = Of(x, [6, 5, 3], Reduction.Sum);
        Assert.That(sum.Item(), Is.EqualTo(20.611360774302607).Within(1e-12));
        var gradient = Differentiate.Gradients(sum, [x])[0][3];
        Assert.That(gradient.ToArray<double>(), Is.EqualTo([
            -0.14929112209705125, 0.1778088341777276, -0.4919109108787445, 0.11745742961528143, 0.34593576918278673,
            -0.11163733744623425, -0.1945896372762567, 0.27208292917100113, -0.06000275564845763, 0.09414680119994741, 0, 0, 0, 0, 0]).Within(1e-12));
    }

    [Test]
    public void It_is_the_sum_over_all_alignments()
    {
        // All 3⁴ alignments of 4 steps and 3 classes: those that give [1, 2].
        var y = Tensor.Randn([4, 1, 3], DType.Float64, generator: new Generator(5)).Softmax(-1);
        var probability = 0.0;
        for (var code = 0; code < 81; code++)
        {
            int[] path = [code % 3, code / 3 % 3, code / 9 % 3, code / 27];
            var merged = path.Where((label, t) => t == 0 || label != path[t - 1]).Where(label => label != 0);
            if (merged.SequenceEqual([1, 2]))
            {
                probability += Enumerable.Range(0, 4).Aggregate(1.0, (product, t) => product * y[t, 0, path[t]].Item());
            }
        }

        var loss = Loss.Ctc(y.Log(), Tensor.From([1L, 2], [1, 2]), Tensor.From([4L]), Tensor.From([2L]), reduction: Reduction.Sum);
        Assert.That(loss.Item(), Is.EqualTo(-Math.Log(probability)).Within(1e-12));
    }

    [Test]
    public void A_target_that_does_not_fit_is_infinite_or_zero()
    {
        // Four labels with a repetition need five steps.
        var x = Logits.Detach().AsLeaf();
        Assert.That(Of(x, [4, 5, 3], Reduction.None).ToArray<double>()[0], Is.EqualTo(double.PositiveInfinity));
        var loss = Loss.Ctc(x.LogSoftmax(-1), Targets, Tensor.From([4L, 5, 3]), TargetLengths, reduction: Reduction.None, zeroInfinity: true);
        Assert.That(loss.ToArray<double>(), Is.EqualTo([0, 4.3750930306487135, 7.838961271845932]).Within(1e-12));
        var gradient = Differentiate.Gradients(loss.Sum(), [x])[0];
        Assert.That(gradient[.., 0].ToArray<double>(), Is.All.Zero);
        Assert.That(gradient.IsFinite().All().Item<bool>());
    }

    [Test]
    public void Mistakes_are_named()
    {
        var logs = Logits.LogSoftmax(-1);
        Assert.That(() => Loss.Ctc(logs[0], Targets, TargetLengths, TargetLengths), Throws.TypeOf<ShapeException>().With.Message.Contains("[T, N, C]"));
        Assert.That(() => Of(Logits, [7, 5, 3], Reduction.Sum), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("1 to 6, not 7"));
        Assert.That(() => Loss.Ctc(logs, Targets, Tensor.From([6L, 5, 3]), TargetLengths, blank: 2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("which is the blank"));
        Assert.That(() => Loss.Ctc(logs, Targets, Tensor.From([6L, 5, 3]), TargetLengths, blank: 5), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Loss.Ctc(logs, Targets.To(DType.Float32), Tensor.From([6L, 5, 3]), TargetLengths), Throws.TypeOf<DTypeException>().With.Message.Contains("targets.To(DType.Int64)"));
    }

    private static Tensor Of(Tensor logits, long[] lengths, Reduction reduction) => Loss.Ctc(logits.LogSoftmax(-1), Targets, Tensor.From(lengths), TargetLengths, reduction: reduction);
}
