namespace Autograd.Evaluation;

/// <summary>y = f(a, b), elementwise with broadcasting. What both kinds of binary operation share: their inputs and their gradient rules.</summary>
internal abstract class Binary : Elementwise
{
    private Operand a;
    private Operand b;

    /// <summary>Converts both inputs to <paramref name="common"/> and broadcasts them.</summary>
    protected Binary(Tensor a, Tensor b, DType common, DType result)
        : base(result)
    {
        this.a = new Operand(a, common);
        this.b = new Operand(b, common);
        Shape = Shape.TryBroadcast(a.Shape, b.Shape) ?? throw Shape.NotBroadcastable(a.Shape, b.Shape, Name);
    }

    /// <inheritdoc/>
    public sealed override int InputCount => 2;

    /// <summary>The first input.</summary>
    protected Tensor A => ValueOf(0);

    /// <summary>The second input.</summary>
    protected Tensor B => ValueOf(1);

    /// <inheritdoc/>
    public sealed override ref Operand Input(int index)
    {
        if (index == 0)
        {
            return ref a;
        }

        return ref b;
    }

    /// <inheritdoc/>
    public sealed override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[0] = Needs(0) ? VjpA(grad) : null;
        gradients[1] = Needs(1) ? VjpB(grad) : null;
    }

    /// <summary>The gradient with respect to A, of the result's shape.</summary>
    protected abstract Tensor VjpA(Tensor grad);

    /// <summary>The gradient with respect to B, of the result's shape.</summary>
    protected abstract Tensor VjpB(Tensor grad);
}

/// <summary>A function of two floating-point numbers. Integers and booleans are converted to a floating-point type first.</summary>
internal abstract class BinaryElementwise(Tensor a, Tensor b)
    : Binary(a, b, Promotion.FloatingPoint(a, b), Promotion.FloatingPoint(a, b))
{
    internal sealed override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        if (DType == DType.Float32)
        {
            Kernel<float>(a.As<float>(), b.As<float>(), y.As<float>());
        }
        else
        {
            Kernel<double>(a.As<double>(), b.As<double>(), y.As<double>());
        }
    }

    /// <summary>y[i] = f(a[i], b[i]); the spans are of one length.</summary>
    protected abstract void Kernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>A function of two numbers of any type. Both are converted to <paramref name="common"/>; left out, booleans to integers and else the narrower to the wider.</summary>
internal abstract class BinaryArithmetic(Tensor a, Tensor b, DType common) : Binary(a, b, common, common)
{
    protected BinaryArithmetic(Tensor a, Tensor b)
        : this(a, b, Promotion.Number(a, b))
    {
    }

    internal sealed override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        switch (DType)
        {
            case DType.Float32:
                Run<float>(a, b, y);
                break;
            case DType.Float64:
                Run<double>(a, b, y);
                break;
            default:
                Run<long>(a, b, y);
                break;
        }
    }

    /// <summary>y[i] = f(a[i], b[i]) for tiles of one type of elements.</summary>
    private protected abstract void Run<T>(Tile a, Tile b, Tile y)
        where T : unmanaged, INumber<T>;
}

/// <summary>A function of two numbers of any type that is given for vectors.</summary>
internal abstract class BinaryArithmetic<TFunction>(Tensor a, Tensor b, DType common) : BinaryArithmetic(a, b, common)
    where TFunction : struct, Kernels.IPairFunction
{
    protected BinaryArithmetic(Tensor a, Tensor b)
        : this(a, b, Promotion.Number(a, b))
    {
    }

    public sealed override bool TakesNumbers => true;

    internal sealed override LaneMethod? Lanes => LaneMethod.OfPair<TFunction>.Instance;

    private protected sealed override void Run<T>(Tile a, Tile b, Tile y)
    {
        if (a.IsNumber && b.IsNumber)
        {
            y.As<T>().Fill(TFunction.Apply(a.Number<T>(), b.Number<T>()));
        }
        else if (b.IsNumber)
        {
            Kernels.Pairwise.Map<TFunction, T>(a.As<T>(), b.Number<T>(), y.As<T>());
        }
        else if (a.IsNumber)
        {
            Kernels.Pairwise.Map<TFunction, T>(a.Number<T>(), b.As<T>(), y.As<T>());
        }
        else
        {
            Kernels.Pairwise.Map<TFunction, T>(a.As<T>(), b.As<T>(), y.As<T>());
        }
    }
}
