namespace Autograd.Tests.Core;

/// <summary>NaN, infinities and zeros of both signs, at lengths that take every path of the kernels.</summary>
public class SpecialValueTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private static readonly double[] Values = [NaN, -Inf, -1, -0.0, 0, 1, Inf];

    [Test]
    public void Maximum_and_minimum_carry_NaN_and_know_the_sign_of_zero()
    {
        ForPairs((a, b) => a.Maximum(b), Math.Max);
        ForPairs((a, b) => a.Minimum(b), Math.Min);
    }

    [Test]
    public void Comparisons_with_NaN_are_false_but_for_inequality()
    {
        ForPairs((a, b) => a.Eq(b).To(DType.Float64), (a, b) => a == b ? 1 : 0);
        ForPairs((a, b) => a.Ne(b).To(DType.Float64), (a, b) => a != b ? 1 : 0);
        ForPairs((a, b) => (a < b).To(DType.Float64), (a, b) => a < b ? 1 : 0);
        ForPairs((a, b) => (a <= b).To(DType.Float64), (a, b) => a <= b ? 1 : 0);
        ForPairs((a, b) => (a > b).To(DType.Float64), (a, b) => a > b ? 1 : 0);
        ForPairs((a, b) => (a >= b).To(DType.Float64), (a, b) => a >= b ? 1 : 0);
    }

    [Test]
    public void Where_takes_the_one_and_ignores_the_other() => ForPairs((a, b) => Tensor.Where(a > b, a, b), (a, b) => a > b ? a : b);

    [Test]
    public void Functions_of_one_number()
    {
        ForEach(x => x.Relu(), x => double.IsNaN(x) ? x : x > 0 ? x : 0);
        ForEach(x => x.Sign(), x => double.IsNaN(x) ? x : Math.Sign(x));
        ForEach(x => x.Abs(), Math.Abs);
        ForEach(x => -x, x => -x);
        ForEach(x => x.Clamp(-0.5, 0.5), x => double.IsNaN(x) ? x : Math.Clamp(x, -0.5, 0.5));
        ForEach(x => x.Clamp(min: -0.5), x => x < -0.5 ? -0.5 : x);
        ForEach(x => x.Clamp(max: 0.5), x => x > 0.5 ? 0.5 : x);
        ForEach(x => x.Clamp(2, 1), x => double.IsNaN(x) ? x : 1);
        ForEach(x => x.Clamp(Tensor.From(-0.5), Tensor.From(0.5)), x => double.IsNaN(x) ? x : Math.Clamp(x, -0.5, 0.5));
        ForEach(x => x.IsNaN().To(DType.Float64), x => double.IsNaN(x) ? 1 : 0);
        ForEach(x => x.IsInfinity().To(DType.Float64), x => double.IsInfinity(x) ? 1 : 0);
        ForEach(x => x.IsFinite().To(DType.Float64), x => double.IsFinite(x) ? 1 : 0);
        ForEach(x => (!x).To(DType.Float64), x => x == 0 ? 1 : 0);
        ForEach(x => x.Hardtanh(), x => double.IsNaN(x) ? x : Math.Clamp(x, -1, 1));
        ForEach(x => x.Floor(), Math.Floor);
        ForEach(x => x.Sqrt(), Math.Sqrt);
        ForEach(x => x.Exp(), Math.Exp, 1e-15);
    }

    [Test]
    public void Whole_numbers_are_never_NaN()
    {
        var x = Tensor.From([long.MinValue, -1, 0, long.MaxValue]);
        Assert.That(x.IsNaN().Any().Item<bool>() || x.IsInfinity().Any().Item<bool>(), Is.False);
        Assert.That(x.IsFinite().All().Item<bool>());
        Assert.That(x.Sign().ToArray<long>(), Is.EqualTo(new long[] { -1, -1, 0, 1 }));
        Assert.That((x < 0).ToArray<bool>(), Is.EqualTo(new[] { true, true, false, false }));
        Assert.That(x.Clamp(-1, 1).ToArray<long>(), Is.EqualTo(new long[] { -1, -1, 0, 1 }));
    }

    [Test]
    public void Halves_are_rounded_to_even()
        => Assert.That(Tensor.From([0.5, 1.5, 2.5, -0.5, -1.5]).Round().ToArray<double>(), Is.EqualTo(new[] { 0.0, 2, 2, -0.0, -2 }));

    [Test]
    public void All_close_means_within_the_tolerances()
    {
        Assert.That(Close(1, 1 + 1e-6) && Close(0, 1e-9) && Close(Inf, Inf) && Close(-Inf, -Inf) && Close(0, -0.0));
        Assert.That(Close(1, 1.1) || Close(0, 1e-7) || Close(Inf, -Inf) || Close(Inf, 1) || Close(1, Inf) || Close(NaN, NaN) || Close(NaN, 1), Is.False);
        Assert.That(Tensor.From(NaN).AllClose(Tensor.From(NaN), equalNaN: true));
        Assert.That(Tensor.From(NaN).AllClose(Tensor.From(1.0), equalNaN: true) || Tensor.From(1.0).AllClose(Tensor.From(NaN), equalNaN: true), Is.False);
        Assert.That(Tensor.From([1.0, 2]).AllClose(Tensor.From([1.0, 2.1]), relativeTolerance: 0.1));
        Assert.That(Tensor.From([1.0, 2]).AllClose(Tensor.From([1.0, 2.1]), relativeTolerance: 0, absoluteTolerance: 0.05), Is.False);
        Assert.That(Tensor.Zeros([0]).AllClose(Tensor.Zeros([0])));
        Assert.That(Tensor.Arange(3).AllClose(Tensor.From([0f, 1, 2])) && Tensor.Ones([2, 2]).AllClose(Tensor.Ones([])));
        Assert.That(() => Tensor.Ones([2]).AllClose(Tensor.Ones([3])), Throws.TypeOf<ShapeException>());

        static bool Close(double a, double b) => Tensor.From([a, 1]).AllClose(Tensor.From([b, 1]));
    }

    private static void ForPairs(Func<Tensor, Tensor, Tensor> actual, Func<double, double, double> expected)
    {
        double[] a = [.. Values.SelectMany(_ => Values)], b = [.. Values.SelectMany(value => Values.Select(_ => value))];
        foreach (var repeats in (int[])[1, 3, 100])
        {
            var (left, right) = (Tensor.From(a).Repeat(repeats), Tensor.From(b).Repeat(repeats));
            AssertSame(actual(left, right), i => expected(a[i % a.Length], b[i % b.Length]));
            AssertSame(actual(left.To(DType.Float32), right.To(DType.Float32)), i => expected(a[i % a.Length], b[i % b.Length]));
        }

        for (var i = 0; i < a.Length; i++)
        {
            var at = i;
            AssertSame(actual(Tensor.From([a[i]]), Tensor.From([b[i]])), _ => expected(a[at], b[at]));
        }
    }

    private static void ForEach(Func<Tensor, Tensor> actual, Func<double, double> expected, double tolerance = 0)
    {
        foreach (var repeats in (int[])[1, 3, 100])
        {
            var x = Tensor.From(Values).Repeat(repeats);
            AssertSame(actual(x), i => expected(Values[i % Values.Length]), tolerance);
            AssertSame(actual(x.To(DType.Float32)), i => expected(Values[i % Values.Length]), Math.Max(tolerance, tolerance > 0 ? 1e-6 : 0));
        }
    }

    // Equal in value and sign; the signs of NaN do not count.
    private static void AssertSame(Tensor y, Func<int, double> expected, double tolerance = 0)
    {
        var actual = y.To(DType.Float64).ToArray<double>();
        for (var i = 0; i < actual.Length; i++)
        {
            var value = expected(i);
            var same = double.IsNaN(value) ? double.IsNaN(actual[i]) : (actual[i] == value || Math.Abs(actual[i] - value) <= tolerance * Math.Abs(value)) && double.IsNegative(actual[i]) == double.IsNegative(value);
            Assert.That(same, $"element {i} of {actual.Length}: {actual[i]} instead of {value}");
        }
    }

    [Test]
    public void A_missing_operand_is_named()
    {
        var x = Tensor.Ones([2]);
        Assert.That(() => x + (Tensor)null!, Throws.ArgumentNullException.With.Message.Contains("'b'"));
        Assert.That(() => (Tensor)null! / x, Throws.ArgumentNullException.With.Message.Contains("'a'"));
        Assert.That(() => x > (Tensor)null!, Throws.InstanceOf<ArgumentNullException>());
    }
}
