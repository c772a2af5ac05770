using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Autograd.Evaluation;

/// <summary>The place of the greatest element of each window of a volume: the first of equal ones; the last NaN, where there are any.</summary>
/// <remarks>A row of windows is searched at a time: their elements of one place in the window are brought side by side, and compared with the greatest so far by vectors.
/// Windows that are few and wide are searched one by one, each row of them by vectors.</remarks>
internal sealed class GreatestPlaces<T>(PoolWindows[] windows, int height, int width)
    where T : unmanaged, INumber<T>
{
    /// <summary>Windows that are searched together, at most.</summary>
    private const int Together = 128;

    /// <summary>Elements of a row of a window from which on it is worth its own vectors.</summary>
    private const int WideWindow = 8;

    /// <summary>Elements of a window up to which it is searched together with others.</summary>
    private const int MostSteps = 128;

    private readonly PoolWindows planes = windows[0];
    private readonly PoolWindows rows = windows[1];
    private readonly PoolWindows columns = windows[2];

    /// <summary>Place j·count + c: the column of element j of window c, or of its last one again if it has fewer: that changes neither the greatest nor its place.</summary>
    private readonly int[] table = TableOf(windows[2]);

    /// <summary>The places in row-major order of the windows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(ReadOnlySpan<T> values, Span<long> places)
    {
        var most = Most(columns);
        var isWide = columns.Step == 1 && most >= WideWindow && columns.Count < Vector512<T>.Count;
        isWide |= (long)most * Most(rows) * Most(planes) > MostSteps;
        for (var p = 0; p < planes.Count; p++)
        {
            for (var r = 0; r < rows.Count; r++)
            {
                var to = places.Slice(((p * rows.Count) + r) * columns.Count, columns.Count);
                for (var c = 0; c < columns.Count; c += isWide ? 1 : Together)
                {
                    if (isWide)
                    {
                        to[c] = FindOne(values, p, r, c);
                    }
                    else
                    {
                        FindRow(values, p, r, c, most, to.Slice(c, Math.Min(Together, columns.Count - c)));
                    }
                }
            }
        }
    }

    private static int Most(PoolWindows windows)
    {
        var most = 0;
        for (var o = 0; o < windows.Count; o++)
        {
            most = Math.Max(most, (windows.Ends[o] - windows.Starts[o] - 1) / windows.Step);
        }

        return most + 1;
    }

    private static int[] TableOf(PoolWindows windows)
    {
        var most = Most(windows);
        var table = new int[most * windows.Count];
        for (var j = 0; j < most; j++)
        {
            for (var c = 0; c < windows.Count; c++)
            {
                table[(j * windows.Count) + c] = windows.Starts[c] + (Math.Min(j, (windows.Ends[c] - windows.Starts[c] - 1) / windows.Step) * windows.Step);
            }
        }

        return table;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindRow(ReadOnlySpan<T> values, int p, int r, int first, int most, Span<long> places)
    {
        Span<T> next = stackalloc T[Together];
        Span<T> greatest = stackalloc T[Together];
        Span<T> steps = stackalloc T[Together];
        Span<int> lines = stackalloc int[MostSteps];
        Span<int> entries = stackalloc int[MostSteps];
        steps[..places.Length].Clear();
        var step = 0;
        for (var plane = planes.Starts[p]; plane < planes.Ends[p]; plane += planes.Step)
        {
            for (var row = rows.Starts[r]; row < rows.Ends[r]; row += rows.Step)
            {
                var line = ((plane * height) + row) * width;
                for (var j = 0; j < most; j++, step++)
                {
                    (lines[step], entries[step]) = (line, (j * columns.Count) + first);
                    Bring(values[line..], ref table[entries[step]], step == 0 ? greatest[..places.Length] : next[..places.Length]);
                    if (step > 0)
                    {
                        Compare(next, T.CreateTruncating(step), greatest, steps, places.Length);
                    }
                }
            }
        }

        for (var c = 0; c < places.Length; c++)
        {
            step = int.CreateTruncating(steps[c]);
            places[c] = lines[step] + table[entries[step] + c];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bring(ReadOnlySpan<T> line, ref int columns, Span<T> next)
    {
        ref var origin = ref MemoryMarshal.GetReference(line);
        for (var c = 0; c < next.Length; c++)
        {
            next[c] = Unsafe.Add(ref origin, Unsafe.Add(ref columns, c));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compare(Span<T> next, T step, Span<T> greatest, Span<T> steps, int count)
    {
        var number = Vector512.Create(step);
        for (var c = 0; c < count; c += Vector512<T>.Count)
        {
            var (value, former) = (Vector512.Create<T>(next[c..]), Vector512.Create<T>(greatest[c..]));
            var wins = Vector512.GreaterThan(value, former) | ~Vector512.Equals(value, value);
            Vector512.ConditionalSelect(wins, value, former).CopyTo(greatest[c..]);
            Vector512.ConditionalSelect(wins, number, Vector512.Create<T>(steps[c..])).CopyTo(steps[c..]);
        }
    }

    /// <summary>One window: the row of the greatest element first, if there is no NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long FindOne(ReadOnlySpan<T> values, int p, int r, int c)
    {
        var (start, length) = (columns.Starts[c], columns.Ends[c] - columns.Starts[c]);
        var at = (((planes.Starts[p] * height) + rows.Starts[r]) * width) + start;
        var (greatest, line) = (values[at], at);
        for (var plane = planes.Starts[p]; plane < planes.Ends[p]; plane += planes.Step)
        {
            for (var row = rows.Starts[r]; row < rows.Ends[r]; row += rows.Step)
            {
                at = (((plane * height) + row) * width) + start;
                var most = columns.Step == 1 ? TensorPrimitives.Max(values.Slice(at, length)) : GreatestOf(values.Slice(at, length));
                if (most > greatest || T.IsNaN(most))
                {
                    (greatest, line) = (most, at);
                }
            }
        }

        var found = values.Slice(line, length);
        for (var j = T.IsNaN(greatest) ? length - 1 : 0; ; j += T.IsNaN(greatest) ? -1 : 1)
        {
            if (j % columns.Step == 0 && (found[j] == greatest || (T.IsNaN(greatest) && T.IsNaN(found[j]))))
            {
                return line + j;
            }
        }
    }

    private T GreatestOf(ReadOnlySpan<T> line)
    {
        var greatest = line[0];
        for (var j = columns.Step; j < line.Length; j += columns.Step)
        {
            greatest = line[j] > greatest || T.IsNaN(line[j]) ? line[j] : greatest;
        }

        return greatest;
    }
}
