using static Autograd.Tests.Golden.Quantity;

namespace Autograd.Tests.Golden;

/// <summary>Every deliberate difference from the reference data, one by one. A listed quantity that agrees after all fails the suite, and so does one that differs in more or fewer elements.</summary>
internal static class KnownDifferences
{
    private const string HardSigmoidSixth = "PyTorch's gradient is multiplied by 1/6 in single precision (1.0000000298/6); the library's by 1/6.";

    private const string SignOfZero = "max(−0, 0) = 0 and min(−0, 0) = −0, as IEEE 754-2019 has it; in PyTorch the order of the operands decides.";

    private const string SlopeAtZero = "At the kink 0 the library takes both derivatives from the left; PyTorch takes the first from the left, and 0 for the second.";

    private const string ExactRemainder = "The remainder of 1e200-fold and larger quotients is exact; PyTorch's vector code gives NaN there.";

    private const string Entropy = "Where 0 ln 0 counts as 0, the library takes the derivatives as 0, too; PyTorch divides by 0.";

    private const string DistanceAtOrigin = "At the origin the library takes the derivatives of the distance as 0; PyTorch divides 0 by 0.";

    private const string RunningInfinity = "Of terms that are all −∞ the library passes the gradient on to the first; PyTorch subtracts infinities.";

    private const string ShortVector = "Where a length counts as ε it is constant, and so it is to the library's gradient; PyTorch differentiates the length that does not count (0/0 at 0).";

    private static readonly KnownDifference[] All =
    [
        new("softplus", 11, SecondGradient, 1, "At βx equal to the threshold the function is still ln(1 + e^βx), and its second derivative σ(1 − σ) = 2e-9; PyTorch takes 0 there."),
        new("relu", 10, Output, 1, SignOfZero),
        new("relu6", 10, Output, 1, SignOfZero),
        new("max/binary", 10, Output, 1, SignOfZero),
        new("min/binary", 10, Output, 1, SignOfZero),
        new("selu", 10, SecondGradient, 2, SlopeAtZero),
        new("celu", 8, SecondGradient, 2, SlopeAtZero),
        new("mish", 10, SecondGradient, 3, "Far to the right mish is x, its curvature 0; PyTorch's formula overflows to NaN there."),
        new("hardsigmoid", 4, Gradient, 1, HardSigmoidSixth),
        new("hardsigmoid", 7, Gradient, 8, HardSigmoidSixth),
        new("hardsigmoid", 9, Gradient, 3, HardSigmoidSixth),
        new("hardsigmoid", 10, Gradient, 15, HardSigmoidSixth),
        new("hardsigmoid", 11, Gradient, 1, "At NaN: the library passes the gradient on, as it and PyTorch do for hardtanh and relu6; PyTorch's hardsigmoid stops it."),
        new("hardswish", 11, Gradient, 1, "At NaN: the library applies the product rule to x·h(x), so that the gradient is NaN; PyTorch passes the gradient on unchanged."),
        new("hardswish", 11, SecondGradient, 1, "At NaN: the library applies the product rule to x·h(x), so that the gradient is NaN; PyTorch passes the gradient on unchanged."),
        new("pow/tensor_scalar", 5, SecondGradient, 1, "At −0, to the power ½: infinite in both; the library's power is the square root, whose −0 there changes the sign."),
        new("pow/scalar_tensor", 3, SecondGradient, 5, "0ᵇ is 0 for every b > 0, its second derivative 0; PyTorch differentiates once more into 0·∞ = NaN."),
        new("clamp", 7, Gradient, 2, "At min = max: the library's clamp is min(max(x, min), max), which shares the gradient of equal bounds between them; PyTorch gives it to min."),
        new("clamp", 11, Gradient, 1, "At NaN, which clamp returns unchanged: the library passes the gradient on, PyTorch stops it."),
        new("exp2", 10, SecondGradient, 1, "2ˣ·ln²2·g·v is −1.4e308 at x = 1023.9, a number; PyTorch's order of multiplication overflows."),
        new("abs", 10, Gradient, 1, "At NaN the slope, sign x, is NaN; PyTorch takes 0."),
        new("sinc", 10, Gradient, 3, "Near 0 the library's series gives sinc′ = −π²x/3 and sinc″ = −π²/3; PyTorch's quotient cancels to 0 and divides 0 by 0."),
        new("sinc", 10, SecondGradient, 8, "Near 0 the library's series gives sinc′ = −π²x/3 and sinc″ = −π²/3; PyTorch's quotient cancels to 0 and divides 0 by 0."),
        new("var", 4, SecondGradient, 1, "The variance of one element is NaN and so are its derivatives; PyTorch takes 0 for the second."),
        new("binary_cross_entropy", 8, Gradient, 3, "At a probability of 0 or 1 the logarithm is clamped at −100 and so constant: gradient 0; PyTorch divides by max(p(1 − p), 1e-12) and gets 1e10."),
        new("binary_cross_entropy", 8, SecondGradient, 3, "At a probability of 0 or 1 the logarithm is clamped at −100 and so constant: gradient 0; PyTorch divides by max(p(1 − p), 1e-12) and gets 1e10."),
        new("linalg.matrix_norm", 11, SecondGradient, 4, "The Frobenius norm at 0: both give the gradient 0; its derivative is 0 in the library, and in PyTorch NaN, from a division by 0."),
        new("cat", 3, Output, 1, "PyTorch skips vectors without elements whatever the rank of the others, a relic; the library demands equal ranks and says so."),
        new("remainder", 8, Output, 2, ExactRemainder),
        new("xlogy", 9, Output, 10, "0·ln y has the sign of IEEE 754's product, −0 for y < 1; PyTorch writes +0."),
        new("xlogy", 9, SecondGradient, 2, Entropy),
        new("hypot", 10, Gradient, 4, DistanceAtOrigin),
        new("hypot", 10, SecondGradient, 4, DistanceAtOrigin),
        new("logcumsumexp", 11, Gradient, 2, RunningInfinity),
        new("logcumsumexp", 11, SecondGradient, 2, RunningInfinity),
        new("layer_norm", 10, Gradient, 3, "Around 1e8 the library's gradient is right to 14 digits (checked with 60-digit arithmetic); PyTorch's cancels to 7."),
        new("batch_norm/eval", 1, Output, 1, "PyTorch takes an empty vector for a batch; the library demands channels, [N, C], and says so."),
        new("huber_loss", 11, SecondGradient, 4, "Where the parabola goes over into straight lines the library takes its curvature, PyTorch theirs."),
        new("cosine_similarity", 9, Gradient, 1, ShortVector),
        new("cosine_similarity", 9, SecondGradient, 6, ShortVector),
    ];

    private static readonly ILookup<string, KnownDifference> ByName = All.ToLookup(difference => difference.CaseName, StringComparer.Ordinal);

    /// <summary>The names of the cases that differ.</summary>
    public static IEnumerable<string> Names => All.Select(difference => difference.CaseName).Distinct(StringComparer.Ordinal);

    /// <summary>The reason with which a case of an operation is listed for a quantity; null if none is.</summary>
    public static string? ReasonOf(string key, Quantity quantity) => Array.Find(All, difference => difference.Key == key && difference.Quantity == quantity)?.Reason;

    /// <summary>The entries of a case; none if it must agree.</summary>
    public static KnownDifference[] Find(GoldenCase golden) => [.. ByName[golden.Name]];
}
