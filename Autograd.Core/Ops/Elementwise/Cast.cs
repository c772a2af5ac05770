namespace Autograd;

/// <summary>The same numbers in another element type. dy/dx = 1, in the type of x.</summary>
[GradientTest("3x2", "()", "0x3", Arguments = [DType.Float64])]
internal sealed class CastOp(Tensor x, DType to) : Unary(x, x.DType, to)
{
    private readonly DType from = x.DType;

    internal override void Invoke(Tile a, Tile b, Tile c, Tile y)
    {
        switch (from)
        {
            case DType.Float32:
                Convert(a.As<float>(), y);
                break;
            case DType.Float64:
                Convert(a.As<double>(), y);
                break;
            case DType.Int64:
                Convert(a.As<long>(), y);
                break;
            default:
                Convert(a.As<byte>(), y);
                break;
        }
    }

    protected override Tensor Vjp(Tensor grad) => grad.To(from);

    private void Convert<T>(ReadOnlySpan<T> x, Tile y)
        where T : unmanaged, INumber<T>
    {
        switch (DType)
        {
            case DType.Float32:
                TensorPrimitives.ConvertTruncating(x, y.As<float>());
                break;
            case DType.Float64:
                TensorPrimitives.ConvertTruncating(x, y.As<double>());
                break;
            case DType.Int64:
                TensorPrimitives.ConvertTruncating(x, y.As<long>());
                break;
            default:
                var truth = y.As<bool>();
                for (var i = 0; i < x.Length; i++)
                {
                    truth[i] = x[i] != T.Zero;
                }

                break;
        }
    }
}

public partial class Tensor
{
    /// <summary>The same numbers as elements of type <paramref name="dtype"/>: towards zero from floating point to integers; to Bool, whatever is not 0 is true.
    /// Differentiable between floating-point types: dy/dx = 1.</summary>
    /// <param name="dtype">The wanted type; nothing is copied if the elements have it already.</param>
    public Tensor To(DType dtype) => dtype == DType ? Captured : new CastOp(this, dtype).Apply();
}
