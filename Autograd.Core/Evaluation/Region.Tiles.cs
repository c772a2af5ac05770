namespace Autograd.Evaluation;

/// <content>How a region is cut into tiles. Where operands are repeated along rows, or the rows are reduced, a tile is made of whole rows or lies within one:
/// then a repeated row is read in place, and a repeated element is a number.</content>
internal sealed partial class Region
{
    /// <summary>Elements of a row from which it has tiles of its own; of shorter rows, a tile holds as many as fit.</summary>
    private const int LongRow = 512;

    /// <summary>Elements of one thread's turn, roughly; a function of nothing, so that results do not depend on the number of threads.</summary>
    private const int TurnLength = 32 * Scratch.TileLength;

    /// <summary>Elements of a vector of any type, or a multiple.</summary>
    private const int RowStep = 16;

    private int rowLength;
    private int tileLength;

    /// <summary>After so many elements the numbers of rows begin again: a tile ends there.</summary>
    private int numbersBeginAgain;

    /// <summary>Elements of one thread's turn: whole rows, and as many of them as the reduction wants together.</summary>
    private static int TurnOf(int together) => Math.Max(1, TurnLength / together) * together;

    /// <summary>The rows are those that the reduction asks for, else those in which operands repeat.</summary>
    private void ChooseRows()
    {
        rowLength = sink is { RowLength: > 0 } ? sink.RowLength : RowOfLeaves();
        if (sink is { RowLength: 0 } && rowLength % sink.Together != 0)
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
        tileLength = plan.IsDirect ? TurnOf(Math.Max(1, rowLength)) : plan.RegisterCount > 12 ? Scratch.TileLength / 2 : Scratch.TileLength;
        if (rowLength > 0 && (rowLength < LongRow || plan.GoesByRows))
        {
            tileLength = Math.Max(1, tileLength / rowLength) * rowLength;
        }

        numbersBeginAgain = count;
        foreach (ref readonly var leaf in Leaves)
        {
            if (leaf.Kind == RegionLeafKind.Repeated && leaf.Copies > 1)
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
            : rowLength >= LongRow ? Math.Min(length, rowLength - (start % rowLength))
            : length;
    }
}
