namespace Autograd.NN;

/// <summary>By what names a state and a module differ.</summary>
/// <param name="Missing">Parameters and buffers of the module that the state has not.</param>
/// <param name="Unexpected">Entries of the state that the module has not.</param>
public sealed record StateDifference(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected)
{
    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => Missing.Count == 0 && Unexpected.Count == 0;
}
