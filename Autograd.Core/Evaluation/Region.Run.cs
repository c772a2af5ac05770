using System.Runtime.CompilerServices;

namespace Autograd.Evaluation;

/// <content>Running the operations of a region over tiles.</content>
internal sealed partial class Region
{
    /// <summary>Work, in additions, from which several threads pay.</summary>
    private const long ParallelWork = 1 << 19;

    private void Run()
    {
        if (code.Count == 0)
        {
            return;
        }

        foreach (ref var instruction in Program)
        {
            if (instruction is { IsStored: true, Buffer: null })
            {
                var outer = TemporaryMemory.Replace(instruction.Pending.Scope == TemporaryMemory.Current ? TemporaryMemory.Current : null);
                instruction.Buffer = Allocate.Tensor(instruction.Result.Shape, instruction.Result.DType);
                TemporaryMemory.Replace(outer);
            }
        }

        var turn = TurnOf(Math.Max(1, sink?.Together ?? rowLength));
        var turns = ((count - 1) / turn) + 1;
        if (turns > 1 && (count * cost) >= ParallelWork)
        {
            Workers.Do(turns, new Turns(this, turn));
        }
        else
        {
            RunTiles(0, count);
        }

        foreach (ref readonly var instruction in Program)
        {
            if (instruction.Buffer is { } buffer)
            {
                instruction.Result.Publish(instruction.Pending, buffer);
            }
        }

        GC.KeepAlive(leaves);
    }

    private void RunTiles(int start, int length)
    {
        ref var arena = ref Scratch.Memory(registers * registerBytes);
        foreach (ref readonly var leaf in Leaves)
        {
            if (leaf.Register >= 0 && leaf.IsSteady(rowLength))
            {
                leaf.Read(0, Math.Min(tileLength, count), ref Register(ref arena, leaf.Register));
            }
        }

        for (var end = start + length; start < end;)
        {
            var tile = LengthAt(start, end);
            RunTile(ref arena, start, tile);
            start += tile;
        }
    }

    private void RunTile(ref byte arena, int start, int length)
    {
        foreach (ref readonly var leaf in Leaves)
        {
            if (leaf.Register >= 0 && !leaf.IsSteady(rowLength))
            {
                leaf.Read(start, length, ref Register(ref arena, leaf.Register));
            }
        }

        var program = Program;
        for (var i = 0; i < program.Length; i++)
        {
            ref readonly var instruction = ref program[i];
            instruction.Pending.Operation.Invoke(
                At(ref arena, instruction.A, start, length),
                instruction.B == None ? default : At(ref arena, instruction.B, start, length),
                instruction.C == None ? default : At(ref arena, instruction.C, start, length),
                At(ref arena, i, start, length));
        }

        sink?.Accept(start, length, At(ref arena, sinkPlace, start, length));
    }

    /// <summary>Where the elements from <paramref name="start"/> on of an operand are to be found.</summary>
    private Tile At(ref byte arena, int operand, int start, int length)
    {
        if (operand >= 0)
        {
            ref readonly var instruction = ref Program[operand];
            return instruction.Buffer is { } buffer
                ? new Tile(ref buffer.ElementAt(start), length)
                : new Tile(ref Register(ref arena, instruction.Register), length);
        }

        ref readonly var leaf = ref Leaves[~operand];
        return leaf.Register >= 0 ? new Tile(ref Register(ref arena, leaf.Register), length)
            : leaf.IsNumber ? Tile.OfNumber(ref leaf.Value.ElementAt(leaf.PlaceOf(start)))
            : new Tile(ref leaf.Value.ElementAt(leaf.PlaceOf(start)), length);
    }

    private ref byte Register(ref byte arena, int register) => ref Unsafe.AddByteOffset(ref arena, (nint)register * registerBytes);

    private readonly struct Turns(Region region, int turn) : IWork
    {
        public void Do(int index)
        {
            var start = index * turn;
            region.RunTiles(start, Math.Min(turn, region.count - start));
        }
    }
}
