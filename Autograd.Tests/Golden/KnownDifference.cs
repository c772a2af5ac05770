namespace Autograd.Tests.Golden;

/// <summary>A quantity of a case that differs from the reference data on purpose.</summary>
/// <param name="Key">The operation, or operation/variant.</param>
/// <param name="Index">The number of the case.</param>
/// <param name="Quantity">What differs; all else must agree.</param>
/// <param name="Elements">How many elements differ; an error counts as one.</param>
/// <param name="Reason">Why the library's value is right, or as right.</param>
internal sealed record KnownDifference(string Key, int Index, Quantity Quantity, int Elements, string Reason)
{
    public string CaseName => $"{Key}/{Index}";
}
