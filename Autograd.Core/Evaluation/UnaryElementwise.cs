namespace Autograd.Evaluation;

/// <summary>y = f(x), elementwise, for one input. What both kinds of unary operation share: their input and their gradient rule.</summary>
internal abstract class Unary : Elementwise
{
    private Operand x;

    /// <summary>Converts the input to <paramref name="common"/>, which is the type of the result unless another is given.</summary>
    protected Unary(Tensor x, DType common, DType? result = null)
        : base(result ?? common)
    {
        this.x = new Operand(x, common);
        Shape = x.Shape;
    }

    /// <inheritdoc/>
    public sealed override int InputCount => 1;

    /// <summary>The input.</summary>
    protected Tensor X => ValueOf(0);

    /// <inheritdoc/>
    public sealed override ref Operand Input(int index) => ref x;

    /// <inheritdoc/>
    public sealed override void Vjp(Tensor grad, Span<Tensor?> gradients) => gradients[0] = Vjp(grad);

    /// <summary>The gradient of the final quantity with respect to X, given <paramref name="grad"/>, the one with respect to Y.</summary>
    protected abstract Tensor Vjp(Tensor grad);
}

/// <summary>A function of floating-point numbers. Integers and booleans are converted to the default floating-point type first.</summary>
internal abstract class UnaryElementwise(Tensor x) : Unary(x, Promotion.FloatingPoint(x))
{
    internal sealed override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        if (DType == DType.Float32)
        {
            Kernel<float>(a.As<float>(), y.As<float>());
        }
        else
        {
            Kernel<double>(a.As<double>(), y.As<double>());
        }
    }

    /// <summary>y[i] = f(x[i]); the spans are of one length.</summary>
    protected abstract void Kernel<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>A function of floating-point numbers that is given for vectors.</summary>
internal abstract class UnaryElementwise<TFunction>(Tensor x) : UnaryElementwise(x)
    where TFunction : struct, Kernels.ILaneFunction
{
    internal sealed override LaneMethod? Lanes => LaneMethod.Of<TFunction>.Instance;

    /// <inheritdoc/>
    protected sealed override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.VectorMath.Map<TFunction, T>(x, y);
}

/// <summary>A function of numbers that integers have, too, and that is given for vectors. Booleans are converted to integers first.</summary>
internal abstract class UnaryArithmetic<TFunction>(Tensor x) : Unary(x, Promotion.Number(x))
    where TFunction : struct, Kernels.ILaneFunction
{
    internal sealed override LaneMethod? Lanes => LaneMethod.Of<TFunction>.Instance;

    internal sealed override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        switch (DType)
        {
            case DType.Float32:
                Kernels.VectorMath.Map<TFunction, float>(a.As<float>(), y.As<float>());
                break;
            case DType.Float64:
                Kernels.VectorMath.Map<TFunction, double>(a.As<double>(), y.As<double>());
                break;
            default:
                Kernels.VectorMath.Map<TFunction, long>(a.As<long>(), y.As<long>());
                break;
        }
    }
}
