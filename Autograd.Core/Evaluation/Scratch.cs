namespace Autograd.Evaluation;

/// <summary>The registers of the tile evaluator: a few cache-sized runs of memory that each thread keeps.</summary>
internal static class Scratch
{
    /// <summary>Elements of a tile: three operands of doubles and the result stay within a 64 KB first-level cache, and a tile still hides the cost of its calls.</summary>
    public const int TileLength = 2048;

    private const int Registers = 4;
    private const int BytesPerTile = TileLength * sizeof(double);

    [ThreadStatic]
    private static byte[]? memory;

    /// <summary>The first byte of register <paramref name="index"/>.</summary>
    public static ref byte Register(int index)
    {
        memory ??= GC.AllocateUninitializedArray<byte>(Registers * BytesPerTile, pinned: true);
        return ref memory[index * BytesPerTile];
    }
}
