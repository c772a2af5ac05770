namespace Autograd.Evaluation;

/// <summary>Some of the sums of a cell, in units of the hidden size: sums <paramref name="First"/> to First + Count − 1.</summary>
/// <param name="First">The first sum; also the first row of the input's weights.</param>
/// <param name="Count">How many.</param>
/// <param name="ReadsInput">Whether the input enters.</param>
/// <param name="HiddenRow">The first row of the hidden state's weights; −1 if the hidden state does not enter.</param>
internal readonly record struct CellSums(int First, int Count, bool ReadsInput, int HiddenRow);

/// <summary>A recurrent cell: what it makes of the sums Wx + Uh + b of a row, which are four times as many as the hidden state has elements.</summary>
internal interface IRecurrentCell
{
    /// <summary>The sums, in units of the hidden size.</summary>
    const int Sums = 4;

    /// <summary>The rows of the weights, in units of the hidden size: the first so many sums read the input.</summary>
    static abstract int Gates { get; }

    /// <summary>The parts of the state: h alone, or h and c.</summary>
    static abstract int Parts { get; }

    /// <summary>What a row's workings take, in units of the hidden size: first the sums' places, at the end c if there is one.</summary>
    static abstract int Workings { get; }

    /// <summary>Where c begins in the workings, in units of the hidden size.</summary>
    static abstract int CellPlace { get; }

    /// <summary>Which sums read what.</summary>
    static abstract ReadOnlySpan<CellSums> Products { get; }

    /// <summary>One row's step: turns the sums into what the gradient will read, and writes the next hidden state.</summary>
    /// <param name="workings">The sums, and room behind them.</param>
    /// <param name="hidden">h.</param>
    /// <param name="cell">c; empty if there is none.</param>
    /// <param name="next">h′.</param>
    static abstract void Forward<T>(Span<T> workings, ReadOnlySpan<T> hidden, ReadOnlySpan<T> cell, Span<T> next)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>One row's step backwards.</summary>
    /// <param name="workings">What the forward step left.</param>
    /// <param name="hidden">h.</param>
    /// <param name="cell">c; empty if there is none.</param>
    /// <param name="gradHidden">The gradient with respect to h′; becomes that part of the one with respect to h which does not come through the sums.</param>
    /// <param name="gradCell">The gradient with respect to c′; becomes the one with respect to c.</param>
    /// <param name="sums">Becomes the gradient with respect to the sums.</param>
    static abstract void Backward<T>(ReadOnlySpan<T> workings, ReadOnlySpan<T> hidden, ReadOnlySpan<T> cell, Span<T> gradHidden, Span<T> gradCell, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
