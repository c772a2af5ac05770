namespace Autograd.Evaluation;

/// <summary>What reads a chain's last values tile by tile, so that they need not be stored: the end of a reduction.</summary>
internal interface ITileSink
{
    /// <summary>Takes the elements from <paramref name="start"/> on; several threads call it for different tiles.</summary>
    void Accept(int start, int length, Tile tile);
}
