namespace Autograd.NN;

/// <summary>y = (x − μ)/σ for each feature, with the mean and the standard deviation of training data: as the first layer of a model it is saved with it, and no test example ever counts.</summary>
/// <example><code>var classifier = new Sequential(Standardization.Fit(Tensor.Rand([50, 4])), new Linear(4, 3));</code></example>
public sealed class Standardization : Layer
{
    private readonly TensorBuffer mean;
    private readonly TensorBuffer scale;

    /// <summary>A layer that changes nothing until a state is loaded, or <see cref="Fit"/> has made it.</summary>
    /// <param name="shape">The shape of an example.</param>
    public Standardization(params ReadOnlySpan<int> shape)
        : this(Tensor.Zeros(shape), Tensor.Ones(shape))
    {
    }

    private Standardization(Tensor mean, Tensor scale) => (this.mean, this.scale) = (new(mean), new(scale));

    /// <summary>μ, of an example's shape.</summary>
    public Tensor Mean => mean.Detach();

    /// <summary>σ, of an example's shape; 1 where all examples are equal.</summary>
    public Tensor Scale => scale.Detach();

    /// <summary>Measures training data.</summary>
    /// <param name="x">Examples, [n, …], n ≥ 1; σ divides by n.</param>
    /// <exception cref="ShapeException">There are no examples.</exception>
    public static Standardization Fit(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0 || x.Shape[0] == 0)
        {
            throw new ShapeException($"Standardization.Fit: data of shape {x.Shape} have no examples.");
        }

        using var unrecorded = Grad.Disabled();
        var mean = x.Mean(0);
        var scale = (x - mean).Square().Mean(0).Sqrt();
        return new(mean, Tensor.Where(scale.Eq(0), 1, scale));
    }

    /// <summary>(x − μ)/σ.</summary>
    /// <param name="x">Examples, [..., shape of one].</param>
    protected override Tensor Compute(Tensor x) => (x - mean) / scale;
}
