namespace Autograd.Tests.Core;

/// <summary>Quotients that are whole and remainders: of whole numbers, of every sign, at zeros, infinities and NaN.</summary>
public class DivisionTests
{
    private static readonly double[] Values = [0, -0.0, 1, -1, 0.1, -0.3, 2.5, 7, -7, 1e300, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    private static readonly long[] Wholes = [0, 1, -1, 7, -7, 1L << 60, long.MaxValue, long.MinValue];

    [Test]
    public void Remainders_of_reals_are_exact_and_have_the_sign_of_dividend_or_divisor()
    {
        foreach (var a in Values)
        {
            foreach (var b in Values)
            {
                var (x, y) = (Tensor.From([a]), Tensor.From([b]));
                Assert.That(x.Fmod(y).Item(), Is.EqualTo(a % b), $"fmod({a}, {b})");
                var rest = (x % y).Item();
                Assert.That(rest, Is.EqualTo(a % b != 0 && (a % b < 0) != (b < 0) ? (a % b) + b : a % b), $"{a} mod {b}");
                Assert.That(double.IsNaN(rest) || rest == 0 || (rest < 0) == (b < 0), $"{a} mod {b}: {rest}");
            }
        }
    }

    [Test]
    public void Whole_quotients_and_remainders_make_up_the_dividend()
    {
        foreach (var a in Wholes)
        {
            foreach (var b in Wholes.Where(b => b != 0))
            {
                var (x, y) = (Tensor.From([a]), Tensor.From([b]));
                var (quotient, rest) = (x.FloorDivide(y).Item<long>(), (x % y).Item<long>());
                Assert.That(unchecked((quotient * b) + rest), Is.EqualTo(a), $"{a} by {b}");
                Assert.That(rest == 0 || (rest < 0) == (b < 0), $"{a} mod {b}: {rest}");
                Assert.That((Int128)quotient, Is.EqualTo(b == -1 && a == long.MinValue ? a : Int128.CreateChecked(Math.Floor((decimal)a / b))), $"{a} by {b}");
            }
        }
    }

    [Test]
    public void Whole_quotients_of_reals_are_rounded_once()
    {
        Assert.That(Floor(1, 0.1), Is.EqualTo(9));
        Assert.That(Floor(-1, 3), Is.EqualTo(-1));
        Assert.That(Floor(6, 0.5), Is.EqualTo(12));
        Assert.That(Floor(-7, 2), Is.EqualTo(-4));
        Assert.That(Floor(1, 0), Is.EqualTo(double.PositiveInfinity));
        Assert.That(Floor(0, 0), Is.NaN);
        Assert.That(Floor(double.NaN, 1), Is.NaN);
        Assert.That(double.IsNegative(Floor(0, -2)));

        static double Floor(double a, double b) => Tensor.From([a]).FloorDivide(Tensor.From([b])).Item();
    }

    [Test]
    public void A_whole_zero_divisor_is_an_error_at_once()
    {
        var x = Tensor.Arange(2000);
        Assert.That(() => x % 0, Throws.TypeOf<DivideByZeroException>().With.Message.Contains("To(DType.Float32)"));
        Assert.That(() => x.Fmod(x), Throws.TypeOf<DivideByZeroException>().With.Message.Contains("Fmod"));
        Assert.That(() => x.FloorDivide(0), Throws.TypeOf<DivideByZeroException>());
        Assert.That((x % 0.0).IsNaN().All().Item<bool>());
        Assert.That((7 % Tensor.From([4L, -4])).ToArray<long>(), Is.EqualTo(new long[] { 3, -1 }));
    }

    [Test]
    public void Rounding_to_decimals()
    {
        var x = Tensor.From([1.25, -1.35, 1234.5678, 1e300, double.NaN, double.NegativeInfinity]);
        Assert.That(x.Round(1).ToArray<double>(), Is.EqualTo(new[] { 1.2, -1.4, 1234.6, 1e300, double.NaN, double.NegativeInfinity }));
        Assert.That(x.Round(-2)[..3].ToArray<double>(), Is.EqualTo(new[] { 0.0, 0, 1200 }));
        Assert.That(x.Round(20)[3].Item(), Is.EqualTo(1e300));
        Assert.That(Tensor.From([15L]).Round(2).Item<long>(), Is.EqualTo(15));
        Assert.That(() => Tensor.From([15L]).Round(-1), Throws.TypeOf<DTypeException>());
        Assert.That(() => x.Round(301), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Logarithms_of_sums_and_entropies_at_the_limits()
    {
        var inf = double.PositiveInfinity;
        Assert.That(Tensor.From([inf, -inf, 0, 1000, double.NaN]).LogAddExp(Tensor.From([inf, -inf, -inf, 1000, 0])).ToArray<double>(), Is.EqualTo(new[] { inf, -inf, 0, 1000 + Math.Log(2), double.NaN }));
        Assert.That(Tensor.From([0.0, 0, 0, 2, 0]).Xlogy(Tensor.From([0, -1, inf, 0, double.NaN])).ToArray<double>(), Is.EqualTo(new[] { 0, 0, 0, -inf, double.NaN }));
        Assert.That(Tensor.From([3e200, inf, 0]).Hypot(Tensor.From([4e200, double.NaN, 0])).ToArray<double>(), Is.EqualTo(new[] { 5e200, inf, 0 }).Within(1e-13).Percent);
        Assert.That(Tensor.Where(Tensor.From([true, false]), 1, 0).ToArray<long>(), Is.EqualTo(new long[] { 1, 0 }));
        Assert.That(Tensor.Where(Tensor.From([true, false]), 0.5, 0).DType, Is.EqualTo(DType.Float32));
    }
}
