namespace Autograd.Tests.Core;

/// <summary>Rows by number, bags of them, scattering with a reduction, and attention.</summary>
public class EmbeddingTests
{
    private static readonly Tensor Table = Tensor.From([1.0, 2, 3, 4, 5, 6], [3, 2]);

    [Test]
    public void Rows_by_number()
    {
        var numbers = Tensor.From([2L, 0, 2, 1], [2, 2]);
        Assert.That(Tensor.Embedding(numbers, Table).ToArray<double>(), Is.EqualTo(new double[] { 5, 6, 1, 2, 5, 6, 3, 4 }));
        var table = Table.AsLeaf();
        Assert.That(Differentiate.Gradients(Tensor.Embedding(numbers, table, paddingIdx: -1).Sum(), [table])[0].ToArray<double>(), Is.EqualTo(new double[] { 1, 1, 1, 1, 0, 0 }));
        Assert.That(Tensor.Embedding(Tensor.From(1), Table).Shape, Is.EqualTo(Shape.Create([2])));
        Assert.That(() => Tensor.Embedding(numbers.To(DType.Float32), Table), Throws.TypeOf<DTypeException>());
        Assert.That(() => Tensor.Embedding(numbers + 1, Table), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Tensor.Embedding(numbers, Table[0]), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.Embedding(numbers, Table, paddingIdx: 3), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Bags()
    {
        var numbers = Tensor.From([0L, 1, 2, 2]);
        var offsets = Tensor.From([0L, 3, 3]);
        Assert.That(Tensor.EmbeddingBag(numbers, Table, offsets).ToArray<double>(), Is.EqualTo(new double[] { 3, 4, 0, 0, 5, 6 }));
        Assert.That(Tensor.EmbeddingBag(numbers, Table, offsets, BagMode.Max).ToArray<double>(), Is.EqualTo(new double[] { 5, 6, 0, 0, 5, 6 }));
        Assert.That(Tensor.EmbeddingBag(numbers, -Table, offsets, BagMode.Max, paddingIdx: 0).ToArray<double>(), Is.EqualTo(new double[] { -3, -4, 0, 0, -5, -6 }));
        Assert.That(Tensor.EmbeddingBag(numbers.Reshape(2, 2), Table, mode: BagMode.Sum, perSampleWeights: Tensor.From([1.0, 2, 0, 3], [2, 2])).ToArray<double>(), Is.EqualTo(new double[] { 7, 10, 15, 18 }));
        Assert.That(() => Tensor.EmbeddingBag(numbers, Table), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.EmbeddingBag(numbers, Table, Tensor.From([1L])), Throws.ArgumentException);
        Assert.That(() => Tensor.EmbeddingBag(numbers, Table, Tensor.From([0L, 5])), Throws.ArgumentException);
        Assert.That(() => Tensor.EmbeddingBag(numbers, Table, offsets, perSampleWeights: Tensor.Ones([4])), Throws.ArgumentException);
    }

    [Test]
    public void Scattering_with_a_reduction()
    {
        var (x, index, source) = (Tensor.From([10.0, 20, 30]), Tensor.From([0L, 0, 2]), Tensor.From([4.0, 16, double.NaN]));
        Assert.That(Reduce(ScatterReduction.Sum, true), Is.EqualTo(new[] { 30, 20, double.NaN }));
        Assert.That(Reduce(ScatterReduction.Mean, true), Is.EqualTo(new[] { 10, 20, double.NaN }));
        Assert.That(Reduce(ScatterReduction.Mean, false), Is.EqualTo(new[] { 10, 20, double.NaN }));
        Assert.That(Reduce(ScatterReduction.Amax, true), Is.EqualTo(new[] { 16, 20, double.NaN }));
        Assert.That(Reduce(ScatterReduction.Amin, true), Is.EqualTo(new[] { 4, 20, double.NaN }));
        Assert.That(Reduce(ScatterReduction.Amin, false), Is.EqualTo(new[] { 4, 20, double.NaN }));
        Assert.That(Reduce(ScatterReduction.Prod, true), Is.EqualTo(new[] { 640, 20, double.NaN }));
        Assert.That(Reduce(ScatterReduction.Prod, false), Is.EqualTo(new[] { 64, 20, double.NaN }));

        // Products have their gradient at zeros, too, and take as much of the source as the index has.
        var (rows, columns) = (Tensor.From([2.0, 0, 3, 5], [2, 2]), Tensor.From([0L, 0, 1, 0, 0, 0], [3, 2]));
        GradCheck.Verify(
            (Tensor[] inputs) => inputs[0].ScatterReduce(0, columns, inputs[1], ScatterReduction.Prod), [rows, Tensor.From([0.0, 1, 9, -2, 3, 9, 0.5, 0, 9], [3, 3])], new() { Order = 2 });
        Assert.That(() => x.ScatterReduce(0, index, Tensor.Ones([2], DType.Float64), ScatterReduction.Prod), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.ScatterReduce(0, index, Tensor.Ones([3]), ScatterReduction.Prod), Throws.TypeOf<DTypeException>().With.Message.Contains("Float32"));
        Assert.That(Tensor.Ones([0, 2]).ScatterReduce(0, Tensor.Zeros([0, 2], DType.Int64), Tensor.Ones([0, 2]), ScatterReduction.Prod).Shape, Is.EqualTo(Shape.Create([0, 2])));
        Assert.That(Tensor.From([5L, 5]).ScatterReduce(0, Tensor.From([0L]), Tensor.From([3L]), ScatterReduction.Amax, includeSelf: false).ToArray<long>(), Is.EqualTo(new long[] { 3, 5 }));

        // Of equal ones each receives its share, the target's own, too.
        var (t, s) = (Tensor.Ones([1], DType.Float64, requiresGrad: true), Tensor.Ones([3], DType.Float64, requiresGrad: true));
        var gradients = Differentiate.Gradients(t.ScatterReduce(0, Tensor.From([0L, 0, 0]), s, ScatterReduction.Amax), [t, s]);
        Assert.That(gradients[0].Item(), Is.EqualTo(0.25));
        Assert.That(gradients[1].ToArray<double>(), Is.All.EqualTo(0.25));

        double[] Reduce(ScatterReduction reduce, bool includeSelf) => x.ScatterReduce(0, index, source, reduce, includeSelf).ToArray<double>();
    }

    [Test]
    public void Attention_looks_where_it_may()
    {
        var g = new Generator(31);
        Tensor Draw(params int[] sizes) => Tensor.Randn(sizes, DType.Float64, generator: g);
        var (q, k, v) = (Draw(2, 3, 4), Draw(2, 3, 4), Draw(2, 3, 5));
        var causal = Tensor.ScaledDotProductAttention(q, k, v, isCausal: true);
        Assert.That(causal[.., 0].AllClose(v[.., 0]), "the first query sees the first value only");
        Assert.That(causal.AllClose(Tensor.ScaledDotProductAttention(q, k, v, Tensor.Ones([3, 3], DType.Bool).Tril())));
        Assert.That(Tensor.ScaledDotProductAttention(q, k, v, scale: 0).AllClose(v.Mean(1, keepDim: true).Expand(2, 3, 5)));

        // A query that may look nowhere: zeros, and gradients that are numbers.
        var blind = Tensor.From([true, true, false, false], [2, 2]);
        var leaf = Draw(2, 4).AsLeaf();
        foreach (var mask in new[] { blind, Tensor.Where(blind, 0.0, double.NegativeInfinity).To(DType.Float64) })
        {
            var y = Tensor.ScaledDotProductAttention(leaf, Draw(2, 4), Draw(2, 3), mask);
            Assert.That(y[1].ToArray<double>(), Is.All.Zero);
            Assert.That(Differentiate.Gradients(y.Sum(), [leaf])[0].IsFinite().All().Item<bool>());
        }

        var single = Tensor.ScaledDotProductAttention(q.To(DType.Float32), k.To(DType.Float32), v.To(DType.Float32), Tensor.Zeros([3, 3], DType.Float64));
        Assert.That((single.DType, single.To(DType.Float64).AllClose(Tensor.ScaledDotProductAttention(q, k, v), 1e-4)), Is.EqualTo((DType.Float32, true)), "a mask does not widen");
        GradCheck.Verify(t => Tensor.ScaledDotProductAttention(t[0], t[1], t[2], isCausal: true), [Draw(2, 3), Draw(2, 3), Draw(2, 1)], new() { Order = 2 });
        Assert.That(() => Tensor.ScaledDotProductAttention(q, Draw(2, 3, 5), v), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.ScaledDotProductAttention(q, k, v, blind, isCausal: true), Throws.ArgumentException);
        Assert.That(() => Tensor.ScaledDotProductAttention(Draw(3, 2, 4), Draw(2, 2, 4), Draw(2, 2, 4), enableGqa: true), Throws.TypeOf<ShapeException>().With.Message.Contains("2 heads"));
    }

    [Test]
    public void Slices_are_repeated_one_by_one()
    {
        Assert.That(Tensor.From([1L, 2]).RepeatInterleave(2, 0).ToArray<long>(), Is.EqualTo(new long[] { 1, 1, 2, 2 }));
        Assert.That(Table.RepeatInterleave(0, 1).Shape, Is.EqualTo(Shape.Create([3, 0])));
        Assert.That(() => Table.RepeatInterleave(-1, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
