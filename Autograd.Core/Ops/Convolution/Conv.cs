namespace Autograd;

public partial class Tensor
{
    /// <summary>The convolution of a signal, [N, C, L] or [C, L], with a window: y[n, o, q] = b[o] + Σ W[o, c, k] · x[n, c, q·stride + k·dilation − padding] over the channels c of o's group and the elements k of the window
    /// (a cross-correlation, as everywhere in the field; LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998).</summary>
    /// <param name="weight">W, of shape [O, C / groups, K].</param>
    /// <param name="bias">b, of shape [O]; left out, there is none.</param>
    /// <param name="stride">The distances of neighbouring places of the window; 1 if left out.</param>
    /// <param name="padding">Zeros in front and behind, as numbers or "same"; 0 if left out.</param>
    /// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
    /// <param name="groups">Groups of channels that do not mix: outputs of a group see its C / groups inputs. As many as channels is a depthwise convolution.</param>
    /// <returns>A tensor with O channels and ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1 places along each spatial dimension.</returns>
    /// <exception cref="ShapeException">Ranks or channels do not fit, or the window does not fit into the padded input; the batch alone may be empty.</exception>
    /// <exception cref="ArgumentException">A number is out of range, there are too many of them, or padding is "same" with another stride than 1.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    public Tensor Conv1d(Tensor weight, Tensor? bias = null, SpatialSizes stride = default, ConvolutionPadding padding = default, SpatialSizes dilation = default, int groups = 1)
        => Convolutions.Convolve(this, weight, bias, stride, padding, dilation, groups, 1, nameof(Conv1d));

    /// <summary>The convolution of an image, [N, C, H, W] or [C, H, W], with a window: y[n, o, q] = b[o] + Σ W[o, c, k] · x[n, c, q·stride + k·dilation − padding] over the channels c of o's group and the elements k of the window
    /// (a cross-correlation, as everywhere in the field; LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998).</summary>
    /// <param name="weight">W, of shape [O, C / groups, Kh, Kw].</param>
    /// <param name="bias">b, of shape [O]; left out, there is none.</param>
    /// <param name="stride">The distances of neighbouring places of the window; 1 if left out.</param>
    /// <param name="padding">Zeros in front and behind, as numbers or "same"; 0 if left out.</param>
    /// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
    /// <param name="groups">Groups of channels that do not mix: outputs of a group see its C / groups inputs. As many as channels is a depthwise convolution.</param>
    /// <returns>A tensor with O channels and ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1 places along each spatial dimension.</returns>
    /// <exception cref="ShapeException">Ranks or channels do not fit, or the window does not fit into the padded input; the batch alone may be empty.</exception>
    /// <exception cref="ArgumentException">A number is out of range, there are too many of them, or padding is "same" with another stride than 1.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    public Tensor Conv2d(Tensor weight, Tensor? bias = null, SpatialSizes stride = default, ConvolutionPadding padding = default, SpatialSizes dilation = default, int groups = 1)
        => Convolutions.Convolve(this, weight, bias, stride, padding, dilation, groups, 2, nameof(Conv2d));

    /// <summary>The convolution of a volume, [N, C, D, H, W] or [C, D, H, W], with a window: y[n, o, q] = b[o] + Σ W[o, c, k] · x[n, c, q·stride + k·dilation − padding] over the channels c of o's group and the elements k of the window
    /// (a cross-correlation, as everywhere in the field; LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998).</summary>
    /// <param name="weight">W, of shape [O, C / groups, Kd, Kh, Kw].</param>
    /// <param name="bias">b, of shape [O]; left out, there is none.</param>
    /// <param name="stride">The distances of neighbouring places of the window; 1 if left out.</param>
    /// <param name="padding">Zeros in front and behind, as numbers or "same"; 0 if left out.</param>
    /// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
    /// <param name="groups">Groups of channels that do not mix: outputs of a group see its C / groups inputs. As many as channels is a depthwise convolution.</param>
    /// <returns>A tensor with O channels and ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1 places along each spatial dimension.</returns>
    /// <exception cref="ShapeException">Ranks or channels do not fit, or the window does not fit into the padded input; the batch alone may be empty.</exception>
    /// <exception cref="ArgumentException">A number is out of range, there are too many of them, or padding is "same" with another stride than 1.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    public Tensor Conv3d(Tensor weight, Tensor? bias = null, SpatialSizes stride = default, ConvolutionPadding padding = default, SpatialSizes dilation = default, int groups = 1)
        => Convolutions.Convolve(this, weight, bias, stride, padding, dilation, groups, 3, nameof(Conv3d));
}
