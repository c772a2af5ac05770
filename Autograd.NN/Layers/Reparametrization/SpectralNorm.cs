namespace Autograd.NN;

/// <summary>A layer whose weight is W/σ(W), σ being the greatest singular value of W as a matrix [out, rest]: the layer changes no distance by more than its bias.
/// σ = uᵀWv, where u and v come from power iteration, one step at each call in training. (Miyato et al., "Spectral normalization for generative adversarial networks", 2018.)</summary>
/// <typeparam name="TLayer">The type of the layer.</typeparam>
public sealed class SpectralNorm<TLayer> : Layer
    where TLayer : Layer
{
    private readonly double eps;
    private readonly int iterations;
    private readonly Parameter weight;

    /// <summary>A layer with a normalized weight.</summary>
    /// <param name="layer">A layer with a parameter <c>weight</c> of at least two dimensions.</param>
    /// <param name="nPowerIterations">Steps of the power iteration at each call in training; above 0.</param>
    /// <param name="eps">The least length that a vector is divided by.</param>
    /// <param name="generator">Where u starts; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ModuleException">The layer has no such parameter.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no iterations.</exception>
    public SpectralNorm(TLayer layer, int nPowerIterations = 1, double eps = 1e-12, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nPowerIterations);
        Inner = layer;
        weight = WeightOf.Layer(layer, "SpectralNorm");
        (iterations, this.eps) = (nPowerIterations, eps);
        using (Grad.Disabled())
        {
            U = new TensorBuffer(Unit(Tensor.Randn([weight.Shape[0]], weight.DType, generator: generator)));
            V = new TensorBuffer(Unit(Matrix().T.MatMul(U)));
            Iterate(15);
        }
    }

    /// <summary>The layer.</summary>
    [ParameterName("")]
    public TLayer Inner { get; }

    /// <summary>u: the left singular vector, [out].</summary>
    [ParameterName("weight_u")]
    public TensorBuffer U { get; }

    /// <summary>v: the right singular vector, [rest].</summary>
    [ParameterName("weight_v")]
    public TensorBuffer V { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => FormattableString.Invariant($"nPowerIterations: {iterations}");

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        if (IsTraining)
        {
            using (Grad.Disabled())
            {
                Iterate(iterations);
            }
        }

        var sigma = U.Dot(Matrix().MatMul(V));
        using (Variable.Substitute([new(weight, weight / sigma)]))
        {
            return Inner.Forward(x);
        }
    }

    private void Iterate(int count)
    {
        for (var i = 0; i < count; i++)
        {
            U.Assign(Unit(Matrix().MatMul(V)).Evaluate());
            V.Assign(Unit(Matrix().T.MatMul(U)).Evaluate());
        }
    }

    private Tensor Matrix() => weight.Flatten(1);

    private Tensor Unit(Tensor x) => x / x.Square().Sum().Sqrt().Clamp(min: eps);
}
