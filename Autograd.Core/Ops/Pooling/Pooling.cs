namespace Autograd;

/// <summary>What all kinds of pooling share: windows over the last dimensions of a tensor.</summary>
internal static class Pooling
{
    /// <summary>Sliding windows along each of the last <paramref name="rank"/> dimensions.</summary>
    public static PoolWindows[] Sliding(Tensor x, int rank, SpatialSizes kernelSize, SpatialSizes stride, SpatialSizes padding, SpatialSizes dilation, bool ceilMode, string operation)
    {
        RequireSpatial(x, rank, operation);
        var kernels = kernelSize.For(rank, 1, operation, nameof(kernelSize));
        var strides = stride.IsDefault ? kernels : stride.For(rank, 1, operation, nameof(stride));
        var paddings = (padding.IsDefault ? 0 : padding).For(rank, 0, operation, nameof(padding));
        var dilations = (dilation.IsDefault ? 1 : dilation).For(rank, 1, operation, nameof(dilation));
        var windows = new PoolWindows[rank];
        for (var i = 0; i < rank; i++)
        {
            windows[i] = PoolWindows.Sliding(x.Shape[i - rank], kernels[i], strides[i], paddings[i], dilations[i], ceilMode, operation);
        }

        return windows;
    }

    /// <summary>Windows that cover each of the last <paramref name="rank"/> dimensions; −1 windows are as many as there are elements.</summary>
    public static PoolWindows[] Adaptive(Tensor x, int rank, SpatialSizes outputSize, string operation)
    {
        RequireSpatial(x, rank, operation);
        int[] counts = [.. outputSize.For(rank, -1, operation, nameof(outputSize))];
        for (var i = 0; i < rank; i++)
        {
            counts[i] = counts[i] < 0 ? x.Shape[i - rank] : counts[i];
        }

        // A result that is too large is an error before there are windows.
        _ = Shape.Create([.. x.Shape.AsSpan()[..^rank], .. counts]);
        var windows = new PoolWindows[rank];
        for (var i = 0; i < rank; i++)
        {
            windows[i] = PoolWindows.Adaptive(x.Shape[i - rank], counts[i]);
        }

        return windows;
    }

    /// <summary>The greatest element of each window, and its place within the spatial dimensions, counted in row-major order.</summary>
    public static (Tensor Values, Tensor Indices) Max(Tensor x, PoolWindows[] windows, string operation)
    {
        if (x.DType == DType.Bool)
        {
            throw new DTypeException($"{operation}: the elements are Bool, which have no order. Convert first: x.To(DType.Float32).");
        }

        var rank = windows.Length;
        int[] outer = [.. x.Shape.AsSpan()[..^rank]];
        int[] sizes = [.. outer, .. windows.Select(window => window.Count)];
        var volumes = Shape.Create(outer).ElementCount;
        var volume = Shape.Create(x.Shape.AsSpan()[^rank..]).ElementCount;
        int[] ones = [.. Enumerable.Repeat(1, 3 - rank)];
        PoolWindows[] three = [.. ones.Select(_ => PoolWindows.Adaptive(1, 1)), .. windows];
        var indices = new MaxPoolIndicesOp(x.Reshape([volumes, .. ones, .. x.Shape.AsSpan()[^rank..]]), three).Apply();
        var flat = indices.Reshape(volumes, indices.ElementCount / Math.Max(1, volumes));
        return (x.Reshape(volumes, volume).Gather(1, flat).Reshape(sizes), indices.Reshape(sizes));
    }

    /// <summary>The sums over the windows, one dimension after the other.</summary>
    public static Tensor Sum(Tensor x, PoolWindows[] windows, string operation)
    {
        if (!x.DType.IsFloatingPoint)
        {
            throw new DTypeException($"{operation}: the elements are {x.DType}, not floating-point numbers. Convert first: x.To(DType.{DType.Default}).");
        }

        // One window over everything: a plain sum, whose gradient is a view.
        if (Array.TrueForAll(windows, window => window is { Count: 1, Step: 1 }) && windows.Index().All(window => window.Item.Ends[0] - window.Item.Starts[0] == x.Shape[window.Index - windows.Length]))
        {
            return x.Sum([.. Enumerable.Range(-windows.Length, windows.Length)], keepDim: true);
        }

        for (var i = 1; i <= windows.Length; i++)
        {
            x = new WindowSumOp(x, x.Rank - i, x.Shape[-i], windows[^i].Starts, windows[^i].Ends, spread: false).Apply();
        }

        return x;
    }

    /// <summary>The means over the windows; the number of elements of a window is the product of those along each dimension.</summary>
    public static Tensor Average(Tensor x, PoolWindows[] windows, bool countIncludePad, int? divisor, string operation)
    {
        var y = Sum(x, windows, operation);
        if (divisor is { } number)
        {
            return number != 0 ? y / number : throw new ArgumentOutOfRangeException(nameof(divisor), $"{operation}: the divisor is 0.");
        }

        for (var i = 0; i < windows.Length; i++)
        {
            var counts = windows[i].Counts(countIncludePad);
            y = Array.TrueForAll(counts, count => count == counts[0])
                ? y / (counts.Length == 0 ? 1 : counts[0])
                : y / Tensor.From(counts, [counts.Length, .. Enumerable.Repeat(1, windows.Length - 1 - i)]).To(y.DType);
        }

        return y;
    }

    private static void RequireSpatial(Tensor x, int rank, string operation)
    {
        if (x.Rank != rank + 1 && x.Rank != rank + 2)
        {
            throw new ShapeException($"{operation}: shape {x.Shape} has {x.Rank} dimensions; it must be [channels, spatial sizes] or [batch, channels, spatial sizes], with {rank} spatial {(rank == 1 ? "size" : "sizes")}. Use Unsqueeze to add a dimension of size 1.");
        }

        if (x.Shape.AsSpan()[^rank..].Contains(0) || x.Shape[-rank - 1] == 0)
        {
            throw new ShapeException($"{operation}: shape {x.Shape} has no elements in its channels or spatial dimensions; only the batch may be empty.");
        }
    }
}
