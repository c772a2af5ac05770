using Autograd.Evaluation;

namespace Autograd.Tests.Golden;

/// <summary>A tensor as the reference data have it: values in row-major order of the logical elements, perhaps with the strides it had in memory.</summary>
/// <param name="Sizes">The shape.</param>
/// <param name="DType">The element type; the integer types of the data all become Int64.</param>
/// <param name="Values">The elements; truth values as 0 and 1.</param>
/// <param name="Strides">Where it was not contiguous: the distance of neighbours along each dimension, in elements; 0 repeats.</param>
/// <param name="RequiresGrad">Whether its gradient is listed.</param>
internal sealed record GoldenTensor(int[] Sizes, DType DType, double[] Values, int[]? Strides = null, bool RequiresGrad = false)
{
    /// <summary>The tensor, a leaf if its gradient is listed; a true strided view if it was one.</summary>
    public Tensor ToTensor()
    {
        var tensor = Strides is null ? Tensor.From(Values).To(DType).Reshape(Sizes) : View(Strides);
        return RequiresGrad ? tensor.AsLeaf() : tensor;
    }

    /// <summary>Element <paramref name="flat"/> as an index in brackets.</summary>
    public string Place(int flat)
    {
        var index = new int[Sizes.Length];
        for (var i = index.Length - 1; i >= 0; i--)
        {
            (flat, index[i]) = Math.DivRem(flat, Sizes[i]);
        }

        return $"[{string.Join(", ", index)}]";
    }

    private Tensor View(int[] strides)
    {
        var places = new int[Values.Length];
        for (var flat = 0; flat < places.Length; flat++)
        {
            var rest = flat;
            for (var i = Sizes.Length - 1; i >= 0; i--)
            {
                (rest, var coordinate) = Math.DivRem(rest, Sizes[i]);
                places[flat] += coordinate * strides[i];
            }
        }

        var memory = new double[places.Length == 0 ? 0 : places.Max() + 1];
        for (var flat = 0; flat < places.Length; flat++)
        {
            memory[places[flat]] = Values[flat];
        }

        return new Tensor(Tensor.From(memory).To(DType), new Layout(Shape.Create(Sizes), strides, 0));
    }
}
