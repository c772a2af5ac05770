using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The windows over some channels of some images as a matrix: a row for each channel and tap, a column for each image and place. Nothing is copied but the elements themselves, once, and that only
/// if windows reach beyond the source or move by more than one element.</summary>
/// <remarks>In a copy, the elements of a line are sorted by their remainder modulo the step, so that what one tap meets at successive places is contiguous.</remarks>
internal readonly ref struct Patches<T>
    where T : unmanaged
{
    /// <summary>Lines may be longer by so great a part than there are places, if they are contiguous then.</summary>
    private const int WiderBy = 3;

    private readonly Tensor? copy;
    private readonly ref T origin;
    private readonly Grid rows;
    private readonly Grid columns;
    private readonly WindowAxis across;
    private readonly int phases;
    private readonly int phaseSize;

    /// <param name="source">Row-major [images, channels, …].</param>
    /// <param name="images">How many images, from the first element at <paramref name="start"/> on.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="start">The place of the first image's first channel.</param>
    /// <param name="imageSize">The distance of images.</param>
    /// <param name="axes">The three spatial dimensions.</param>
    /// <param name="reach">How many places behind the last one of a line may be read, too.</param>
    /// <param name="step">The distance of elements that the reader takes for neighbours: it divides that of places.</param>
    /// <param name="wholeLines">Whether there may be columns for what lies between lines of places.</param>
    public Patches(Tensor source, int images, int channels, int start, int imageSize, in WindowAxes axes, int reach = 0, int step = 1, bool wholeLines = false)
    {
        var (deep, down) = (axes.Deep, axes.Down);
        across = axes.Across with { KeepsAll = step > 1 };
        ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(source.Elements<T>()), start);
        if (reach == 0 && !deep.NeedsPadding && !down.NeedsPadding && !across.NeedsPadding && (across.Step == step || across.Places == 1))
        {
            phases = 1;
            var plane = down.Size * across.Size;
            origin = ref Unsafe.Add(ref first, (deep.Origin * plane) + (down.Origin * across.Size) + across.Origin);
            rows = new((channels, deep.Taps, down.Taps, across.Taps), (deep.Size * plane, deep.Spacing * plane, down.Spacing * across.Size, across.Spacing));
            LineLength = across.Places;
            columns = new((images, deep.Places, down.Places, across.Places), (imageSize, deep.Step * plane, down.Step * across.Size, across.Step));
            return;
        }

        phases = across.Places > 1 ? across.StepInCopy / step : 1;
        phaseSize = ((across.CopySize - 1) / phases) + 1;
        var line = phases * phaseSize;
        var slab = down.CopySize * line;
        var channel = deep.CopySize * slab;
        var size = checked(images * channels * channel);
        copy = Allocate.Tensor(Shape.Create([size + Math.Max(line, reach * step)]), source.DType);
        copy.Elements<T>()[size..].Clear();
        ref var target = ref MemoryMarshal.GetReference(copy.Elements<T>());
        for (var image = 0; image < images; image++)
        {
            PaddedCopy.Make(ref Unsafe.Add(ref first, (nint)image * imageSize), ref Unsafe.Add(ref target, (nint)image * channels * channel), channels, axes with { Across = across }, phases, phaseSize);
        }

        var isSorted = phases > 1;
        origin = ref Unsafe.Add(ref target, ((deep.Origin - deep.First) * slab) + ((down.Origin - down.First) * line) + (isSorted ? 0 : across.Origin - across.First));
        rows = new((channels, deep.Taps, down.Taps, across.Taps), (channel, deep.Spacing * slab, down.Spacing * line, isSorted ? 0 : across.Spacing));
        LineLength = wholeLines && down.StepInCopy == 1 && !isSorted && WiderBy * (line - across.Places) <= across.Places ? line : across.Places;
        columns = new((images, deep.Places, down.Places, LineLength), (channels * channel, deep.StepInCopy * slab, down.StepInCopy * line, step));
    }

    /// <summary>Columns for each line of places; those beyond the line's places have no meaning.</summary>
    public int LineLength { get; }

    /// <summary>The number of columns.</summary>
    public int Count => columns.Count;

    /// <summary>The matrix.</summary>
    /// <param name="tables">Where its tables go.</param>
    public Matrix<T> ToMatrix(ref OffsetTables tables)
    {
        var right = columns.ToAxis(ref tables);
        return new(ref origin, phases == 1 ? rows.ToAxis(ref tables) : new(RowTable(ref tables)), right);
    }

    /// <summary>The places of the rows, from a column's own on.</summary>
    /// <param name="tables">Where they go.</param>
    public ReadOnlySpan<int> RowTable(ref OffsetTables tables)
    {
        var table = tables.Take(rows.Count);
        rows.Fill(table);
        SortTaps(table);
        return table;
    }

    /// <summary>The places of the columns.</summary>
    /// <param name="tables">Where they go.</param>
    public ReadOnlySpan<int> ColumnTable(ref OffsetTables tables)
    {
        var table = tables.Take(columns.Count);
        columns.Fill(table);
        return table;
    }

    /// <summary>Where runs of columns begin, several for each line.</summary>
    public ReadOnlySpan<int> ColumnRuns(ref OffsetTables tables, int runsOfLine, int length) => columns.Runs(ref tables, runsOfLine, length);

    /// <summary>Where runs of rows begin, several for each line of the window; only if elements are not sorted.</summary>
    public ReadOnlySpan<int> RowRuns(ref OffsetTables tables, int runsOfLine, int length) => rows.Runs(ref tables, runsOfLine, length);

    /// <summary>What places are counted from.</summary>
    public ref T Origin => ref origin;

    /// <summary>Gives the memory of the copy back.</summary>
    public void Release() => copy?.Release();

    /// <summary>Where the taps of the innermost dimension meet sorted elements: by remainder, then by element.</summary>
    private void SortTaps(Span<int> table)
    {
        var taps = across.Taps;
        for (var tap = 0; tap < taps && phases > 1; tap++)
        {
            var element = across.Origin - across.First + (tap * across.Spacing);
            var place = (element % phases * phaseSize) + (element / phases);
            for (var i = tap; i < table.Length; i += taps)
            {
                table[i] += place;
            }
        }
    }
}
