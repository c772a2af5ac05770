namespace Autograd.Tests.Golden;

/// <summary>For data that do not come with the tests, whose differences nobody has listed one by one: which are of a kind that is listed, or that the data's own description wants scored separately.</summary>
internal static class ForeignDifferences
{
    // "Gradients in special_values, extreme_values and nonfinite_result cases may legitimately differ between sound implementations (0·∞), so score them separately."
    private static readonly string[] ScoredSeparately = ["special_values", "extreme_values", "nonfinite_result"];

    // An output may differ by convention only where the input asks for one.
    private static readonly string[] Conventions = ["special_values", "extreme_values", "zeros", "threshold", "nonfinite_input", "kink", "ties", "empty", "shapes_differ"];

    public static bool Explains(GoldenCase golden, Quantity quantity)
    {
        if (quantity == Quantity.Output)
        {
            return golden.Tags.Intersect(Conventions, StringComparer.Ordinal).Any() && KnownDifferences.IsListed(golden.Key, Quantity.Output);
        }

        return golden.Tags.Intersect(ScoredSeparately, StringComparer.Ordinal).Any()
            || KnownDifferences.IsListed(golden.Key, Quantity.Gradient)
            || KnownDifferences.IsListed(golden.Key, quantity);
    }
}
