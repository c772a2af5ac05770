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

        var isSingleReduction = code is [{ Pending.Cut.Together: > 0 }];
        foreach (ref var instruction in Program)
        {
            if (instruction is { IsStored: true, Buffer: null })
            {
                var outer = TemporaryMemory.Replace(instruction.Pending.Scope == TemporaryMemory.Current ? TemporaryMemory.Current : null);
                try
                {
                    if (isSingleReduction)
                    {
                        instruction.Buffer = instruction.Pending.Operation.ComputeFrom(leaves[0].Value);
                    }
                    else if (instruction.Pending.Cut.Together > 0)
                    {
                        instruction.Sink = instruction.Pending.Operation.NewSink();
                    }
                    else
                    {
                        instruction.Buffer = Allocate.Tensor(instruction.Result.Shape, instruction.Result.DType);
                    }
                }
                finally
                {
                    TemporaryMemory.Replace(outer);
                }
            }
        }

        if (!isSingleReduction)
        {
            RunAll();
        }

        foreach (ref readonly var instruction in Program)
        {
            if ((instruction.Sink?.Finish() ?? instruction.Buffer) is { } buffer)
            {
                instruction.Result.Publish(instruction.Pending, buffer);
            }
        }

        GC.KeepAlive(leaves);
    }

    private void RunAll()
    {
        var turn = TurnOf(Math.Max(cut.Together, Math.Max(1, rowLength)));
        var turns = ((count - 1) / turn) + 1;
        if (turns > 1 && (count * cost) >= ParallelWork)
        {
            Workers.Do(turns, new Turns(this, turn));
        }
        else
        {
            RunTiles(0, count);
        }
    }

    private void RunTiles(int start, int length)
    {
        ref var arena = ref Scratch.Memory((plan.RegisterCount * registerBytes) + (plan.KeptRows * rowLength * plan.ElementBytes));
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
        var elements = new Stretch(start, length);
        var rows = HasValuesOfRows ? new Stretch(start / rowLength, length / rowLength) : default;
        for (var i = 0; i < leaves.Count; i++)
        {
            if (plan.LeafRegisters[i] >= 0 && !Leaves[i].IsSteady(rowLength))
            {
                var run = Leaves[i].IsPerRow ? rows : elements;
                Leaves[i].Read(run.Start, run.Length, ref Register(ref arena, plan.LeafRegisters[i]));
            }
        }

        foreach (ref readonly var step in plan.Steps.AsSpan())
        {
            if (step.Loop is { } loop)
            {
                RunLoop(loop, ref arena, elements, rows);
            }
            else
            {
                RunKernel(step.First, ref arena, elements, rows);
            }
        }
    }

    private void RunKernel(int i, ref byte arena, Stretch elements, Stretch rows)
    {
        ref readonly var instruction = ref Program[i];
        if (instruction.Sink is { } sink)
        {
            sink.Accept(elements.Start, elements.Length, Read(ref arena, instruction.A, isOfRows: false, elements, rows));
            return;
        }

        var isOfRows = instruction is { IsPerRow: true, ReducesRows: false };
        var result = At(ref arena, i, instruction.IsPerRow ? rows : elements);
        instruction.Pending.Operation.Invoke(
            Read(ref arena, instruction.A, isOfRows, elements, rows),
            instruction.B == RegionForm.None ? default : Read(ref arena, instruction.B, isOfRows, elements, rows),
            instruction.C == RegionForm.None ? default : Read(ref arena, instruction.C, isOfRows, elements, rows),
            result);
        if (plan.Repeated[i] is >= 0 and var register)
        {
            RegionLeaf.FillRows(result, instruction.Result.DType.ByteSize, rowLength, ref Register(ref arena, register));
        }
    }

    private void RunLoop(LaneLoop loop, ref byte arena, Stretch elements, Stretch rows)
    {
        var places = default(Places);
        for (var k = 0; k < loop.Operands.Length; k++)
        {
            var operand = loop.Operands[k];
            var isOfRows = loop.GoesByRows && (operand >= 0 ? Program[operand].IsPerRow : Leaves[~operand].IsPerRow);
            places.Set(k, ref Read(ref arena, operand, isOfRows, elements, rows).Start);
        }

        if (loop.KeptCount > 0)
        {
            places.Set(loop.Operands.Length, ref Register(ref arena, plan.RegisterCount));
        }

        loop.Run(ref places, elements.Length, rowLength);
    }

    /// <summary>An operand of a kernel or a loop: values of rows if it takes such, else elements, for which values of rows have been repeated.</summary>
    private Tile Read(ref byte arena, int operand, bool isOfRows, Stretch elements, Stretch rows)
        => isOfRows ? At(ref arena, operand, rows)
            : operand >= 0 && Program[operand].IsPerRow ? new Tile(ref Register(ref arena, plan.Repeated[operand]), elements.Length)
            : At(ref arena, operand, elements);

    /// <summary>Where a run of values is to be found.</summary>
    private Tile At(ref byte arena, int operand, Stretch run)
    {
        if (operand >= 0)
        {
            ref readonly var instruction = ref Program[operand];
            return instruction.Buffer is { } buffer
                ? new Tile(ref buffer.ElementAt(run.Start), run.Length)
                : new Tile(ref Register(ref arena, plan.Registers[operand]), run.Length);
        }

        ref readonly var leaf = ref Leaves[~operand];
        return plan.LeafRegisters[~operand] is >= 0 and var register ? new Tile(ref Register(ref arena, register), run.Length)
            : plan.Readings[~operand] == LeafReading.Number ? Tile.OfNumber(ref leaf.Value.ElementAt(leaf.PlaceOf(run.Start)))
            : new Tile(ref leaf.Value.ElementAt(leaf.PlaceOf(run.Start)), run.Length);
    }

    private ref byte Register(ref byte arena, int register) => ref Unsafe.AddByteOffset(ref arena, (nint)register * registerBytes);

    /// <summary>Neighbouring values.</summary>
    private readonly record struct Stretch(int Start, int Length);

    private readonly struct Turns(Region region, int turn) : IWork
    {
        public void Do(int index)
        {
            var start = index * turn;
            region.RunTiles(start, Math.Min(turn, region.count - start));
        }
    }
}
