namespace Autograd.Display;

/// <summary>One dimension as it is printed: every entry, or the first and the last <paramref name="Edge"/> entries around a gap.</summary>
internal sealed record PrintedAxis(int Size, int Stride, int Edge)
{
    /// <summary>Printed entries, a gap counting as one.</summary>
    public int Entries => HasGap ? 2 * Edge + 1 : Size;

    // Not 2 · Edge < Size, which overflows for the edge of a tensor that is printed in full.
    private bool HasGap => Size - Edge > Edge;

    public bool IsGap(int entry) => HasGap && entry == Edge;

    /// <summary>Distance in elements from entry 0 to a printed entry that is not the gap.</summary>
    public int Offset(int entry) => (entry < Edge ? entry : entry + Size - Entries) * Stride;
}
