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

    /// <summary>Images of all examples, one after the other; or, where the filters differ from example to example too, their channels side by side, in groups of their own.</summary>
    public sealed override Tensor Batch(BatchInputs x)
    {
        if (IsOfImages && !x.IsBatched(1))
        {
            var images = x[0];
            return On(images.Flatten(0, 1), x[1], Windows).Apply().Reshape(x.Of(Shape));
        }

        var groups = Windows with { Groups = Windows.Groups * x.Count };
        return IsOfImages
            ? SplitChannels(On(JoinChannels(x.Full(0)), x.Full(1).Flatten(0, 1), groups).Apply(), x.Count)
            : On(JoinChannels(x.Full(0)), JoinChannels(x.Full(1)), groups).Apply().Unflatten(0, x.Count, -1);
    }

    /// <summary>Whether the operation goes from images and filters to images, and not from two images to filters.</summary>
    protected abstract bool IsOfImages { get; }

    /// <summary>The operation on other inputs.</summary>
    protected abstract Operation On(Tensor a, Tensor b, ConvolutionShape windows);

    /// <summary>[batch, N, C, …] → [N, batch · C, …].</summary>
    private static Tensor JoinChannels(Tensor images) => images.Transpose(0, 1).Flatten(1, 2);

    /// <summary>[N, batch · C, …] → [batch, N, C, …].</summary>
    private static Tensor SplitChannels(Tensor images, int count) => images.Unflatten(1, count, images.Shape[1] / count).Transpose(0, 1);

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        var (left, right) = (ValueOf(0).RowMajor(), ValueOf(1).RowMajor());
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
