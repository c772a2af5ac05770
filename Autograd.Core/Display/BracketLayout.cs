using System.Text;

namespace Autograd.Display;

/// <summary>Nested brackets around the texts of a tensor's shown elements, which are in row-major order. A matrix has a line for each row,
/// every further dimension adds a blank line between its entries (NumPy's layout), and a long row is continued below its first element.</summary>
internal sealed class BracketLayout(PrintedAxis[] axes, string[] cells, int lineWidth)
{
    private const string Gap = "...";

    private readonly StringBuilder text = new();
    private int nextCell;

    public string Write()
    {
        WriteBlock(0);
        return text.ToString();
    }

    private void WriteBlock(int dim)
    {
        text.Append('[');
        if (dim == axes.Length - 1)
            WriteRow();
        else
            WriteBlocks(dim);
        text.Append(']');
    }

    private void WriteBlocks(int dim)
    {
        var axis = axes[dim];
        for (var entry = 0; entry < axis.Entries; entry++)
        {
            if (entry > 0)
                text.Append(',').Append('\n', axes.Length - 1 - dim).Append(' ', dim + 1);
            if (axis.IsGap(entry))
                text.Append(Gap);
            else
                WriteBlock(dim + 1);
        }
    }

    private void WriteRow()
    {
        var axis = axes[^1];
        var start = axes.Length;                    // a row stands after that many brackets or spaces, and before at most as many brackets
        var column = start;
        for (var entry = 0; entry < axis.Entries; entry++)
        {
            var cell = axis.IsGap(entry) ? Gap : cells[nextCell++];
            var closing = entry == axis.Entries - 1 ? axes.Length : 1;
            if (entry > 0 && column + 2 + cell.Length + closing > lineWidth)
            {
                text.Append(",\n").Append(' ', start);
                column = start;
            }
            else if (entry > 0)
            {
                text.Append(", ");
                column += 2;
            }

            text.Append(cell);
            column += cell.Length;
        }
    }
}
