using System.Globalization;

namespace Autograd.NN;

/// <summary>A table from a file of comma-separated values (RFC 4180): its cells as text, and columns of it as tensors.</summary>
/// <example><code>
/// File.WriteAllText("plants.csv", "height,width,kind\n1.5,2,oak\n0.5,,fern\n");
/// var table = CsvTable.Read("plants.csv");
/// var sizes = table.Numbers(["height", "width"], MissingValues.Mean);
/// var (kinds, names) = table.Categories("kind");
/// </code></example>
public sealed class CsvTable
{
    private readonly string path;
    private readonly List<(int Line, string[] Cells)> rows;
    private readonly HashSet<string> missing;

    private CsvTable(string path, string[] columns, List<(int Line, string[] Cells)> rows, IEnumerable<string>? missing)
    {
        (this.path, Columns, this.rows) = (path, columns, rows);
        this.missing = new(missing ?? ["", "NA", "NaN", "nan", "null", "?"], StringComparer.Ordinal);
    }

    /// <summary>The names of the columns; 0, 1, … where the file has no header.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The number of rows, without the header.</summary>
    public int Count => rows.Count;

    /// <summary>Reads a file; one that ends in .gz is unpacked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasHeader">Whether the first line has the columns' names.</param>
    /// <param name="separator">What stands between cells.</param>
    /// <param name="skipLines">Lines before the header that are left out.</param>
    /// <param name="missing">The texts that mean that there is no value; left out, nothing, NA, NaN, nan, null and ?.</param>
    /// <exception cref="DataException">A row has too few or too many cells, a quotation mark is not closed, or columns share a name.</exception>
    public static CsvTable Read(string path, bool hasHeader = true, char separator = ',', int skipLines = 0, IEnumerable<string>? missing = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var stream = DataFile.Open(path);
        using var reader = new StreamReader(stream);
        var text = new CsvReader(reader, path, separator);
        for (var i = 0; i < skipLines; i++)
        {
            text.SkipLine();
        }

        string[]? columns = null;
        var rows = new List<(int, string[])>();
        while (text.ReadRow() is { } row)
        {
            if (columns is null && hasHeader)
            {
                columns = row.Cells;
                continue;
            }

            columns ??= [.. Enumerable.Range(0, row.Cells.Length).Select(i => i.ToString(CultureInfo.InvariantCulture))];
            if (row.Cells.Length != columns.Length)
            {
                throw new DataException($"{path}, line {row.Line}: {row.Cells.Length} cells, but there are {columns.Length} columns: {string.Join(separator, row.Cells)}");
            }

            rows.Add(row);
        }

        columns ??= [];
        if (columns.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new DataException($"{path}: two columns are named '{twice.Key}'.");
        }

        return new(path, columns, rows, missing);
    }

    /// <summary>The cells of a column as they stand in the file.</summary>
    /// <param name="column">Its name.</param>
    /// <exception cref="DataException">There is no such column.</exception>
    public IReadOnlyList<string> Text(string column)
    {
        var index = IndexOf(column);
        return [.. rows.Select(row => row.Cells[index])];
    }

    /// <summary>Columns as numbers.</summary>
    /// <param name="columns">Their names.</param>
    /// <param name="treatment">What becomes of cells without a value.</param>
    /// <param name="dtype">Float32, Float64 or Int64; left out, the default floating-point type.</param>
    /// <returns>[n, columns].</returns>
    /// <exception cref="DataException">A cell is no number, or missing where that is not allowed: the message has file, line, column and value.</exception>
    public Tensor Numbers(IReadOnlyList<string> columns, MissingValues treatment = MissingValues.Error, DType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var values = new double[rows.Count * columns.Count];
        for (var j = 0; j < columns.Count; j++)
        {
            var (index, column) = (IndexOf(columns[j]), columns[j]);
            var known = new List<double>();
            for (var i = 0; i < rows.Count; i++)
            {
                var value = NumberAt(rows[i], index, column, treatment);
                values[(i * columns.Count) + j] = value;
                if (!double.IsNaN(value))
                {
                    known.Add(value);
                }
            }

            if (treatment is MissingValues.Mean or MissingValues.Zero)
            {
                var stand = treatment == MissingValues.Zero || known.Count == 0 ? 0 : known.Average();
                for (var i = 0; i < rows.Count; i++)
                {
                    ref var value = ref values[(i * columns.Count) + j];
                    value = double.IsNaN(value) ? stand : value;
                }
            }
        }

        return Tensor.From(values, [rows.Count, columns.Count]).To(dtype ?? DType.Default);
    }

    /// <summary>A column of names as class numbers, in the alphabetical order of the names.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="names">The names in the order of their numbers, such as those of the training data; left out, those that occur.</param>
    /// <returns>Int64, [n], and the names.</returns>
    /// <exception cref="DataException">A cell is missing, or not among the names.</exception>
    public (Tensor Codes, IReadOnlyList<string> Names) Categories(string column, IReadOnlyList<string>? names = null)
    {
        var index = IndexOf(column);
        names ??= [.. rows.Select(row => row.Cells[index]).Where(cell => !missing.Contains(cell)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var codes = names.Select((name, code) => (name, code)).ToDictionary(pair => pair.name, pair => (long)pair.code, StringComparer.Ordinal);
        var values = rows.ConvertAll(row => codes.TryGetValue(row.Cells[index], out var code)
            ? code
            : throw Bad(row.Line, column, row.Cells[index], $"is not one of {string.Join(", ", names.Take(10))}"));
        return (Tensor.From([.. values]), names);
    }

    private double NumberAt((int Line, string[] Cells) row, int index, string column, MissingValues treatment)
    {
        var cell = row.Cells[index];
        if (missing.Contains(cell))
        {
            return treatment == MissingValues.Error ? throw Bad(row.Line, column, cell, "is missing; MissingValues.Mean, Zero or NaN would let it pass") : double.NaN;
        }

        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(row.Line, column, cell, "is not a number");
    }

    private int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
            {
                return i;
            }
        }

        throw new DataException($"{path}: there is no column '{column}'; there are {string.Join(", ", Columns)}.");
    }

    private DataException Bad(int line, string column, string cell, string what) => new($"{path}, line {line}, column '{column}': '{cell}' {what}.");
}

/// <summary>What becomes of cells without a value.</summary>
public enum MissingValues
{
    /// <summary>An error that says where.</summary>
    Error,

    /// <summary>NaN.</summary>
    NaN,

    /// <summary>0.</summary>
    Zero,

    /// <summary>The mean of the column's other cells.</summary>
    Mean,
}
