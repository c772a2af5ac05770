namespace Autograd;

public partial class Tensor
{
    /// <summary>The greatest of all elements, as <see cref="Amax()"/>; NaN if there is one. The gradient is shared evenly by the elements that are equal to it.</summary>
    /// <exception cref="ShapeException">The tensor is empty.</exception>
    public Tensor Max() => Amax();

    /// <summary>The greatest element along one dimension and its place, the first of equal ones (the first NaN, if there is one), to which the gradient goes; <see cref="Amax(int, bool)"/> shares it evenly.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    /// <example><code>var (values, indices) = x.Max(1);</code></example>
    public (Tensor Values, Tensor Indices) Max(int dim, bool keepDim = false) => Picked(ArgMax(dim, keepDim: true), dim, keepDim);

    /// <summary>The least of all elements, as <see cref="Amin()"/>; NaN if there is one. The gradient is shared evenly by the elements that are equal to it.</summary>
    /// <exception cref="ShapeException">The tensor is empty.</exception>
    public Tensor Min() => Amin();

    /// <summary>The least element along one dimension and its place, the first of equal ones (the first NaN, if there is one), to which the gradient goes; <see cref="Amin(int, bool)"/> shares it evenly.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    public (Tensor Values, Tensor Indices) Min(int dim, bool keepDim = false) => Picked(ArgMin(dim, keepDim: true), dim, keepDim);
}
