namespace Autograd.Evaluation;

/// <content>What is stored, and what the region is apart from the tensors in it.</content>
internal sealed partial class Region
{
    private void DecideStores()
    {
        var instructions = Program;
        foreach (ref var instruction in instructions)
        {
            var pending = instruction.Pending;
            var (size, accumulated) = (1, pending.Operation.Cost);
            foreach (var operand in (ReadOnlySpan<int>)[instruction.A, instruction.B, instruction.C])
            {
                if (operand >= 0 && !instructions[operand].IsStored)
                {
                    size += instructions[operand].Pending.Size;
                    accumulated += instructions[operand].Pending.Cost;
                }
            }

            cost += pending.Operation.Cost;
            instruction.IsStored |= pending.IsSaved && accumulated > Fusion.StoreCost;
            (pending.Size, pending.Cost) = (size, accumulated);
        }
    }

    private void DescribeForm()
    {
        foreach (ref readonly var instruction in Program)
        {
            var operation = instruction.Pending.Operation;
            form.Code.Add(new(operation.Lanes, operation.LaneType, operation.DType, operation.Cost, instruction.A, instruction.B, instruction.C, instruction.IsStored));
        }

        var areRowsWhole = rowLength > 0 && rowLength % RowStep == 0 && (sink is null || rowLength <= Scratch.TileLength);
        foreach (ref readonly var leaf in Leaves)
        {
            var access = leaf.AccessBy(rowLength);
            form.Leaves.Add(new(access, leaf.Value.DType, leaf.IsNumberToAll));
            areRowsWhole &= access is LeafAccess.InPlace or LeafAccess.Number || (access is LeafAccess.Row or LeafAccess.PerRow && leaf.RowLength == rowLength);
        }

        form.Sink = sink is null ? -1 : sinkPlace;
        form.AreRowsLong = rowLength >= LongRow;
        form.AreRowsWhole = areRowsWhole;
    }
}
