namespace Autograd.Evaluation;

/// <summary>Places in memory counted by four indices, the last one fastest: index i of dimension d adds i times a stride.</summary>
internal readonly struct Grid
{
    private readonly (int N0, int N1, int N2, int N3) counts;
    private readonly (int S0, int S1, int S2, int S3) strides;

    public Grid((int N0, int N1, int N2, int N3) counts, (int S0, int S1, int S2, int S3) strides)
    {
        this.counts = counts;
        this.strides = strides;
        Count = counts.N0 * counts.N1 * counts.N2 * counts.N3;
    }

    public int Count { get; }

    /// <summary>The places as an axis of a matrix: by a stride where there is one, else by a table.</summary>
    /// <param name="tables">Where a table goes.</param>
    public Kernels.Axis ToAxis(ref OffsetTables tables)
    {
        if (TryGetStride(out var stride))
        {
            return new(Count, stride);
        }

        var table = tables.Take(Count);
        Fill(table);
        return new(table);
    }

    /// <summary>The place of the first element of a line.</summary>
    public int Place(int i, int j, int k) => (i * strides.S0) + (j * strides.S1) + (k * strides.S2);

    /// <summary>The distance of neighbours in a line.</summary>
    public int Step => strides.S3;

    /// <summary>All places, in turn.</summary>
    public void Fill(Span<int> table)
    {
        var next = 0;
        for (var i = 0; i < counts.N0; i++)
        {
            for (var j = 0; j < counts.N1; j++)
            {
                for (var k = 0; k < counts.N2; k++)
                {
                    var place = Place(i, j, k);
                    var line = table.Slice(next, counts.N3);
                    for (var l = 0; l < line.Length; l++)
                    {
                        line[l] = place + (l * strides.S3);
                    }

                    next += line.Length;
                }
            }
        }
    }

    /// <summary>Where runs of <paramref name="length"/> begin, so many for each line.</summary>
    public ReadOnlySpan<int> Runs(ref OffsetTables tables, int runsOfLine, int length)
    {
        var starts = new Grid(counts with { N3 = runsOfLine }, strides with { S3 = strides.S3 * length });
        var runs = tables.Take(starts.Count);
        starts.Fill(runs);
        return runs;
    }

    /// <summary>Whether all neighbours are equally far apart.</summary>
    private bool TryGetStride(out int stride)
    {
        (stride, var run) = (0, 1);
        return Extends(counts.N3, strides.S3, ref stride, ref run) && Extends(counts.N2, strides.S2, ref stride, ref run)
            && Extends(counts.N1, strides.S1, ref stride, ref run) && Extends(counts.N0, strides.S0, ref stride, ref run);
    }

    private static bool Extends(int count, int step, ref int stride, ref int run)
    {
        if (count == 1)
        {
            return true;
        }

        stride = run == 1 ? step : stride;
        var extends = step == stride * run;
        run *= count;
        return extends;
    }
}
