namespace Autograd.Tests.Golden.Operations;

/// <summary>The pooling operations of the family pooling_resampling.</summary>
internal static class PoolingAndResampling
{
    public static readonly OperationRows Rows = new()
    {
        ["max_pool1d"] = a => WithIndices(a, a.Tensor(0).MaxPool1dWithIndices(Sizes(a, 1, "kernel_size"), Sizes(a, 2, "stride"), Sizes(a, 3, "padding"), Sizes(a, 4, "dilation"), a.Flag(5, "ceil_mode")), 6),
        ["max_pool2d"] = a => WithIndices(a, a.Tensor(0).MaxPool2dWithIndices(Sizes(a, 1, "kernel_size"), Sizes(a, 2, "stride"), Sizes(a, 3, "padding"), Sizes(a, 4, "dilation"), a.Flag(5, "ceil_mode")), 6),
        ["avg_pool1d"] = a => a.Tensor(0).AvgPool1d(Sizes(a, 1, "kernel_size"), Sizes(a, 2, "stride"), Sizes(a, 3, "padding"), a.Flag(4, "ceil_mode"), a.Flag(5, "count_include_pad", true)),
        ["avg_pool2d"] = a => a.Tensor(0).AvgPool2d(Sizes(a, 1, "kernel_size"), Sizes(a, 2, "stride"), Sizes(a, 3, "padding"), a.Flag(4, "ceil_mode"), a.Flag(5, "count_include_pad", true), a.IntOrNull(6, "divisor_override")),
        ["adaptive_avg_pool2d"] = a => a.Tensor(0).AdaptiveAvgPool2d(Sizes(a, 1, "output_size")),
        ["adaptive_max_pool2d"] = a => WithIndices(a, a.Tensor(0).AdaptiveMaxPool2dWithIndices(Sizes(a, 1, "output_size")), 2),
    };

    private static Results WithIndices(Arguments a, (Tensor Values, Tensor Indices) pair, int position)
        => a.Flag(position, "return_indices") ? pair : pair.Values;

    // null, in a list of sizes, keeps the size that there is: −1 here.
    private static SpatialSizes Sizes(Arguments a, int position, string name) => a.Value(position, name) switch
    {
        null => default,
        object?[] list => SpatialSizes.Create(Array.ConvertAll(list, item => (int)((long?)item ?? -1))),
        _ => a.Int(position, name),
    };
}
