using System.Text;

namespace Autograd.NN;

/// <summary>Rows of comma-separated values (RFC 4180): cells may stand in quotation marks, which are doubled inside, and then contain separators and line breaks.</summary>
internal sealed class CsvReader(TextReader reader, string path, char separator)
{
    private int line = 1;

    /// <summary>Goes past the end of the line.</summary>
    public void SkipLine()
    {
        reader.ReadLine();
        line++;
    }

    /// <summary>The next row that is not empty, and the line in which it begins; null at the end.</summary>
    public (int Line, string[] Cells)? ReadRow()
    {
        while (reader.Peek() is '\n' or '\r')
        {
            SkipLine();
        }

        if (reader.Peek() < 0)
        {
            return null;
        }

        var (start, cells) = (line, new List<string>());
        bool more;
        do
        {
            (var cell, more) = ReadCell();
            cells.Add(cell);
        }
        while (more);
        return (start, [.. cells]);
    }

    private (string Cell, bool More) ReadCell()
    {
        var text = new StringBuilder();
        var start = line;
        var isQuoted = false;
        while (true)
        {
            var c = reader.Read();
            if (isQuoted)
            {
                if (c < 0)
                {
                    throw new DataException($"{path}, line {start}: a quotation mark is not closed.");
                }

                if (c == '"' && reader.Peek() != '"')
                {
                    isQuoted = false;
                    continue;
                }

                line += c == '\n' ? 1 : 0;
                text.Append((char)(c == '"' ? reader.Read() : c));
            }
            else if (c < 0)
            {
                return (text.ToString(), false);
            }
            else if (c is '\n' or '\r')
            {
                _ = c == '\r' && reader.Peek() == '\n' ? reader.Read() : 0;
                line++;
                return (text.ToString(), false);
            }
            else if (c == separator)
            {
                return (text.ToString(), true);
            }
            else if (c == '"' && text.Length == 0)
            {
                isQuoted = true;
            }
            else
            {
                text.Append((char)c);
            }
        }
    }
}
