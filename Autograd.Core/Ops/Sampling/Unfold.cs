namespace Autograd;

public partial class Tensor
{
    /// <summary>All patches of an image that a sliding window sees, as columns: [N, C, H, W] gives [N, C·kh·kw, L], of L places of the window in row-major order; [C, H, W] likewise without N. (im2col.)</summary>
    /// <param name="kernelSize">The window's height and width, or one number for both.</param>
    /// <param name="dilation">The distance between the elements that the window sees; 1 if left out.</param>
    /// <param name="padding">Zeros around the image on each side; 0 if left out.</param>
    /// <param name="stride">By how much the window moves; 1 if left out.</param>
    /// <exception cref="ShapeException">The rank is neither 3 nor 4, or the window does not fit into the padded image.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, dilation or stride is below 1, or a padding below 0.</exception>
    public Tensor Unfold(ReadOnlySpan<int> kernelSize, ReadOnlySpan<int> dilation = default, ReadOnlySpan<int> padding = default, ReadOnlySpan<int> stride = default)
    {
        if (Rank is not (3 or 4))
        {
            throw new ShapeException($"Unfold: shape {Shape} is no image [C, H, W] and no batch of images [N, C, H, W].");
        }

        var window = SlidingWindow.Over(Shape[-2], Shape[-1], kernelSize, dilation, padding, stride, nameof(Unfold));
        int[] sizes = [.. Shape.AsSpan()[..^3], Shape[-3] * window.Elements, window.Places];
        return Pad(window.Padding).Flatten(-2).IndexSelect(-1, window.Index()).Reshape(sizes);
    }

    /// <summary>The adjoint of <see cref="Unfold"/>: patches [N, C·kh·kw, L] added up at their places in an image [N, C, H, W]; without N likewise. (col2im.)</summary>
    /// <param name="outputSize">The image's height and width, or one number for both.</param>
    /// <param name="kernelSize">The window's height and width, or one number for both.</param>
    /// <param name="dilation">The distance between the elements that the window sees; 1 if left out.</param>
    /// <param name="padding">Zeros around the image on each side; 0 if left out. What falls on them is lost.</param>
    /// <param name="stride">By how much the window moves; 1 if left out.</param>
    /// <exception cref="ShapeException">The shape is not that of such patches.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size, dilation or stride is below 1, or a padding below 0.</exception>
    public Tensor Fold(
        ReadOnlySpan<int> outputSize, ReadOnlySpan<int> kernelSize, ReadOnlySpan<int> dilation = default, ReadOnlySpan<int> padding = default, ReadOnlySpan<int> stride = default)
    {
        var (height, width) = SlidingWindow.Pair(outputSize, 1, 1, nameof(Fold), nameof(outputSize));
        var window = SlidingWindow.Over(height, width, kernelSize, dilation, padding, stride, nameof(Fold));
        if (Rank is not (2 or 3) || Shape[-2] % window.Elements != 0 || Shape[-1] != window.Places)
        {
            throw new ShapeException(
                $"Fold: shape {Shape} is not that of patches of an image of {height} by {width}: [N, C·{window.Elements}, {window.Places}] for {window.Elements} elements a patch and channel, and {window.Places} places of the window.");
        }

        int[] front = [.. Shape.AsSpan()[..^2], Shape[-2] / window.Elements];
        int[] crop = Array.ConvertAll(window.Padding, size => -size);
        return Zeros([.. front, Shape.Create([window.PaddedHeight, window.PaddedWidth]).ElementCount], DType)
            .IndexAdd(-1, window.Index(), Reshape([.. front, window.Elements * window.Places]))
            .Reshape([.. front, window.PaddedHeight, window.PaddedWidth])
            .Pad(crop);
    }
}
