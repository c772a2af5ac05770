namespace Autograd;

/// <summary>
/// One of three operations that are the derivatives of one trilinear form, ⟨x, w, y⟩ = Σ y[n, o, q] · w[o, c, k] · x[n, c, q·stride + k·dilation − padding], with respect to one of its arguments:
/// <see cref="ConvolutionOp"/> takes x and w to y's place, <see cref="ConvolutionAdjointOp"/> takes y and w to x's, <see cref="ConvolutionWeightOp"/> takes x and y to w's.
/// So the gradients of each are the other two, and those of any order follow.
/// </summary>
internal abstract class ConvolutionOperation : Operation
{
    private Operand a;
    private Operand b;

    /// <summary>An operation on two of the three.</summary>
    protected ConvolutionOperation(Tensor a, Tensor b, ConvolutionShape windows)
        : base(a.DType)
    {
        (this.a, this.b) = (new Operand(a), new Operand(b));
        Windows = windows;
    }

    /// <inheritdoc/>
    public sealed override int InputCount => 2;

    /// <inheritdoc/>
    public sealed override Reads Reads => OtherFactor;

    /// <summary>What is connected with what.</summary>
    protected ConvolutionShape Windows { get; }

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
    protected sealed override Tensor Compute()
    {
        var (left, right) = (ValueOf(0).RowMajor(), ValueOf(1).RowMajor());

        // Pending inputs are computed once, not once a thread.
        _ = (left.Evaluate(), right.Evaluate());
        var result = DType switch
        {
            DType.Float32 => Compute<float>(left, right),
            DType.Float64 => Compute<double>(left, right),
            _ => Compute<long>(left, right),
        };
        GC.KeepAlive(left);
        GC.KeepAlive(right);
        return result;
    }

    /// <summary>The result for row-major values.</summary>
    protected abstract Tensor Compute<T>(Tensor a, Tensor b)
        where T : unmanaged, INumber<T>;
}
