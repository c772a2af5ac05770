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
            var (size, accumulated) = (1, CostOf(pending));
            foreach (var operand in (ReadOnlySpan<int>)[instruction.A, instruction.B, instruction.C])
            {
                if (operand >= 0 && !instructions[operand].IsStored)
                {
                    size += instructions[operand].Pending.Size;
                    accumulated += instructions[operand].Pending.Cost;
                }

                if (operand >= 0 && instructions[operand].IsPerRow && !instruction.IsPerRow)
                {
                    instructions[operand].IsStored = true;
                }
            }

            cost += CostOf(pending);
            if (pending.Cut.Together > 0)
            {
                instruction.IsStored = true;
                StoreIfDear(instruction.A);
            }

            // A reduction reads whole rows, and its result takes next to no memory.
            instruction.IsStored |= instruction.ReducesRows || (pending.IsSaved && (instruction.IsPerRow || accumulated > Fusion.StoreCost));
            (pending.Size, pending.Cost) = (size, accumulated);
        }
    }

    /// <summary>What is collected is stored only if it would be dear to compute it again.</summary>
    private void StoreIfDear(int operand)
    {
        if (operand >= 0)
        {
            Program[operand].IsStored |= Program[operand].Pending.Cost > Fusion.StoreCost;
        }
    }

    private void DescribeForm()
    {
        foreach (ref readonly var instruction in Program)
        {
            var operation = instruction.Pending.Operation;
            form.Code.Add(new(operation.Lanes, operation.LaneType, operation.DType, operation.Cost, instruction.A, instruction.B, instruction.C, instruction.IsStored, instruction.IsPerRow, instruction.ReducesRows ? operation.Fold : null, instruction.Pending.Cut.Together > 0));
        }

        var areRowsWhole = rowLength > 0 && rowLength % RowStep == 0;
        foreach (ref readonly var leaf in Leaves)
        {
            var access = leaf.AccessBy(rowLength);
            form.Leaves.Add(new(access, leaf.Value.DType, leaf.IsNumberToAll, leaf.IsPerRow));
            areRowsWhole &= leaf.IsPerRow || access is LeafAccess.InPlace or LeafAccess.Number
                || (access is LeafAccess.Row or LeafAccess.PerRow && leaf.RowLength == rowLength && !EndsWithinWhatIsTakenTogether(leaf));
        }

        form.AreRowsLong = rowLength >= LongRow && !HasValuesOfRows;
        form.FoldWidth = HasValuesOfRows ? FoldWidthOf(rowLength * form.Code[0].LaneType.ByteSize / LaneLoop.VectorBytes) : 0;
        form.DoRowsFit = rowLength <= Fusion.LongestRow;
        form.AreRowsWhole = areRowsWhole;
    }

    /// <summary>Whether the numbers of rows begin again, so that a tile would have to end, where a reduction goes on taking elements.</summary>
    private bool EndsWithinWhatIsTakenTogether(in RegionLeaf leaf)
        => leaf.AccessBy(rowLength) == LeafAccess.PerRow && leaf.Period < count && cut is { RowLength: 0, Together: > 0 } && leaf.Period % cut.Together != 0;

    /// <summary>The partial results of a row of so many vectors that end at the same time.</summary>
    private int FoldWidthOf(int vectors)
        => rowLength > Kernels.Folding.LongestRun ? 0 : vectors < FoldMethod.Width ? 1 : vectors % FoldMethod.Width == 0 ? FoldMethod.Width : 0;
}
