namespace Autograd.Tests.Golden;

/// <summary>For data that do not come with the tests, whose differences nobody has listed one by one: why a quantity may differ, by its kind.</summary>
internal static class ForeignDifferences
{
    private const double HighestCondition = 1e6;

    // "Gradients in special_values, extreme_values and nonfinite_result cases may legitimately differ between sound implementations (0·∞), so score them separately."
    private static readonly string[] ScoredSeparately = ["special_values", "extreme_values", "nonfinite_result"];

    // An output may differ by convention only where the input asks for one.
    private static readonly string[] Conventions = ["special_values", "extreme_values", "zeros", "threshold", "nonfinite_input", "kink", "ties", "empty", "shapes_differ"];

    /// <summary>The reason why a quantity of a case may differ; null if it must agree.</summary>
    public static string? Explain(GoldenCase golden, Quantity quantity)
    {
        if (quantity == Quantity.Output)
        {
            return golden.Tags.Intersect(Conventions, StringComparer.Ordinal).Any() ? KnownDifferences.ReasonOf(golden.Key, quantity) : IllConditioned(golden, quantity);
        }

        var separate = golden.Tags.FirstOrDefault(tag => ScoredSeparately.Contains(tag));
        return separate is not null ? $"Gradients of {separate} are scored separately."
            : KnownDifferences.ReasonOf(golden.Key, quantity) ?? KnownDifferences.ReasonOf(golden.Key, Quantity.Gradient) ?? IllConditioned(golden, quantity);
    }

    // "Where condition exceeds 1e6 or is Infinity, judge by hand": ties, kinks, equal eigenvalues and singular values, matrices close to singular ones.
    private static string? IllConditioned(GoldenCase golden, Quantity quantity)
        => golden.Condition.GetValueOrDefault(quantity) is var condition and not <= HighestCondition ? $"Rounding or a convention decides: the condition is {condition:G3}." : null;
}
