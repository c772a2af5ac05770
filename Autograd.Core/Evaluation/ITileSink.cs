namespace Autograd.Evaluation;

/// <summary>What collects a chain's values tile by tile, so that they need not be stored: a reduction whose results are complete only at the end of the pass.</summary>
internal interface ITileSink
{
    /// <summary>Takes the elements from <paramref name="start"/> on; several threads call it for different tiles.</summary>
    void Accept(int start, int length, Tile tile);

    /// <summary>The results, once all elements have come.</summary>
    Tensor Finish();
}

/// <summary>How tiles must be cut for a reduction to collect them.</summary>
/// <param name="RowLength">The length of the rows that are reduced, or kept: a tile is made of whole rows, or lies within one, at a multiple of a tile's length. 0 if there are none.</param>
/// <param name="Together">The elements that one thread must take together, in order; a multiple of the row length. 0 if nothing is collected.</param>
internal readonly record struct TileCut(int RowLength, int Together)
{
    /// <summary>Whether tiles of whole rows of <paramref name="length"/> elements can be cut so; 0 stands for no such rows.</summary>
    public bool Suits(int length)
        => length == 0 || Together == 0 || (RowLength > 0 ? RowLength == length : length % Together == 0 || Together % length == 0);
}
