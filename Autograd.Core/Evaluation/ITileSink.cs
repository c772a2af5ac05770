namespace Autograd.Evaluation;

/// <summary>What reads a chain's last values tile by tile, so that they need not be stored: the end of a reduction.</summary>
internal interface ITileSink
{
    /// <summary>The length of the rows that are reduced, or kept: a tile is made of whole rows, or lies within one, at a multiple of a tile's length. 0 if there are none.</summary>
    int RowLength { get; }

    /// <summary>The elements that one thread must take together, in order; a multiple of the row length.</summary>
    int Together { get; }

    /// <summary>Takes the elements from <paramref name="start"/> on; several threads call it for different tiles.</summary>
    void Accept(int start, int length, Tile tile);
}
