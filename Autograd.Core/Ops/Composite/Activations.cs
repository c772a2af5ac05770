namespace Autograd;

public partial class Tensor
{
    /// <summary>Leaky ReLU: x where x &gt; 0, else slope·x, elementwise. (Maas et al. 2013.)</summary>
    /// <param name="slope">The slope below 0.</param>
    public Tensor LeakyRelu(double slope = 0.01) => Where(this > 0, this, this * slope);

    /// <summary>ReLU6: min(max(x, 0), 6), elementwise. (Krizhevsky 2010.)</summary>
    public Tensor Relu6() => Hardtanh(0, 6);

    /// <summary>Parametric ReLU: x where x &gt; 0, else slope·x, elementwise, with a learned slope. (He et al. 2015.)</summary>
    /// <param name="slope">One number, or one for each entry of dimension 1 (of a vector: of its only dimension).</param>
    /// <exception cref="ShapeException">There are other than one or as many slopes as channels.</exception>
    public Tensor Prelu(Tensor slope)
    {
        ArgumentNullException.ThrowIfNull(slope);
        if (slope.ElementCount != 1)
        {
            var channel = Rank > 1 ? 1 : 0;
            if (slope.Rank != 1 || Rank == 0 || slope.ElementCount != Shape[channel])
            {
                throw new ShapeException($"Prelu: slopes of shape {slope.Shape} do not fit shape {Shape}; give one, or one for each entry of dimension {channel}.");
            }

            slope = Rank > 1 ? slope.Reshape([slope.ElementCount, .. Enumerable.Repeat(1, Rank - 2)]) : slope;
        }
        else
        {
            slope = slope.Reshape([]);
        }

        // A slope that is not a number must not reach the gradient where it does not count.
        return Where(this <= 0, BelowZero() * slope, this);
    }

    /// <summary>ELU: x where x &gt; 0, else α(eˣ − 1), elementwise. (Clevert et al. 2016.)</summary>
    /// <param name="alpha">α: minus the limit at −∞.</param>
    public Tensor Elu(double alpha = 1) => Where(this <= 0, BelowZero().Expm1() * alpha, this);

    /// <summary>SELU: λ x where x &gt; 0, else λα(eˣ − 1), elementwise, with the λ and α that keep mean 0 and variance 1. (Klambauer et al. 2017.)</summary>
    public Tensor Selu() => Elu(1.6732632423543772848170429916717) * 1.0507009873554804934193349852946;

    /// <summary>CELU: x where x &gt; 0, else α(e^(x/α) − 1), elementwise. (Barron 2017.)</summary>
    /// <param name="alpha">α; not 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is 0 or NaN.</exception>
    public Tensor Celu(double alpha = 1)
        => alpha is < 0 or > 0
            ? Where(this <= 0, (BelowZero() / alpha).Expm1() * alpha, this)
            : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, $"Celu: alpha divides, so that it is not 0 nor NaN, but it is {alpha}. Relu is the limit for 0.");

    /// <summary>GELU: x Φ(x) = ½ x (1 + erf(x/√2)), elementwise. (Hendrycks, Gimpel 2016.)</summary>
    public Tensor Gelu() => this * 0.5 * ((this * double.Sqrt(0.5)).Erf() + 1);

    /// <summary>GELU by its approximation ½ x (1 + tanh(√(2/π)(x + 0.044715 x³))), elementwise. (Hendrycks, Gimpel 2016.)</summary>
    public Tensor GeluTanh() => this * 0.5 * (((this + (Pow(3) * 0.044715)) * double.Sqrt(2 / double.Pi)).Tanh() + 1);

    /// <summary>SiLU, or swish: x σ(x), elementwise. (Elfwing et al. 2017.)</summary>
    public Tensor Silu() => this * Sigmoid();

    /// <summary>Mish: x tanh(ln(1 + eˣ)), elementwise. (Misra 2019.)</summary>
    public Tensor Mish() => this * Softplus().Tanh();

    /// <summary>x / (1 + |x|), elementwise: −1 to 1.</summary>
    public Tensor Softsign() => this / (Abs() + 1);

    /// <summary>ln σ(x) = −ln(1 + e⁻ˣ), elementwise, accurate for very negative x.</summary>
    public Tensor LogSigmoid() => 0 - (-this).Softplus();

    /// <summary>x limited to <paramref name="min"/> … <paramref name="max"/>, elementwise; the derivative is 0 at the limits and outside.</summary>
    /// <param name="min">The least result.</param>
    /// <param name="max">The greatest result.</param>
    /// <exception cref="ArgumentOutOfRangeException">The least result is not below the greatest.</exception>
    public Tensor Hardtanh(double min = -1, double max = 1)
        => min <= max
            ? Where(this <= min, min, Where(this >= max, max, this))
            : throw new ArgumentOutOfRangeException(nameof(min), min, $"Hardtanh: the least result, {min}, is above the greatest, {max}.");

    /// <summary>A sigmoid made of straight lines: (x + 3)/6 limited to 0 … 1, elementwise.</summary>
    public Tensor HardSigmoid() => (this + 3).Relu6() / 6.0;

    /// <summary>Hard swish: x times the hard sigmoid, elementwise. (Howard et al. 2019.)</summary>
    public Tensor HardSwish() => this * (this + 3).Clamp(0, 6) / 6.0;

    /// <summary>x where |x| &gt; λ, else 0, elementwise: small values are taken for noise. (Donoho, Johnstone, "Ideal spatial adaptation by wavelet shrinkage", 1994.)</summary>
    /// <param name="lambda">λ: what counts as small.</param>
    public Tensor Hardshrink(double lambda = 0.5) => Where(Abs() <= lambda, 0, this);

    /// <summary>x − λ where x &gt; λ, x + λ where x &lt; −λ, else 0, elementwise: the proximal step of λ|x|. (Donoho, "De-noising by soft-thresholding", 1995.)</summary>
    /// <param name="lambda">λ: how much nearer to 0 each value comes; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is below 0, or NaN.</exception>
    public Tensor Softshrink(double lambda = 0.5)
        => lambda >= 0
            ? Where(Abs() <= lambda, 0, this - (Sign() * lambda))
            : throw new ArgumentOutOfRangeException(nameof(lambda), lambda, $"Softshrink: values come nearer to 0 by lambda, which is 0 or more, not {lambda}.");

    /// <summary>x − tanh x, elementwise.</summary>
    public Tensor Tanhshrink() => this - Tanh();

    /// <summary>x where x &gt; threshold, else a given value, elementwise; the derivative is 1 or 0.</summary>
    /// <param name="threshold">Values up to this are replaced.</param>
    /// <param name="value">What they are replaced by.</param>
    public Tensor Threshold(Scalar threshold, Scalar value) => Where(this <= threshold, value, this);

    /// <summary>softmax(−x): e⁻ˣ/Σ e⁻ˣ along one dimension.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    public Tensor Softmin(int dim) => (-this).Softmax(dim);

    /// <summary>The threshold neuron: 1 where x &gt; 0, else 0 (also at 0), elementwise. Its derivative is 0. (McCulloch, Pitts 1943.)</summary>
    public Tensor Step() => Where(this > 0, 1, ZerosLike(this));

    /// <summary>The gated linear unit a σ(b), where a and b are the two halves of one dimension. (Dauphin et al. 2017.)</summary>
    /// <param name="dim">The dimension; of even size.</param>
    /// <exception cref="ShapeException">The size is odd.</exception>
    public Tensor Glu(int dim = -1)
    {
        var size = Shape[Dims.Normalize(dim, Rank, nameof(Glu))];
        return size % 2 == 0
            ? Narrow(dim, 0, size / 2) * Narrow(dim, size / 2, size / 2).Sigmoid()
            : throw new ShapeException($"Glu: dimension {dim} of shape {Shape} has an odd size and no halves.");
    }

    // Where passes a zero gradient to the branch not taken, and 0 · ∞ is NaN: an exponential must neither overflow nor be NaN there.
    private Tensor BelowZero() => Where(this <= 0, this, 0);
}
