namespace Autograd.Evaluation;

/// <content>How a region is cut into tiles. Where operands are repeated along rows, or the rows are reduced, a tile is made of whole rows or lies within one:
/// then a repeated row is read in place, and a repeated element is a number.</content>
internal sealed partial class Region
{
    /// <summary>Elements of a row from which it has tiles of its own; of shorter rows, a tile holds as many as fit.</summary>
    private const int LongRow = 512;

    /// <summary>Elements of one thread's turn, roughly.</summary>
    private const int TurnLength = 32 * Scratch.TileLength;

    /// <summary>The same where there are few elements.</summary>
    private const int ShortTurnLength = 8 * Scratch.TileLength;

    /// <summary>Elements of a vector of any type, or a multiple.</summary>
    private const int RowStep = 16;

    private int rowLength;
    private int tileLength;
    private int registerBytes;

    /// <summary>The length of the rows of which there are values; 0 if there are none.</summary>
    private int reducedLength;

    /// <summary>After so many elements the numbers of rows begin again: a tile ends there.</summary>
    private int numbersBeginAgain;

    /// <summary>Whether there are values of which there is one to the row.</summary>
    private bool HasValuesOfRows => reducedLength > 0;

    /// <summary>Elements of one thread's turn: whole rows, and as many of them as the reduction wants together. It does not depend on the number of threads.</summary>
    private int TurnOf(int together) => Math.Max(1, (count < 8 * TurnLength ? ShortTurnLength : TurnLength) / together) * together;

    /// <summary>Finds out whether there are values of rows beside the elements of rows. If all values are of rows, they are elements like any others.</summary>
    private void FindValuesOfRows()
    {
        var (areAny, areAll) = (false, true);
        reducedLength = 0;
        foreach (ref readonly var instruction in Program)
        {
            areAny |= instruction.IsPerRow;
            areAll &= instruction is { IsPerRow: true, ReducesRows: false };
            reducedLength = Math.Max(reducedLength, instruction.Pending.RowLength);
        }

        if (!areAny)
        {
            reducedLength = 0;
        }
        else if (areAll)
        {
            (count, reducedLength) = (Program[0].Result.ElementCount, 0);
            foreach (ref var instruction in Program)
            {
                instruction.IsPerRow = false;
            }

            foreach (ref var leaf in Leaves)
            {
                leaf.IsPerRow = false;
            }
        }
    }

    /// <summary>The rows are those that are reduced, else those in which operands repeat.</summary>
    private void ChooseRows()
    {
        rowLength = HasValuesOfRows ? reducedLength : cut.RowLength > 0 ? cut.RowLength : RowOfLeaves();
        if (!HasValuesOfRows && cut is { RowLength: 0, Together: > 0 } && rowLength % cut.Together != 0)
        {
            rowLength = 0;
        }
    }

    /// <summary>The shortest row in which an operand repeats, among long ones if there are any.</summary>
    private int RowOfLeaves()
    {
        var best = 0;
        foreach (ref readonly var leaf in Leaves)
        {
            var isBetter = best < LongRow ? leaf.RowLength > best : leaf.RowLength >= LongRow && leaf.RowLength < best;
            best = isBetter ? leaf.RowLength : best;
        }

        return best;
    }

    private void ChooseTileLength()
    {
        // Many registers must share the first-level cache; without any, memory is read in long runs.
        // Of few rows, the kernels' calls for their values would count.
        tileLength = plan.IsDirect ? TurnOf(Math.Max(1, rowLength))
            : HasValuesOfRows ? 8 * Scratch.TileLength / Math.Max(1, plan.RegisterCount)
            : plan.RegisterCount > 12 ? Scratch.TileLength / 2
            : Scratch.TileLength;
        if (plan.TakesWholeRows || (rowLength > 0 && rowLength < LongRow))
        {
            var step = HasValuesOfRows ? Math.Max(rowLength, cut is { RowLength: 0 } ? cut.Together : 1) : rowLength;
            tileLength = Math.Max(1, tileLength / step) * step;
        }

        registerBytes = plan.ElementBytes * (plan.IsDirect ? 0 : Math.Max(tileLength, Scratch.TileLength));
        numbersBeginAgain = count;
        foreach (ref readonly var leaf in Leaves)
        {
            if (leaf.AccessBy(rowLength) == LeafAccess.PerRow)
            {
                numbersBeginAgain = Math.Min(numbersBeginAgain, leaf.Period);
            }
        }
    }

    /// <summary>The elements of the tile that begins at <paramref name="start"/>.</summary>
    private int LengthAt(int start, int end)
    {
        var length = Math.Min(tileLength, end - start);
        return plan.GoesByRows ? Math.Min(length, numbersBeginAgain - (start % numbersBeginAgain))
            : rowLength >= LongRow && !plan.TakesWholeRows ? Math.Min(length, rowLength - (start % rowLength))
            : length;
    }
}
