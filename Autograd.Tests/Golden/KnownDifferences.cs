namespace Autograd.Tests.Golden;

/// <summary>Every deliberate difference from the reference data, one by one. A listed quantity that agrees after all fails the suite.</summary>
internal static class KnownDifferences
{
    private static readonly KnownDifference[] All =
    [
    ];

    private static readonly Dictionary<string, KnownDifference> ByName = All.ToDictionary(difference => $"{difference.Key}/{difference.Index}", StringComparer.Ordinal);

    /// <summary>The names of the cases that differ.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>The entry of a case; null if it must agree.</summary>
    public static KnownDifference? Find(GoldenCase golden) => ByName.GetValueOrDefault(golden.Name);
}

/// <summary>A case that differs from the reference data on purpose.</summary>
/// <param name="Key">The operation, or operation/variant.</param>
/// <param name="Index">The number of the case.</param>
/// <param name="Quantities">What differs; all else must agree.</param>
/// <param name="Reason">Why the library's value is right, or as right.</param>
internal sealed record KnownDifference(string Key, int Index, Quantity Quantities, string Reason);
