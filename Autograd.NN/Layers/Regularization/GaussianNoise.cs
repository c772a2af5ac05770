namespace Autograd.NN;

/// <summary>In training, x + σn with n normally distributed; in evaluation, x. Noise on inputs is a regularizer. (Bishop, "Training with noise is equivalent to Tikhonov regularization", 1995.)</summary>
/// <param name="standardDeviation">σ; 0 or more.</param>
/// <param name="generator">Where the noise comes from; left out, <see cref="Generator.Default"/> at the time of each call.</param>
/// <exception cref="ArgumentOutOfRangeException">σ is negative.</exception>
public sealed class GaussianNoise(double standardDeviation = 0.1, Generator? generator = null) : Layer
{
    private readonly double deviation = standardDeviation >= 0
        ? standardDeviation
        : throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "GaussianNoise: the standard deviation is 0 or more.");

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"standardDeviation: {deviation}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => IsTraining && deviation > 0 ? x + (Tensor.Randn(x.Shape, x.DType, generator: generator) * deviation) : x;
}

/// <summary>A layer that computes, in training, with noise on its weights: w + σn for each parameter w of rank 2 or more, drawn anew at each call. The parameters themselves stay as they are.
/// (Graves, "Practical variational inference for neural networks", 2011.)</summary>
public sealed class WeightNoise : Layer
{
    private readonly double deviation;
    private readonly Generator? generator;
    [ParameterName("")]
    private readonly Layer layer;

    /// <summary>A layer with noise.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="standardDeviation">σ; 0 or more.</param>
    /// <param name="generator">Where the noise comes from; left out, <see cref="Generator.Default"/> at the time of each call.</param>
    /// <exception cref="ArgumentOutOfRangeException">σ is negative.</exception>
    public WeightNoise(Layer layer, double standardDeviation = 0.1, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        (this.layer, this.generator) = (layer, generator);
        deviation = standardDeviation >= 0
            ? standardDeviation
            : throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "WeightNoise: the standard deviation is 0 or more.");
    }

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"standardDeviation: {deviation}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (!IsTraining || deviation == 0)
        {
            return layer.Forward(x);
        }

        var noisy = new List<KeyValuePair<Variable, Tensor>>();
        foreach (var parameter in layer.Parameters())
        {
            if (parameter.Rank >= 2)
            {
                noisy.Add(new(parameter, parameter + (Tensor.Randn(parameter.Shape, parameter.DType, generator: generator) * deviation)));
            }
        }

        using (Variable.Substitute(noisy))
        {
            return layer.Forward(x);
        }
    }
}
