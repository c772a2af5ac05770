namespace Autograd;

public partial class Tensor
{
    /// <summary>x Wᵀ + b along the last dimension: the affine map of a layer whose rows of W are its units.</summary>
    /// <param name="weight">W, of shape [out, in].</param>
    /// <param name="bias">b, of shape [out]; left out, there is none.</param>
    /// <returns>A tensor of this one's shape with out in place of in.</returns>
    /// <exception cref="ShapeException">The last size is not in, or W is not a matrix, or b is not of shape [out].</exception>
    /// <exception cref="DTypeException">The element types differ.</exception>
    public Tensor Linear(Tensor weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Rank != 2 || Rank == 0 || Shape[-1] != weight.Shape[1])
        {
            var hint = weight.Rank == 2 && Rank > 0 && Shape[-1] == weight.Shape[0] ? " Transpose the weight: weight.T." : string.Empty;
            throw new ShapeException($"Linear: the input has shape {Shape}, the weight {weight.Shape}; they must be […, in] and [out, in].{hint}");
        }

        if (bias is not null && (bias.Rank != 1 || bias.Shape[0] != weight.Shape[0]))
        {
            throw new ShapeException($"Linear: the bias has shape {bias.Shape}; with a weight of shape {weight.Shape} it must have [{weight.Shape[0]}].");
        }

        if (DType != weight.DType || DType == DType.Bool)
        {
            throw new DTypeException($"Linear: the input is {DType}, the weight {weight.DType}; they must have one type with arithmetic. Convert one: x.To(DType.{DTypes.Promote(DTypes.Promote(DType, weight.DType), DType.Int64)}).");
        }

        var y = Rank == 1
            ? new MatMulOp(Unsqueeze(0), weight, transposesA: false, transposesB: true).Apply().Squeeze(0)
            : new MatMulOp(this, weight, transposesA: false, transposesB: true).Apply();
        return bias is null ? y : y + bias;
    }
}
