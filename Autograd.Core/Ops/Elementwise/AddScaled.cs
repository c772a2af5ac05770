namespace Autograd;

/// <summary>y = a + αb, elementwise, rounded once. dy/da = 1, dy/db = α.</summary>
[GradientTest("3x2, 3x2", "3x2, 2", "3x1, 1x2", "(), 2", "0x3, 3", Arguments = [-1.5])]
internal sealed class AddScaledOp : Elementwise
{
    private static readonly LaneMethod ScaledSum = LaneMethod.OfThree(Kernels.ScaledSum.Apply, Kernels.ScaledSum.Apply, Kernels.ScaledSum.Apply);

    private readonly Scalar alpha;
    private Operand a;
    private Operand b;
    private Operand factor;

    public AddScaledOp(Tensor a, Tensor b, Scalar alpha)
        : base(Promotion.Number(a, b))
    {
        this.a = new Operand(a, DType);
        this.b = new Operand(b, DType);
        this.alpha = alpha;
        factor = new Operand(Constants.Of(alpha, DType));
        Shape = Shape.TryBroadcast(a.Shape, b.Shape) ?? throw Shape.NotBroadcastable(a.Shape, b.Shape, Name);
    }

    public override int InputCount => 3;

    public override bool TakesNumbers => true;

    public override ref Operand Input(int index)
    {
        switch (index)
        {
            case 0:
                return ref a;
            case 1:
                return ref b;
            default:
                return ref factor;
        }
    }

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[0] = Needs(0) ? grad : null;
        gradients[1] = Needs(1) ? grad * alpha : null;
    }

    internal override LaneMethod? Lanes => ScaledSum;

    internal override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        switch (DType)
        {
            case DType.Float32:
                Run<float>(a, b, c, y);
                break;
            case DType.Float64:
                Run<double>(a, b, c, y);
                break;
            default:
                Run<long>(a, b, c, y);
                break;
        }
    }

    private static void Run<T>(Tile a, Tile b, Tile c, Tile y)
        where T : unmanaged, INumber<T>
    {
        // A result of one element has a run of one factor.
        var factor = c.IsNumber ? c.Number<T>() : c.As<T>()[0];
        if (a.IsNumber && b.IsNumber)
        {
            y.As<T>().Fill(Kernels.ScaledSum.Apply(a.Number<T>(), b.Number<T>(), factor));
        }
        else if (b.IsNumber)
        {
            Kernels.ScaledSum.Map<Kernels.Run<T>, Kernels.Number<T>, T>(new(a.As<T>()), new(b.Number<T>()), factor, y.As<T>());
        }
        else if (a.IsNumber)
        {
            Kernels.ScaledSum.Map<Kernels.Number<T>, Kernels.Run<T>, T>(new(a.Number<T>()), new(b.As<T>()), factor, y.As<T>());
        }
        else
        {
            Kernels.ScaledSum.Map<Kernels.Run<T>, Kernels.Run<T>, T>(new(a.As<T>()), new(b.As<T>()), factor, y.As<T>());
        }
    }
}

public partial class Tensor
{
    /// <summary>a + αb, elementwise with broadcasting, in one operation: floating-point results are rounded once.</summary>
    /// <param name="other">b.</param>
    /// <param name="alpha">α; a whole number for integers.</param>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">α is a fraction, and both tensors hold integers or truth values.</exception>
    public Tensor Add(Tensor other, Scalar alpha)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (alpha.Category == DType.Float64 && !DType.IsFloatingPoint && !other.DType.IsFloatingPoint)
        {
            throw new DTypeException($"Add: alpha is {alpha}, but the tensors are {DType} and {other.DType}, whose sum has no fractions. Give a whole number, or convert a tensor: a.To(DType.Float32).");
        }

        return new AddScaledOp(this, other, alpha).Apply();
    }
}
