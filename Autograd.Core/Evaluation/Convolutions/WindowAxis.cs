namespace Autograd.Evaluation;

/// <summary>One dimension of a sum over windows: result FirstResult + t·ResultStep has the terms weight FirstTap + j·TapStep times source element Origin + t·Step + j·Spacing, or 0 outside of the source.</summary>
/// <param name="Size">Elements of the source.</param>
/// <param name="Places">The numbers t.</param>
/// <param name="Step">How far the window moves from t to t + 1.</param>
/// <param name="Taps">The numbers j.</param>
/// <param name="Origin">What j = 0 meets at t = 0.</param>
/// <param name="Spacing">The distance of neighbours in the window.</param>
internal readonly record struct WindowAxis(int Size, int Places, int Step, int Taps, int Origin, int Spacing)
{
    public int FirstTap { get; init; }

    public int TapStep { get; init; }

    public int FirstResult { get; init; }

    public int ResultStep { get; init; }

    /// <summary>Whether there is anything to sum up, and anywhere to store it.</summary>
    public bool IsEmpty => Places == 0 || Taps == 0;

    /// <summary>The first element that any window meets.</summary>
    public int First => Origin + Math.Min(0, (Taps - 1) * Spacing);

    /// <summary>The last one.</summary>
    public int Last => Origin + Math.Max(0, (Taps - 1) * Spacing) + ((Places - 1) * Step);

    /// <summary>Whether each place meets the element of its number.</summary>
    public bool IsIdentity => Taps == 1 && Origin == 0 && Places == Size && (Step == 1 || Places == 1) && ResultStep == 1;

    /// <summary>Whether windows reach beyond the source.</summary>
    public bool NeedsPadding => First < 0 || Last >= Size;

    /// <summary>Whether a copy has all elements between the first and the last one, be they met or not.</summary>
    public bool KeepsAll { get; init; }

    /// <summary>The distance of the elements of which a copy is made: a window of one element skips those between its places.</summary>
    public int CopyStep => Taps == 1 && !KeepsAll ? Step : 1;

    /// <summary>The number of elements of the copy.</summary>
    public int CopySize => ((Last - First) / CopyStep) + 1;

    /// <summary>How far the window moves in the copy.</summary>
    public int StepInCopy => Taps == 1 && !KeepsAll ? 1 : Step;

    /// <summary>One window over all that two of them meet.</summary>
    public WindowAxis Union(in WindowAxis other)
    {
        var first = Math.Min(First, other.First);
        return new(Size, 1, 1, Math.Max(Last, other.Last) - first + 1, first, 1);
    }

    /// <summary>The results of these places themselves, as windows of one element; there are <paramref name="size"/> in all.</summary>
    public WindowAxis Results(int size) => new(size, Places, ResultStep, 1, FirstResult, 1);

    /// <summary>The places from <paramref name="first"/> on.</summary>
    public WindowAxis Slice(int first, int count) => this with { Places = count, Origin = Origin + (first * Step), FirstResult = FirstResult + (first * ResultStep) };
}
