namespace Autograd.NN;

/// <summary>y = x Wᵀ + b: every output is a weighted sum of all inputs. W is <see cref="Weight"/> [outFeatures, inFeatures], b is <see cref="Bias"/> [outFeatures].</summary>
/// <remarks>The input has shape [inFeatures], [batch, inFeatures] or […, inFeatures], the output the same with outFeatures last.
/// Weights and biases start evenly distributed in ±1/√inFeatures (LeCun et al., "Efficient BackProp", 1998, in the form that PyTorch uses); <see cref="Initialize"/> has other starts.</remarks>
public sealed class Linear : Layer
{
    /// <summary>A layer with random weights.</summary>
    /// <param name="inFeatures">The size of the input's last dimension; above 0.</param>
    /// <param name="outFeatures">The size of the output's last dimension; above 0.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
    /// <exception cref="DTypeException">The element type is not a floating-point type.</exception>
    public Linear(int inFeatures, int outFeatures, bool bias = true, Generator? generator = null, DType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inFeatures);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outFeatures);
        var bound = 1 / Math.Sqrt(inFeatures);
        Weight = Initialize.Uniform(new Parameter(Tensor.Zeros([outFeatures, inFeatures], dtype)), -bound, bound, generator);
        Bias = bias ? Initialize.Uniform(new Parameter(Tensor.Zeros([outFeatures], dtype)), -bound, bound, generator) : null;
    }

    /// <summary>W, of shape [outFeatures, inFeatures].</summary>
    public Parameter Weight { get; }

    /// <summary>b, of shape [outFeatures]; null if there is none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => $"inFeatures: {Weight.Shape[1]}, outFeatures: {Weight.Shape[0]}, bias: {(Bias is null ? "false" : "true")}";

    /// <inheritdoc/>
    protected override long MultiplyAdds(Shape input, Shape output) => (long)output.ElementCount * Weight.Shape[1];

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        Check(x);
        return x.Linear(Weight, Bias);
    }

    private void Check(Tensor x)
    {
        var inFeatures = Weight.Shape[1];
        if (x.Rank == 0 || x.Shape[-1] != inFeatures)
        {
            throw new ShapeException(
                $"{this}: the last dimension of the input must be {inFeatures}, but its shape is {x.Shape}. " +
                (x.ElementCount == inFeatures || (x.Rank > 1 && x.ElementCount == inFeatures * x.Shape[0])
                    ? "Flatten() it first, or reshape it: x.Reshape(-1, " + inFeatures + ")."
                    : x.Rank > 1 && x.Shape[-2] == inFeatures ? "Transpose it (x.T): features come last, examples first."
                    : $"Make the layer for it (inFeatures: {(x.Rank == 0 ? 1 : x.Shape[-1])}), or reshape the input so that the features come last."));
        }

        if (x.DType != Weight.DType)
        {
            throw new DTypeException(
                $"{this}: the input is {x.DType}, the weights are {Weight.DType}. Convert the input, x.To(DType.{Weight.DType})" + (x.DType.IsFloatingPoint ? $", or the model, model.To(DType.{x.DType})." : "."));
        }
    }
}
