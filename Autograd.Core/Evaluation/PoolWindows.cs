namespace Autograd.Evaluation;

/// <summary>The windows of pooling along one dimension: window o has the elements Starts[o], Starts[o] + Step, … below Ends[o]. None is empty.</summary>
/// <param name="Starts">The first element of each window.</param>
/// <param name="Ends">The place behind the last.</param>
/// <param name="Spans">How many places each covers, with those of the padding.</param>
/// <param name="Step">The distance of neighbours.</param>
internal sealed record PoolWindows(int[] Starts, int[] Ends, int[] Spans, int Step)
{
    /// <summary>How many there are.</summary>
    public int Count => Starts.Length;

    /// <summary>Windows of <paramref name="kernel"/> elements, <paramref name="dilation"/> apart, that move by <paramref name="stride"/> over a padded dimension.</summary>
    /// <param name="size">Elements of the dimension.</param>
    /// <param name="kernel">Elements of a window.</param>
    /// <param name="stride">The distance of neighbouring windows.</param>
    /// <param name="padding">Places in front and behind.</param>
    /// <param name="dilation">The distance of neighbours in a window.</param>
    /// <param name="ceilMode">Whether the last window may reach beyond the padding (it begins within the dimension or the padding in front of it).</param>
    /// <param name="operation">For messages.</param>
    public static PoolWindows Sliding(int size, int kernel, int stride, int padding, int dilation, bool ceilMode, string operation)
    {
        var reach = ((long)dilation * (kernel - 1)) + 1;
        if (padding > reach / 2)
        {
            throw new ArgumentOutOfRangeException(nameof(padding), padding, $"{operation}: a padding of {padding} is more than half of a window, which covers {reach}: a window could lie outside.");
        }

        var room = size + (2L * padding) - reach;
        var count = room < 0 && !(ceilMode && room + stride > 0) ? 0 : ((room + (ceilMode ? stride - 1 : 0)) / stride) + 1;
        count -= ceilMode && (count - 1) * stride >= size + (long)padding ? 1 : 0;
        if (count <= 0)
        {
            throw new ShapeException($"{operation}: a window covers {reach}, more than a dimension of {size} elements with a padding of {padding} on both sides.");
        }

        var windows = new PoolWindows(new int[count], new int[count], new int[count], dilation);
        for (var o = 0; o < count; o++)
        {
            var start = ((long)o * stride) - padding;
            var end = Math.Min(start + reach, size + (long)padding);
            windows.Spans[o] = (int)(end - start);
            start += start < 0 ? (-start + dilation - 1) / dilation * dilation : 0;
            (windows.Starts[o], windows.Ends[o]) = ((int)start, (int)Math.Min(end, size));
            if (windows.Starts[o] >= windows.Ends[o])
            {
                throw new ShapeException($"{operation}: window {o} of a dimension of {size} elements has none of them, only padding.");
            }
        }

        return windows;
    }

    /// <summary>As many windows as asked for, which cover the dimension: window o of n has the elements from ⌊o·size/n⌋ to ⌈(o + 1)·size/n⌉.</summary>
    public static PoolWindows Adaptive(int size, int count)
    {
        var windows = new PoolWindows(new int[count], new int[count], new int[count], 1);
        for (var o = 0; o < count; o++)
        {
            (windows.Starts[o], windows.Ends[o]) = ((int)((long)o * size / count), (int)((((o + 1L) * size) + count - 1) / count));
            windows.Spans[o] = windows.Ends[o] - windows.Starts[o];
        }

        return windows;
    }

    /// <summary>The number of elements of each window, padding counted or not.</summary>
    public double[] Counts(bool withPadding)
    {
        var counts = new double[Count];
        for (var o = 0; o < counts.Length; o++)
        {
            counts[o] = withPadding ? Spans[o] : Ends[o] - Starts[o];
        }

        return counts;
    }
}
