using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance.Helpers;

namespace Autograd.Evaluation;

/// <summary>An operation whose every result element depends on the elements at the same place of its inputs. It is given as a kernel from spans to a span,
/// which knows no shapes: the evaluator feeds it whole buffers, or tiles where an input is broadcast or strided.</summary>
internal abstract class Elementwise(DType dtype) : Operation(dtype)
{
    /// <summary>Elements from which several threads pay; chunks are of this size, whatever the number of threads.</summary>
    private const int ChunkLength = 32 * Scratch.TileLength;

    /// <summary>Runs the kernel over one run of elements; <paramref name="b"/> and <paramref name="c"/> are empty for operations of fewer inputs.</summary>
    internal abstract void Invoke(Tile a, Tile b, Tile c, Tile y);

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        var count = Shape.ElementCount;
        if (count <= ChunkLength)
        {
            EvaluateRun(y, 0, count);
        }
        else
        {
            ParallelHelper.For(0, ((count - 1) / ChunkLength) + 1, new Chunk(this, y));
        }

        return y;
    }

    private void EvaluateRun(Tensor y, int start, int length)
    {
        var whole = true;
        for (var i = 0; i < InputCount; i++)
        {
            whole &= IsDirect(ValueOf(i));
        }

        var step = whole ? length : Scratch.TileLength;
        for (var done = 0; done < length; done += step)
        {
            InvokeAt(y, start + done, Math.Min(step, length - done));
        }
    }

    private void InvokeAt(Tensor y, int start, int length)
    {
        var run = Math.Max(length, Allocate.ShortestRun);
        var a = Read(0, start, length, run);
        var b = InputCount > 1 ? Read(1, start, length, run) : default;
        var c = InputCount > 2 ? Read(2, start, length, run) : default;
        Invoke(a, b, c, new Tile(ref y.ElementAt(start), run));
    }

    /// <summary>Elements start … of input <paramref name="index"/>, broadcast to the result's shape: in place where they are one run, else gathered into a scratch tile.
    /// A run that is longer than what is asked for, because no kernel sees fewer elements than a vector, holds any values behind it.</summary>
    private Tile Read(int index, int start, int length, int run)
    {
        var input = ValueOf(index);
        if (IsDirect(input) && input.StorageLength - input.Offset - start >= run)
        {
            return new Tile(ref input.ElementAt(start), run);
        }

        ref var scratch = ref Scratch.Register(index);
        switch (input.DType.ByteSize)
        {
            case 1:
                Gather<byte>(input, start, length, ref scratch);
                break;
            case 4:
                Gather<uint>(input, start, length, ref scratch);
                break;
            default:
                Gather<ulong>(input, start, length, ref scratch);
                break;
        }

        return new Tile(ref scratch, run);
    }

    private bool IsDirect(Tensor input)
        => input.IsRowMajor && (ReferenceEquals(input.Shape, Shape) || input.ElementCount == Shape.ElementCount);

    private void Gather<T>(Tensor input, int start, int length, ref byte scratch)
        where T : unmanaged
    {
        var tile = MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref scratch), length);
        if (input.ElementCount == 1)
        {
            tile.Fill(input.Storage<T>()[input.Offset]);
        }
        else
        {
            Strided.Gather(input.Storage<T>(), input.Layout.Expand(Shape), start, tile);
        }
    }

    private readonly struct Chunk(Elementwise operation, Tensor y) : IAction
    {
        public void Invoke(int i)
        {
            var start = i * ChunkLength;
            operation.EvaluateRun(y, start, Math.Min(ChunkLength, y.ElementCount - start));
        }
    }
}
