using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Helpers;

namespace Autograd.Evaluation;

/// <content>Running the operations of a region over tiles.</content>
internal sealed partial class Region
{
    /// <summary>Elements of one thread's turn; a function of nothing, so that results do not depend on the number of threads.</summary>
    private const int ChunkLength = 32 * Scratch.TileLength;

    /// <summary>Work, in additions, from which several threads pay.</summary>
    private const long ParallelWork = 1 << 19;

    private void Run()
    {
        if (program.Length == 0)
        {
            return;
        }

        foreach (ref var instruction in program.AsSpan())
        {
            if (instruction is { IsStored: true, Buffer: null })
            {
                var outer = TemporaryMemory.Replace(instruction.Pending.Scope == TemporaryMemory.Current ? TemporaryMemory.Current : null);
                instruction.Buffer = Allocate.Tensor(instruction.Result.Shape, instruction.Result.DType);
                TemporaryMemory.Replace(outer);
            }
        }

        var chunks = ((count - 1) / ChunkLength) + 1;
        if (chunks > 1 && (count * cost) >= ParallelWork)
        {
            ParallelHelper.For(0, chunks, new ChunkWork(this));
        }
        else
        {
            RunTiles(0, count);
        }

        foreach (ref readonly var instruction in program.AsSpan())
        {
            if (instruction.Buffer is { } buffer)
            {
                instruction.Result.Publish(instruction.Pending, buffer);
            }
        }

        GC.KeepAlive(operands);
    }

    private void RunTiles(int start, int length)
    {
        ref var arena = ref Scratch.Memory(registers * registerBytes);
        for (var i = 0; i < operands.Length; i++)
        {
            ref readonly var leaf = ref operands[i];
            if (leaf.Kind == RegionLeafKind.Number && leaf.Register >= 0)
            {
                leaf.Read(0, tileLength, ref Register(ref arena, leaf.Register));
            }
        }

        for (var done = 0; done < length; done += tileLength)
        {
            RunTile(ref arena, start + done, Math.Min(tileLength, length - done));
        }
    }

    private void RunTile(ref byte arena, int start, int length)
    {
        for (var i = 0; i < operands.Length; i++)
        {
            ref readonly var leaf = ref operands[i];
            if (leaf.Kind == RegionLeafKind.Gathered)
            {
                leaf.Read(start, length, ref Register(ref arena, leaf.Register));
            }
        }

        var run = Math.Max(length, Allocate.ShortestRun);
        for (var i = 0; i < program.Length; i++)
        {
            ref readonly var instruction = ref program[i];
            instruction.Pending.Operation.Invoke(
                At(ref arena, instruction.A, start, run),
                instruction.B == None ? default : At(ref arena, instruction.B, start, run),
                instruction.C == None ? default : At(ref arena, instruction.C, start, run),
                At(ref arena, i, start, run));
        }

        sink?.Accept(start, length, At(ref arena, sinkPlace, start, run));
    }

    /// <summary>Where the elements from <paramref name="start"/> on of an operand are to be found.</summary>
    private Tile At(ref byte arena, int operand, int start, int run)
    {
        if (operand >= 0)
        {
            ref readonly var instruction = ref program[operand];
            return instruction.Buffer is { } buffer
                ? new Tile(ref buffer.ElementAt(start), run)
                : new Tile(ref Register(ref arena, instruction.Register), run);
        }

        ref readonly var leaf = ref operands[~operand];
        return leaf.Register >= 0 ? new Tile(ref Register(ref arena, leaf.Register), run)
            : leaf.Kind == RegionLeafKind.Number ? Tile.OfNumber(ref leaf.Value.ElementAt(0))
            : new Tile(ref leaf.Value.ElementAt(start), run);
    }

    private ref byte Register(ref byte arena, int register) => ref Unsafe.AddByteOffset(ref arena, (nint)register * registerBytes);

    private readonly struct ChunkWork(Region region) : IAction
    {
        public void Invoke(int i)
        {
            var start = i * ChunkLength;
            region.RunTiles(start, Math.Min(ChunkLength, region.count - start));
        }
    }
}
