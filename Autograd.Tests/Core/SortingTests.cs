using Autograd.Tests.Generators;
using FsCheck.Fluent;

namespace Autograd.Tests.Core;

/// <summary>Sorting, choosing and running operations against plain loops; NaN, infinities, ties, rank 0, nothing.</summary>
public class SortingTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    // Few values, so that there are ties of every kind.
    private static readonly double[] Values = [NaN, -Inf, -1, -0.0, 0, 0.5, 1, Inf];

    [Test]
    public void Sorting_is_that_of_a_list_and_stable()
        => Law.Holds(
            from rows in Gen.Elements(Values).ArrayOf(7).ArrayOf(3) from dim in Gen.Choose(0, 1) from reversed in Gen.Elements(true, false) select (rows, dim, reversed),
            sample =>
            {
                // The rows lie along dimension 1, or as columns along dimension 0.
                var matrix = Tensor.From([.. sample.rows.SelectMany(row => row)], [3, 7]);
                var x = sample.dim == 1 ? matrix : matrix.T.Evaluate();
                foreach (var dtype in new[] { DType.Float64, DType.Float32 })
                {
                    var (values, indices) = x.To(dtype).Sort(sample.dim, sample.reversed);
                    var (v, i) = sample.dim == 1 ? (values, indices) : (values.T, indices.T);
                    for (var r = 0; r < 3; r++)
                    {
                        var row = sample.rows[r];
                        var places = Enumerable.Range(0, 7).OrderBy(p => Rank(row[p], sample.reversed)).Select(p => (long)p).ToArray();
                        if (!i[r].ToArray<long>().SequenceEqual(places) || !v[r].To(DType.Float64).ToArray<double>().SequenceEqual(places.Select(p => row[p])))
                        {
                            throw new LawBrokenException($"{string.Join(' ', row)}: {v[r]}, {i[r]}");
                        }
                    }
                }
            });

    [Test]
    public void Long_rows_are_sorted_by_digits_and_as_stably()
    {
        var generator = new Generator(17);
        foreach (var x in new[] { Tensor.Randn([3, 2000], DType.Float64, generator: generator), Tensor.Randn([3, 2000], DType.Float32, generator: generator), Tensor.RandInt(-20, 20, [3, 2000], generator), Tensor.Ones([1, 700]) })
        {
            foreach (var reversed in new[] { false, true })
            {
                var indices = x.ArgSort(1, reversed);
                for (var r = 0; r < x.Shape[0]; r++)
                {
                    var row = x[r].To(DType.Float64).ToArray<double>();
                    var places = Enumerable.Range(0, row.Length);
                    Assert.That(indices[r].ToArray<long>(), Is.EqualTo((reversed ? places.OrderByDescending(p => row[p]) : places.OrderBy(p => row[p])).Select(p => (long)p).ToArray()));
                }
            }
        }
    }

    [Test]
    public void Whole_numbers_and_truth_values_are_sorted()
    {
        var x = Tensor.From([5L, long.MinValue, long.MaxValue, 0, -1]);
        Assert.That(x.Sort().Values.ToArray<long>(), Is.EqualTo(new[] { long.MinValue, -1, 0, 5, long.MaxValue }));
        Assert.That(x.Sort(descending: true).Indices.ToArray<long>(), Is.EqualTo(new long[] { 2, 0, 3, 4, 1 }));
        Assert.That(Tensor.From([true, false, true]).Sort().Values.ToArray<bool>(), Is.EqualTo(new[] { false, true, true }));
        Assert.That(Tensor.From([true, false, true]).CumSum(0).ToArray<long>(), Is.EqualTo(new long[] { 1, 1, 2 }));
        Assert.That(Tensor.From([3L, -2, 4]).CumProd(0).ToArray<long>(), Is.EqualTo(new long[] { 3, -6, -24 }));
    }

    [Test]
    public void Running_operations_are_those_of_loops()
        => Law.Holds(
            from row in Gen.Choose(1, 9).SelectMany(n => Gen.Elements(Values).ArrayOf(n)) select row,
            row =>
            {
                var x = Tensor.From(row);
                Same(x.CumSum(0), Running((a, b) => a + b), "CumSum");
                Same(x.CumProd(0), Running((a, b) => a * b), "CumProd");
                Same(x.CumMax(0).Values, Running(Math.Max), "CumMax");
                Same(x.CumMin(0).Values, Running(Math.Min), "CumMin");
                Same(x.Max(0).Values, row.Aggregate(Math.Max), "Max");
                Same(x.Median(), row.Any(double.IsNaN) ? NaN : row.Order().ElementAt((row.Length - 1) / 2), "Median");
                Same(x.CumMax(0).Values, x.Gather(0, x.CumMax(0).Indices).ToArray<double>(), "places of CumMax");

                double[] Running(Func<double, double, double> combine)
                {
                    double[] y = [.. row];
                    for (var i = 1; i < y.Length; i++)
                    {
                        y[i] = combine(y[i - 1], y[i]);
                    }

                    return y;
                }

                void Same(Tensor y, object expected, string what)
                {
                    double[] numbers = expected as double[] ?? [(double)expected];
                    if (!y.Reshape(-1).ToArray<double>().Zip(numbers).All(pair => pair.First.Equals(pair.Second) || pair.First == pair.Second))
                    {
                        throw new LawBrokenException($"{what} of {x}: {y}, not {string.Join(' ', numbers)}");
                    }
                }
            });

    [Test]
    public void Running_sums_take_every_layout_and_length()
    {
        foreach (var (rows, columns) in new[] { (1, 1), (3, 700), (700, 3), (5, 1100), (2000, 1) })
        {
            var x = Tensor.RandInt(-9, 9, [rows, columns], new Generator(1));
            foreach (var dim in new[] { 0, 1 })
            {
                var whole = x.CumSum(dim);
                Assert.That(x.T.CumSum(1 - dim).T.ToArray<long>(), Is.EqualTo(whole.ToArray<long>()));
                var last = whole.Select(dim, -1);
                Assert.That(last.ToArray<long>(), Is.EqualTo(x.Sum(dim).ToArray<long>()));
                Assert.That(x.To(DType.Float32).CumSum(dim).To(DType.Int64).ToArray<long>(), Is.EqualTo(whole.ToArray<long>()));
            }
        }

        Assert.That(Tensor.Full([1 << 20], 0.1f).CumSum(0)[^1].Item(), Is.EqualTo(0.1f * (1 << 20)).Within(0.01), "errors do not add up");
    }

    [Test]
    public void The_middle_and_the_kth_and_the_top()
    {
        var x = Tensor.From([3.0, 1, 2, 2, NaN, 2], [2, 3]);
        Assert.That(x[0].Median().Item(), Is.EqualTo(2));
        var (values, indices) = x.Median(1, keepDim: true);
        Assert.That(values.ToArray<double>(), Is.EqualTo(new[] { 2.0, NaN }));
        Assert.That(indices.ToArray<long>(), Is.EqualTo(new long[] { 2, 1 }));
        Assert.That(Tensor.From([4.0, 1, 3, 2]).Median().Item(), Is.EqualTo(2), "the lower one of two");
        Assert.That(Tensor.From([4.0, 1, 3, 2]).KthValue(3).Values.Item(), Is.EqualTo(3));
        Assert.That(Tensor.From([4.0, 1, 3, 2]).TopK(2).Indices.ToArray<long>(), Is.EqualTo(new long[] { 0, 2 }));
        Assert.That(Tensor.From([4.0, 1, 3, 2]).TopK(0).Values.Shape, Is.EqualTo(Shape.Create([0])));
        Assert.That(() => x.TopK(4), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("3 elements"));
        Assert.That(() => x.KthValue(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Tensor.Zeros([0]).Median(), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.Sort(2), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Rank_0_counts_as_a_vector_of_one()
    {
        var x = Tensor.From(3.0, DType.Float64, requiresGrad: true);
        Tensor[] all = [x.CumSum(0), x.CumProd(-1), x.LogCumSumExp(0), x.CumMax(0).Values, x.Sort().Values, x.TopK(1).Values, x.KthValue(1).Values, x.Median(), x.Median(0).Values, x.Max(0).Values, x.Min(-1, keepDim: true).Values, x.Norm()];
        foreach (var y in all)
        {
            Assert.That((y.Rank, y.Item()), Is.EqualTo((0, 3.0)));
            Assert.That(Differentiate.Gradients(y, [x])[0].Item(), Is.EqualTo(1));
        }
    }

    [Test]
    public void Norms_at_their_limits()
    {
        var zero = Tensor.Zeros([3], DType.Float64, requiresGrad: true);
        foreach (var p in new[] { 0.5, 1, 1.5, 2, 3, 0 })
        {
            Assert.That(zero.Norm(p).Item(), Is.Zero);
            Assert.That(Differentiate.Gradients(zero.Norm(p), [zero])[0].ToArray<double>(), Is.All.Zero, $"p = {p}");
        }

        var x = Tensor.From([3.0, -4, 0]);
        Assert.That(new[] { 2, 1, 0, Inf, -Inf, -1 }.Select(p => x.Norm(p).Item()), Is.EqualTo(new[] { 5, 7, 2, 4, 0.0, 0 }));
        Assert.That(Tensor.Zeros([0, 2]).Norm(2, 0).ToArray<float>(), Is.EqualTo(new float[] { 0, 0 }));
        Assert.That(() => x.Norm(NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Tensor.Arange(3).Norm(), Throws.TypeOf<DTypeException>());
    }

    // The place of a value in the order: NaN above ∞.
    private static double Rank(double value, bool descending)
    {
        var rank = double.IsNaN(value) ? 99 : value == Inf ? 98 : value == -Inf ? -98 : value;
        return descending ? -rank : rank;
    }
}
