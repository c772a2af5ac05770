using System.Runtime.CompilerServices;

namespace Autograd.Evaluation;

/// <summary>The code of a compiled loop: reads a vector of each input, computes one operation after the other in registers, writes a vector of each result, and goes on.</summary>
/// <param name="places">Where the operands begin.</param>
/// <param name="bytes">The length of each; a multiple of a row's.</param>
/// <param name="rowBytes">The length of a row; a multiple of a vector's. Of a loop that does not go from row to row: all.</param>
internal delegate void LaneLoopBody(ref Places places, nuint bytes, nuint rowBytes);

/// <summary>A compiled loop and what it works on.</summary>
/// <param name="body">The code.</param>
/// <param name="operands">Inputs, then results.</param>
/// <param name="isNumber">Which of them are numbers.</param>
/// <param name="goesByRows">Whether it goes from row to row.</param>
/// <param name="inputs">The number of inputs.</param>
/// <param name="elementSize">Bytes of an element.</param>
/// <param name="keptCount">Rows of memory that it needs between its passes over a row.</param>
internal sealed class LaneLoop(LaneLoopBody body, int[] operands, bool[] isNumber, bool goesByRows, int inputs, int elementSize, int keptCount)
{
    /// <summary>Bytes of a vector.</summary>
    public const int VectorBytes = 64;

    /// <summary>The operands: operations before the loop and complements of leaves, which it reads, then operations of its own, whose results it writes.</summary>
    public ReadOnlySpan<int> Operands => operands;

    /// <summary>Whether it goes from row to row, with operands that begin again in each, or are one number in each.</summary>
    public bool GoesByRows => goesByRows;

    /// <summary>Rows of memory that it needs between its passes over a row: their place comes behind those of the operands.</summary>
    public int KeptCount => keptCount;

    /// <summary>Runs over <paramref name="length"/> elements, in rows of <paramref name="rowLength"/> if it goes by rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(ref Places places, int length, int rowLength)
    {
        if (goesByRows)
        {
            body(ref places, (nuint)length * (nuint)elementSize, (nuint)rowLength * (nuint)elementSize);
            return;
        }

        var bytes = (nuint)length * (nuint)elementSize;
        var rest = bytes % VectorBytes;
        if (bytes > rest)
        {
            body(ref places, bytes - rest, bytes - rest);
        }

        if (rest > 0)
        {
            RunRest(ref places, bytes - rest, (uint)rest);
        }
    }

    /// <summary>The elements that do not fill a vector, by way of vectors that they do not fill.</summary>
    [SkipLocalsInit]
    private void RunRest(ref Places places, nuint from, uint bytes)
    {
        Span<byte> padded = stackalloc byte[Places.Most * VectorBytes];
        var inner = default(Places);
        for (var k = 0; k < operands.Length; k++)
        {
            if (isNumber[k])
            {
                inner.Set(k, ref places.Get(k));
                continue;
            }

            ref var pad = ref padded[k * VectorBytes];
            Unsafe.CopyBlockUnaligned(ref pad, ref Unsafe.AddByteOffset(ref places.Get(k), from), bytes);
            inner.Set(k, ref pad);
        }

        body(ref inner, VectorBytes, VectorBytes);
        for (var k = inputs; k < operands.Length; k++)
        {
            Unsafe.CopyBlockUnaligned(ref Unsafe.AddByteOffset(ref places.Get(k), from), ref padded[k * VectorBytes], bytes);
        }
    }
}
