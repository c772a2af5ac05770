namespace Autograd.NN;

/// <summary>Parametric ReLU: x where x &gt; 0, else a·x, elementwise, with a learned slope a. (He et al., "Delving deep into rectifiers", 2015.)</summary>
public sealed class Prelu : Layer
{
    /// <summary>A layer whose slopes start at one value.</summary>
    /// <param name="parameterCount">1 for one slope, or the size of dimension 1 (of a vector: of its only dimension) for one slope a channel.</param>
    /// <param name="initial">The first value of the slopes.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no slopes.</exception>
    public Prelu(int parameterCount = 1, double initial = 0.25, DType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parameterCount);
        Weight = new Parameter(Tensor.Full([parameterCount], initial, dtype));
    }

    /// <summary>The slopes a: a vector of one, or of one for each channel.</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => $"parameterCount: {Weight.ElementCount}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Prelu(Weight);
}
