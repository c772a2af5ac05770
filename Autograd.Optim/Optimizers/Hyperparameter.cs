namespace Autograd.Optim;

/// <summary>A number in an optimizer's formula: a plain one, or a tensor of one element through which gradients flow (<see cref="Unrolled"/>).</summary>
public readonly record struct Hyperparameter
{
    private readonly double number;
    private readonly Tensor? tensor;

    private Hyperparameter(double number, Tensor? tensor) => (this.number, this.tensor) = (number, tensor);

    /// <summary>Whether it is the plain number 0, so that a term can be left out.</summary>
    public bool IsZero => tensor is null && number == 0;

    /// <summary>A plain number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Hyperparameter(double value) => new(value, null);

    /// <summary>A number to be learned.</summary>
    /// <param name="value">A tensor of one element.</param>
    public static implicit operator Hyperparameter(Tensor value) => new(0, value);

    /// <summary>−a.</summary>
    /// <param name="a">A number.</param>
    public static Hyperparameter operator -(Hyperparameter a) => a.tensor is { } t ? -t : -a.number;

    /// <summary>a − b.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">A number.</param>
    public static Hyperparameter operator -(double a, Hyperparameter b) => b.tensor is { } t ? a - t : a - b.number;

    /// <summary>a + b.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">A number.</param>
    public static Hyperparameter operator +(double a, Hyperparameter b) => b.tensor is { } t ? a + t : a + b.number;

    /// <summary>a · b.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">A number.</param>
    public static Hyperparameter operator *(Hyperparameter a, Hyperparameter b) => (a.tensor, b.tensor) switch
    {
        (null, null) => a.number * b.number,
        ({ } t, null) => t * b.number,
        (null, { } t) => t * a.number,
        ({ } s, { } t) => s * t,
    };

    /// <summary>a · x.</summary>
    /// <param name="x">A tensor.</param>
    /// <param name="a">A number.</param>
    public static Tensor operator *(Tensor x, Hyperparameter a)
    {
        ArgumentNullException.ThrowIfNull(x);
        return a.tensor is { } t ? x * t : x * a.number;
    }

    /// <summary>a / b.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">A plain number.</param>
    public static Hyperparameter operator /(Hyperparameter a, double b) => a.tensor is { } t ? t / b : a.number / b;

    /// <summary>aᵇ.</summary>
    /// <param name="exponent">b.</param>
    public Hyperparameter Pow(double exponent) => tensor is { } t ? t.Pow(exponent) : Math.Pow(number, exponent);

    /// <summary>The lesser of this and a plain number.</summary>
    /// <param name="bound">The number.</param>
    public Hyperparameter Min(double bound) => tensor is { } t ? t.Clamp(max: bound) : Math.Min(number, bound);

    /// <summary>A tensor of the shape of another, filled with this number.</summary>
    internal Tensor FillLike(Tensor other) => tensor is { } t ? Tensor.ZerosLike(other) + t : Tensor.FullLike(other, number);

    /// <summary>x + a · y.</summary>
    internal Tensor AddProduct(Tensor x, Tensor y) => tensor is { } t ? x + (y * t) : x.Add(y, number);
}

/// <summary>Sums with a <see cref="Hyperparameter"/> as a factor.</summary>
public static class HyperparameterExtensions
{
    /// <summary>x + alpha · other.</summary>
    /// <param name="x">A tensor.</param>
    /// <param name="other">A tensor.</param>
    /// <param name="alpha">The factor of the other.</param>
    public static Tensor Add(this Tensor x, Tensor other, Hyperparameter alpha) => alpha.AddProduct(x, other);
}
