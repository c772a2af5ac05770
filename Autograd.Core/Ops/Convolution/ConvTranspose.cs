namespace Autograd;

public partial class Tensor
{
    /// <summary>The transposed convolution of a signal, [N, C, L] or [C, L]: each element x[n, c, q] adds x·W[c, o, k] at the places q·stride + k·dilation − padding of channel o, and b[o] is added everywhere.
    /// It is the adjoint of <see cref="Conv1d"/> with the same numbers, and so the gradient of that with respect to its input.</summary>
    /// <param name="weight">W, of shape [C, O / groups, K].</param>
    /// <param name="bias">b, of shape [O]; left out, there is none.</param>
    /// <param name="stride">How far apart neighbouring elements of the input are placed; 1 if left out.</param>
    /// <param name="padding">Elements that are cut off in front and behind; 0 if left out.</param>
    /// <param name="outputPadding">Elements that the result has more behind: of the sizes that a convolution with this stride takes to the input's size, it chooses one. 0 if left out.</param>
    /// <param name="groups">Groups of channels that do not mix.</param>
    /// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
    /// <returns>A tensor with O channels and (size − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding elements along each spatial dimension.</returns>
    /// <exception cref="ShapeException">Ranks or channels do not fit, or nothing would be left of the result; the batch alone may be empty.</exception>
    /// <exception cref="ArgumentException">A number is out of range, there are too many of them.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    public Tensor ConvTranspose1d(
        Tensor weight, Tensor? bias = null, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes outputPadding = default, int groups = 1, SpatialSizes dilation = default)
        => Convolutions.ConvolveTransposed(this, weight, bias, stride, padding, outputPadding, groups, dilation, 1, nameof(ConvTranspose1d));

    /// <summary>The transposed convolution of an image, [N, C, H, W] or [C, H, W]: each element x[n, c, q] adds x·W[c, o, k] at the places q·stride + k·dilation − padding of channel o, and b[o] is added everywhere.
    /// It is the adjoint of <see cref="Conv2d"/> with the same numbers, and so the gradient of that with respect to its input.</summary>
    /// <param name="weight">W, of shape [C, O / groups, Kh, Kw].</param>
    /// <param name="bias">b, of shape [O]; left out, there is none.</param>
    /// <param name="stride">How far apart neighbouring elements of the input are placed; 1 if left out.</param>
    /// <param name="padding">Elements that are cut off in front and behind; 0 if left out.</param>
    /// <param name="outputPadding">Elements that the result has more behind: of the sizes that a convolution with this stride takes to the input's size, it chooses one. 0 if left out.</param>
    /// <param name="groups">Groups of channels that do not mix.</param>
    /// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
    /// <returns>A tensor with O channels and (size − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding elements along each spatial dimension.</returns>
    /// <exception cref="ShapeException">Ranks or channels do not fit, or nothing would be left of the result; the batch alone may be empty.</exception>
    /// <exception cref="ArgumentException">A number is out of range, there are too many of them.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    public Tensor ConvTranspose2d(
        Tensor weight, Tensor? bias = null, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes outputPadding = default, int groups = 1, SpatialSizes dilation = default)
        => Convolutions.ConvolveTransposed(this, weight, bias, stride, padding, outputPadding, groups, dilation, 2, nameof(ConvTranspose2d));

    /// <summary>The transposed convolution of a volume, [N, C, D, H, W] or [C, D, H, W]: each element x[n, c, q] adds x·W[c, o, k] at the places q·stride + k·dilation − padding of channel o, and b[o] is added everywhere.
    /// It is the adjoint of <see cref="Conv3d"/> with the same numbers, and so the gradient of that with respect to its input.</summary>
    /// <param name="weight">W, of shape [C, O / groups, Kd, Kh, Kw].</param>
    /// <param name="bias">b, of shape [O]; left out, there is none.</param>
    /// <param name="stride">How far apart neighbouring elements of the input are placed; 1 if left out.</param>
    /// <param name="padding">Elements that are cut off in front and behind; 0 if left out.</param>
    /// <param name="outputPadding">Elements that the result has more behind: of the sizes that a convolution with this stride takes to the input's size, it chooses one. 0 if left out.</param>
    /// <param name="groups">Groups of channels that do not mix.</param>
    /// <param name="dilation">The distances of neighbours in the window; 1 if left out.</param>
    /// <returns>A tensor with O channels and (size − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 + outputPadding elements along each spatial dimension.</returns>
    /// <exception cref="ShapeException">Ranks or channels do not fit, or nothing would be left of the result; the batch alone may be empty.</exception>
    /// <exception cref="ArgumentException">A number is out of range, there are too many of them.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    public Tensor ConvTranspose3d(
        Tensor weight, Tensor? bias = null, SpatialSizes stride = default, SpatialSizes padding = default, SpatialSizes outputPadding = default, int groups = 1, SpatialSizes dilation = default)
        => Convolutions.ConvolveTransposed(this, weight, bias, stride, padding, outputPadding, groups, dilation, 3, nameof(ConvTranspose3d));
}
