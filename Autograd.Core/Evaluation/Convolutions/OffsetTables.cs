using System.Buffers;

namespace Autograd.Evaluation;

/// <summary>Memory for the tables of places that axes of matrices have, until they are released.</summary>
internal struct OffsetTables(int length)
{
    private readonly int[] memory = ArrayPool<int>.Shared.Rent(length);
    private int used;

    /// <summary>Room for a table.</summary>
    public Span<int> Take(int count)
    {
        var table = memory.AsSpan(used, count);
        used += count;
        return table;
    }

    /// <summary>Gives the memory back.</summary>
    public readonly void Release() => ArrayPool<int>.Shared.Return(memory);
}
