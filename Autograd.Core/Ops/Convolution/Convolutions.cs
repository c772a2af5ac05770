namespace Autograd;

/// <summary>What all convolutions share: reading their arguments.</summary>
internal static class Convolutions
{
    private const int Infinite = int.MaxValue / 2;

    /// <summary>The convolution of [channels, …] or [N, channels, …] along <paramref name="rank"/> dimensions.</summary>
    public static Tensor Convolve(
        Tensor x, Tensor weight, Tensor? bias, SpatialSizes stride, ConvolutionPadding padding, SpatialSizes dilation, int groups, int rank, string operation)
    {
        Check(x, weight, bias, groups, rank, operation);
        var (outputs, inputs) = (weight.Shape[0], x.Shape[-rank - 1]);
        if (inputs != weight.Shape[1] * groups || outputs % groups != 0)
        {
            throw new ShapeException(
                $"{operation}: an input of shape {x.Shape} has {inputs} channels and a weight of shape {weight.Shape} takes {weight.Shape[1]} in each of {groups} {(groups == 1 ? "group" : "groups")} and makes {outputs}. " +
                "The weight must be [out, in / groups, kernel sizes], with a number of outputs that the groups divide.");
        }

        RequireBias(bias, outputs, weight, operation);
        var strides = Numbers(stride, 1, rank, operation, nameof(stride));
        var dilations = Numbers(dilation, 1, rank, operation, nameof(dilation));
        var paddings = padding.IsSame ? null : padding.For(rank, operation);
        if (paddings is null && Array.Exists(strides, number => number != 1))
        {
            throw new ArgumentException($"{operation}: padding \"same\" with stride {stride}; a result as large as the input needs stride 1. Give the padding in numbers.", nameof(padding));
        }

        var axes = new ConvolutionAxis[rank];
        for (var i = 0; i < rank; i++)
        {
            var (size, kernel) = (x.Shape[i - rank], weight.Shape[i - rank]);
            var reach = Reach(kernel, dilations[i]);
            var padded = paddings is null ? size + reach - 1 : size + (2L * paddings[i]);
            if (size == 0 || reach > padded || padded > Infinite)
            {
                throw new ShapeException(
                    $"{operation}: a window of {kernel} elements with dilation {dilations[i]} covers {reach}, which does not fit into dimension {i - rank} of the input {x.Shape} with padding {padding}: {padded} in all.");
            }

            axes[i] = new(size, kernel, (int)((padded - reach) / strides[i]) + 1, strides[i], paddings?[i] ?? (int)((reach - 1) / 2), dilations[i]);
        }

        var y = new ConvolutionOp(Batched(x, rank), weight, new(axes, groups)).Apply();
        return Finished(y, bias, x.Rank == rank + 1, rank);
    }

    /// <summary>The adjoint of a convolution, which takes what that makes to what it takes.</summary>
    public static Tensor ConvolveTransposed(
        Tensor x, Tensor weight, Tensor? bias, SpatialSizes stride, SpatialSizes padding, SpatialSizes outputPadding, int groups, SpatialSizes dilation, int rank, string operation)
    {
        Check(x, weight, bias, groups, rank, operation);
        var inputs = x.Shape[-rank - 1];
        if (inputs != weight.Shape[0] || inputs % groups != 0)
        {
            throw new ShapeException(
                $"{operation}: an input of shape {x.Shape} has {inputs} channels and a weight of shape {weight.Shape} takes {weight.Shape[0]}, in {groups} {(groups == 1 ? "group" : "groups")}. " +
                "The weight must be [in, out / groups, kernel sizes], with a number of inputs that the groups divide.");
        }

        RequireBias(bias, weight.Shape[1] * groups, weight, operation);
        var strides = Numbers(stride, 1, rank, operation, nameof(stride));
        var dilations = Numbers(dilation, 1, rank, operation, nameof(dilation));
        var paddings = Numbers(padding, 0, rank, operation, nameof(padding));
        var further = Numbers(outputPadding, 0, rank, operation, nameof(outputPadding));
        var axes = new ConvolutionAxis[rank];
        for (var i = 0; i < rank; i++)
        {
            if (further[i] >= Math.Max(strides[i], dilations[i]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(outputPadding), further[i], $"{operation}: an outputPadding of {further[i]} must be less than the stride {strides[i]} or the dilation {dilations[i]}: so many elements more have no window.");
            }

            var (places, kernel) = (x.Shape[i - rank], weight.Shape[i - rank]);
            var size = ((places - 1L) * strides[i]) - (2L * paddings[i]) + Reach(kernel, dilations[i]) + further[i];
            if (places == 0 || size < 1 || size + paddings[i] > Infinite)
            {
                throw new ShapeException($"{operation}: dimension {i - rank} of the input {x.Shape} would become {size} with a window of {kernel} elements, stride {strides[i]}, dilation {dilations[i]}, padding {paddings[i]} and outputPadding {further[i]}.");
            }

            axes[i] = new((int)size, kernel, places, strides[i], paddings[i], dilations[i]);
        }

        var y = new ConvolutionAdjointOp(Batched(x, rank), weight, new(axes, groups)).Apply();
        return Finished(y, bias, x.Rank == rank + 1, rank);
    }

    private static int[] Numbers(SpatialSizes numbers, int least, int rank, string operation, string what) => (numbers.IsDefault ? least : numbers).For(rank, least, operation, what);

    private static long Reach(int kernel, int dilation) => ((kernel - 1L) * dilation) + 1;

    private static Tensor Batched(Tensor x, int rank) => x.Rank == rank + 1 ? x.Unsqueeze(0) : x;

    private static Tensor Finished(Tensor y, Tensor? bias, bool isSingle, int rank)
    {
        y = bias is null ? y : y + bias.Reshape([bias.ElementCount, .. Enumerable.Repeat(1, rank)]);
        return isSingle ? y.Squeeze(0) : y;
    }

    private static void Check(Tensor x, Tensor weight, Tensor? bias, int groups, int rank, string operation)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (groups < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(groups), groups, $"{operation}: groups must be at least 1, not {groups}.");
        }

        if (x.Rank != rank + 1 && x.Rank != rank + 2)
        {
            throw new ShapeException(
                $"{operation}: the input has shape {x.Shape}; it must be [channels, spatial sizes] or [batch, channels, spatial sizes], with {rank} spatial {(rank == 1 ? "size" : "sizes")}. Use Unsqueeze to add a dimension of size 1.");
        }

        if (weight.Rank != rank + 2 || weight.ElementCount == 0)
        {
            throw new ShapeException($"{operation}: the weight has shape {weight.Shape}; it must have {rank + 2} dimensions, two of channels and {rank} of the window, none of them empty.");
        }

        if (x.DType != weight.DType || x.DType == DType.Bool || (bias is not null && bias.DType != x.DType))
        {
            throw new DTypeException(
                $"{operation}: the input is {x.DType}, the weight {weight.DType}{(bias is null ? string.Empty : $", the bias {bias.DType}")}; they must have one type with arithmetic. Convert: x.To(DType.{DTypes.Promote(DTypes.Promote(x.DType, weight.DType), DType.Int64)}).");
        }
    }

    private static void RequireBias(Tensor? bias, int outputs, Tensor weight, string operation)
    {
        if (bias is not null && (bias.Rank != 1 || bias.Shape[0] != outputs))
        {
            throw new ShapeException($"{operation}: the bias has shape {bias.Shape}; with a weight of shape {weight.Shape} it must have [{outputs}].");
        }
    }
}
