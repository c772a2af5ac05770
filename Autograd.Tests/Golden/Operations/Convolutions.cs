namespace Autograd.Tests.Golden.Operations;

/// <summary>Of the family conv: the convolutions.</summary>
internal static class Convolutions
{
    public static readonly OperationRows Rows = new()
    {
        ["conv1d"] = a => a.Tensor(0).Conv1d(a.Tensor(1), a.TensorOrNull(2, "bias"), Sizes(a, 3, "stride"), Padding(a), Sizes(a, 5, "dilation"), Groups(a, 6)),
        ["conv2d"] = a => a.Tensor(0).Conv2d(a.Tensor(1), a.TensorOrNull(2, "bias"), Sizes(a, 3, "stride"), Padding(a), Sizes(a, 5, "dilation"), Groups(a, 6)),
        ["conv3d"] = a => a.Tensor(0).Conv3d(a.Tensor(1), a.TensorOrNull(2, "bias"), Sizes(a, 3, "stride"), Padding(a), Sizes(a, 5, "dilation"), Groups(a, 6)),
        ["conv_transpose1d"] = a => a.Tensor(0).ConvTranspose1d(
            a.Tensor(1), a.TensorOrNull(2, "bias"), Sizes(a, 3, "stride"), Sizes(a, 4, "padding"), Sizes(a, 5, "output_padding"), Groups(a, 6), Sizes(a, 7, "dilation")),
        ["conv_transpose2d"] = a => a.Tensor(0).ConvTranspose2d(
            a.Tensor(1), a.TensorOrNull(2, "bias"), Sizes(a, 3, "stride"), Sizes(a, 4, "padding"), Sizes(a, 5, "output_padding"), Groups(a, 6), Sizes(a, 7, "dilation")),
    };

    private static int Groups(Arguments a, int position) => a.Int(position, "groups", 1);

    private static SpatialSizes Sizes(Arguments a, int position, string name) => a.Has(position, name) ? SpatialSizes.Create(a.Ints(position, name)) : default;

    private static ConvolutionPadding Padding(Arguments a) => a.Value(4, "padding") is string name ? name : Sizes(a, 4, "padding");
}
