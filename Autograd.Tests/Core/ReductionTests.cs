namespace Autograd.Tests.Core;

public class ReductionTests
{
    private static readonly (string Name, Func<Tensor, int[], bool, Tensor> Actual, Func<double[], double> Expected, bool OfNothing)[] Reductions =
    [
        ("Sum", (x, dims, keep) => x.Sum(dims, keep), row => row.Sum(), true),
        ("Prod", (x, dims, keep) => x.Prod(dims, keep), row => row.Aggregate(1.0, (a, b) => a * b), true),
        ("Mean", (x, dims, keep) => x.Mean(dims, keep), row => row.Length == 0 ? double.NaN : row.Average(), true),
        ("Var", (x, dims, keep) => x.Var(dims, keepDim: keep), row => Variance(row, 1), true),
        ("Var 0", (x, dims, keep) => x.Var(dims, 0, keep), row => Variance(row, 0), true),
        ("Std", (x, dims, keep) => x.Std(dims, keepDim: keep), row => Math.Sqrt(Variance(row, 1)), true),
        ("Amax", (x, dims, keep) => x.Amax(dims, keep), row => row.Max(), false),
        ("Amin", (x, dims, keep) => x.Amin(dims, keep), row => row.Min(), false),
        ("All", (x, dims, keep) => x.Ne(3).All(dims, keep).To(DType.Float64), row => row.All(v => v != 3) ? 1 : 0, true),
        ("Any", (x, dims, keep) => x.Eq(3).Any(dims, keep).To(DType.Float64), row => row.Any(v => v == 3) ? 1 : 0, true),
        ("LogSumExp", (x, dims, keep) => x.LogSumExp(dims, keep), row => Math.Log(row.Sum(Math.Exp)), true),
    ];

    [TestCaseSource(nameof(Names))]
    public void Every_subset_of_dimensions_of_any_layout(string name)
    {
        var (_, actual, expected, ofNothing) = Reductions.Single(r => r.Name == name);
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var sizes = Arranged.Sizes(random.Next(5), random);
            var values = Naive.Places(sizes).Select(_ => (double)random.Next(-4, 5)).ToArray();
            var (n, x) = (Naive.Of(values, sizes), Arranged.Somehow(values, sizes, random));
            for (var subset = 1; subset < 1 << sizes.Length; subset++)
            {
                int[] dims = [.. Enumerable.Range(0, sizes.Length).Where(d => (subset >> d & 1) != 0)];
                foreach (var keep in (bool[])[false, true])
                {
                    Check(actual, n, x, [.. dims.Reverse().Select(d => random.Next(2) == 0 ? d : d - sizes.Length)], dims, keep);
                }
            }

            Check(actual, n, x, [], [.. Enumerable.Range(0, sizes.Length)], false);
        }

        void Check(Func<Tensor, int[], bool, Tensor> reduce, Naive n, Tensor x, int[] asked, int[] dims, bool keep)
        {
            var context = $"{name} of {x.Shape} over [{string.Join(',', dims)}]";
            var reference = Reduced(n, dims, keep, expected);
            if (!ofNothing && reference.Sizes.All(size => size > 0) && n.Sizes.Contains(0))
            {
                Assert.That(() => reduce(x, asked, keep), Throws.TypeOf<ShapeException>().With.Message.Contains(name).And.Message.Contains($"{x.Shape}"), context);
                return;
            }

            var y = reduce(x, asked, keep);
            Assert.That(y.Shape.ToArray(), Is.EqualTo(reference.Sizes), context);
            Assert.That(y.ToArray<double>(), Is.EqualTo(reference.ToArray()).Within(1e-11).Percent, context);
        }
    }

    [Test]
    public void Places_of_extremes_of_any_layout()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var sizes = Arranged.Sizes(random.Next(1, 5), random);
            double[] choice = [1, 2, 3, -0.0, 0, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
            var values = random.GetItems(choice.AsSpan(0, random.Next(1, 9)), sizes.Aggregate(1, (a, b) => a * b));
            var (n, x) = (Naive.Of(values, sizes), Arranged.Somehow(values, sizes, random));
            var dim = random.Next(sizes.Length);
            foreach (var (greatest, arg) in ((bool, Func<int, bool, Tensor>)[])[(true, x.ArgMax), (false, x.ArgMin)])
            {
                if (sizes[dim] == 0 && sizes.Where((_, d) => d != dim).All(size => size > 0))
                {
                    Assert.That(() => arg(dim, false), Throws.TypeOf<ShapeException>());
                    continue;
                }

                foreach (var keep in (bool[])[false, true])
                {
                    var reference = Reduced(n, [dim], keep, row => FirstExtreme(row, greatest));
                    Assert.That(arg(dim - sizes.Length, keep).Shape.ToArray(), Is.EqualTo(reference.Sizes));
                    Assert.That(arg(dim, keep).ToArray<long>(), Is.EqualTo(reference.ToArray()), $"seed {seed}");
                }
            }

            if (values.Length > 0)
            {
                Assert.That((x.ArgMax().Item<long>(), x.ArgMin().Item<long>()), Is.EqualTo(((long)FirstExtreme(values, true), (long)FirstExtreme(values, false))));
            }
        }
    }

    [Test]
    public void A_number_is_reduced_along_the_dimension_that_it_has_not()
    {
        var x = Tensor.From(3.0, DType.Float64);
        foreach (var (name, reduce, expected, _) in Reductions)
        {
            Assert.That(reduce(x, [0], true).Item(), Is.EqualTo(expected([3])).Within(1e-15), name);
            Assert.That(reduce(x, [-1], false).Shape, Is.EqualTo(Shape.Scalar), name);
            Assert.That(() => reduce(x, [1], false), Throws.TypeOf<ArgumentOutOfRangeException>(), name);
        }

        Assert.That(x.ArgMax(0).Item(), Is.Zero);
    }

    [TestCaseSource(nameof(Names))]
    public void Dimensions_that_are_not_there_or_named_twice_are_errors_that_name_the_operation(string name)
    {
        var (_, actual, _, _) = Reductions.Single(r => r.Name == name);
        var x = Tensor.Ones([2, 3], DType.Float64);
        Assert.That(() => actual(x, [2], false), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("-2 to 1, not 2"));
        Assert.That(() => actual(x, [-3], false), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("-3"));
        Assert.That(() => actual(x, [1, -1], false), Throws.ArgumentException.With.Message.Contains("twice"));
    }

    [Test]
    public void NaN_and_infinities_are_kept([Values(1, 7, 100, 5000, 200000)] int length, [Values] bool single)
    {
        foreach (var special in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            foreach (var place in (int[])[0, length / 2, length - 1])
            {
                var x = Tensor.Ones([length], single ? DType.Float32 : DType.Float64).With([place], special);
                double[] reduced = [x.Sum().Item(), x.Mean().Item(), x.Prod().Item()];
                Assert.That(reduced, Has.All.EqualTo(special), $"{special} at {place}");
                Assert.That(x.Amax().Item(), Is.EqualTo(Math.Max(special, length == 1 ? special : 1)), $"{special} at {place}");
                Assert.That(x.Amin().Item(), Is.EqualTo(Math.Min(special, length == 1 ? special : 1)), $"{special} at {place}");
                Assert.That(x.ArgMax().Item(), Is.EqualTo(special is double.NegativeInfinity && length > 1 ? place == 0 ? 1 : 0 : place), $"{special} at {place}");
                Assert.That(x.Expand(3, length).Sum(1).To(DType.Float64).ToArray<double>(), Has.All.EqualTo(special));
                Assert.That(x.Unsqueeze(1).Expand(length, 3).Amax(0).To(DType.Float64).ToArray<double>(), Has.All.EqualTo(Math.Max(special, length == 1 ? special : 1)));
            }
        }
    }

    [Test]
    public void Opposite_infinities_have_no_sum() => Assert.That(Tensor.From([double.PositiveInfinity, double.NegativeInfinity]).Sum().Item(), Is.NaN);

    [Test]
    public void LogSumExp_overflows_neither_way()
    {
        Assert.That(Tensor.From([1000.0, 1000]).LogSumExp(0).Item(), Is.EqualTo(1000 + Math.Log(2)));
        Assert.That(Tensor.From([-1000.0, -1000]).LogSumExp(0).Item(), Is.EqualTo(-1000 + Math.Log(2)));
        Assert.That(Tensor.Full([2], double.NegativeInfinity).LogSumExp(0).Item(), Is.EqualTo(double.NegativeInfinity));
        Assert.That(Tensor.From([1, double.PositiveInfinity]).LogSumExp(0).Item(), Is.EqualTo(double.PositiveInfinity));
        Assert.That(Tensor.From([1, double.NaN]).LogSumExp(0).Item(), Is.NaN);
    }

    private static IEnumerable<string> Names() => Reductions.Select(r => r.Name);

    private static Naive Reduced(Naive n, int[] dims, bool keep, Func<double[], double> reduce)
    {
        int[] kept = [.. Enumerable.Range(0, n.Rank).Except(dims)];
        int[] sizes = keep ? [.. n.Sizes.Select((size, d) => dims.Contains(d) ? 1 : size)] : [.. kept.Select(d => n.Sizes[d])];
        int[] reduced = [.. dims.Order().Select(d => n.Sizes[d])];
        return new Naive(sizes, place =>
        {
            var full = new int[n.Rank];
            for (var i = 0; i < kept.Length; i++)
            {
                full[kept[i]] = place[keep ? kept[i] : i];
            }

            return reduce([.. Naive.Places(reduced).Select(inner =>
            {
                int[] at = [.. full];
                for (var i = 0; i < inner.Length; i++)
                {
                    at[dims.Order().ElementAt(i)] = inner[i];
                }

                return n[at];
            })]);
        });
    }

    private static double Variance(double[] row, int correction)
        => row.Length == 0 ? double.NaN : row.Sum(v => (v - row.Average()) * (v - row.Average())) / Math.Max(0, row.Length - correction);

    private static int FirstExtreme(double[] row, bool greatest)
    {
        var nan = Array.FindIndex(row, double.IsNaN);
        return nan >= 0 ? nan : Array.FindIndex(row, v => v == (greatest ? row.Max() : row.Min()));
    }
}
