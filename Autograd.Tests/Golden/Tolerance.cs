namespace Autograd.Tests.Golden;

/// <summary>How far a number may be from the expected one: the comparison scheme of Data/README.md.</summary>
/// <param name="Absolute">The part that does not depend on the expected number.</param>
/// <param name="Relative">The part in units of the expected number.</param>
/// <param name="SignOfZero">Whether the sign of a zero counts.</param>
internal readonly record struct Tolerance(double Absolute, double Relative, bool SignOfZero)
{
    private const double HighestCondition = 1e6;

    /// <summary>No difference at all: integers and truth values.</summary>
    public static readonly Tolerance Exact = new(0, 0, false);

    private static readonly string[] Elementwise = ["elementwise_unary", "elementwise_binary", "activations"];

    private static readonly string[] Sums = ["add", "sub", "lerp", "addcmul", "addcdiv", "logaddexp"];

    public static Tolerance For(GoldenCase golden, Quantity quantity, GoldenTensor expected)
    {
        if (expected.DType != DType.Float64)
        {
            return Exact;
        }

        if (quantity == Quantity.Output && Elementwise.Contains(golden.Family) && golden.Key is not ("softmax" or "log_softmax"))
        {
            var absolute = Sums.Contains(golden.Key) ? 1e-15 * Math.Max(1, Greatest(Numbers(golden)))
                : golden.Key is "gelu" or "sinc" ? 1e-15
                : 0;
            return new(absolute + 1e-300, 1e-12, SignOfZero: true);
        }

        // A condition above the bound says that rounding or a convention decides the value: no tolerance is derived from it.
        // Such a value is held to the bound for a well-conditioned one, and what fails it is judged by hand (KnownDifferences).
        var condition = golden.Condition.GetValueOrDefault(quantity, 1);
        var factor = condition <= HighestCondition ? Math.Max(1, condition * 1e-3) : 1;
        var scale = quantity == Quantity.SecondGradient || golden.Family == "linalg" ? 1e-9 : 1e-10;
        return new(1e-12 + (scale * factor * Greatest(expected.Values)), 0, SignOfZero: false);
    }

    /// <summary>The distance that is allowed from <paramref name="expected"/>.</summary>
    public double At(double expected) => Absolute + (Relative * Math.Abs(expected));

    /// <summary>Whether a number passes for another one: NaN is equal to NaN, infinities are equal by sign.</summary>
    public bool Accepts(double expected, double got)
    {
        if (double.IsFinite(expected) && double.IsFinite(got))
        {
            var wrongZero = SignOfZero && expected == 0 && got == 0 && double.IsNegative(expected) != double.IsNegative(got);
            return !wrongZero && Math.Abs(got - expected) <= At(expected);
        }

        return expected.Equals(got);
    }

    private static double Greatest(IEnumerable<double> values) => values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    private static IEnumerable<double> Numbers(GoldenCase golden)
        => golden.Positional.Concat(golden.Named.Select(pair => pair.Value)).SelectMany(value => value switch
        {
            GoldenTensor tensor => tensor.Values,
            long whole => [whole],
            double real => [real],
            _ => [],
        });
}
