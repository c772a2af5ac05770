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
        ref var arena = ref Scratch.Memory(plan.RegisterCount * plan.RegisterBytes);
        for (var i = 0; i < leaves.Count; i++)
        {
            if (plan.LeafRegisters[i] >= 0 && Leaves[i].IsSteady(rowLength))
            {
                Leaves[i].Read(0, Math.Min(tileLength, count), ref Register(ref arena, plan.LeafRegisters[i]));
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
        for (var i = 0; i < leaves.Count; i++)
        {
            if (plan.LeafRegisters[i] >= 0 && !Leaves[i].IsSteady(rowLength))
            {
                Leaves[i].Read(start, length, ref Register(ref arena, plan.LeafRegisters[i]));
            }
        }

        foreach (ref readonly var step in plan.Steps.AsSpan())
        {
            if (step.Loop is { } loop)
            {
                RunLoop(loop, ref arena, start, length);
            }
            else
            {
                RunKernel(step.First, ref arena, start, length);
            }
        }

        sink?.Accept(start, length, At(ref arena, sinkPlace, start, length));
    }

    private void RunKernel(int i, ref byte arena, int start, int length)
    {
        ref readonly var instruction = ref Program[i];
        instruction.Pending.Operation.Invoke(
            At(ref arena, instruction.A, start, length),
            instruction.B == RegionForm.None ? default : At(ref arena, instruction.B, start, length),
            instruction.C == RegionForm.None ? default : At(ref arena, instruction.C, start, length),
            At(ref arena, i, start, length));
    }

    private void RunLoop(LaneLoop loop, ref byte arena, int start, int length)
    {
        var places = default(Places);
        for (var k = 0; k < loop.Operands.Length; k++)
        {
            places.Set(k, ref At(ref arena, loop.Operands[k], start, length).Start);
        }

        loop.Run(ref places, length, rowLength);
    }

    /// <summary>Where the elements from <paramref name="start"/> on of an operand are to be found.</summary>
    private Tile At(ref byte arena, int operand, int start, int length)
    {
        if (operand >= 0)
        {
            ref readonly var instruction = ref Program[operand];
            return instruction.Buffer is { } buffer
                ? new Tile(ref buffer.ElementAt(start), length)
                : new Tile(ref Register(ref arena, plan.Registers[operand]), length);
        }

        ref readonly var leaf = ref Leaves[~operand];
        return plan.LeafRegisters[~operand] is >= 0 and var register ? new Tile(ref Register(ref arena, register), length)
            : plan.Readings[~operand] == LeafReading.Number ? Tile.OfNumber(ref leaf.Value.ElementAt(leaf.PlaceOf(start)))
            : new Tile(ref leaf.Value.ElementAt(leaf.PlaceOf(start)), length);
    }

    private ref byte Register(ref byte arena, int register) => ref Unsafe.AddByteOffset(ref arena, (nint)register * plan.RegisterBytes);

    private readonly struct Turns(Region region, int turn) : IWork
    {
        public void Do(int index)
        {
            var start = index * turn;
            region.RunTiles(start, Math.Min(turn, region.count - start));
        }
    }
}
