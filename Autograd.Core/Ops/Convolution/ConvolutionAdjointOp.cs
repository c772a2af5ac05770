namespace Autograd;

/// <summary>x[n, c, i] = Σ w[o, c, k] · y[n, o, q] over all o, k and q with q·stride + k·dilation − padding = i: the adjoint of the convolution as a function of x, and the transposed convolution.</summary>
[GradientTest("2x3x5, 3x2x3", "1x1x5, 1x2x3", "0x3x5, 3x2x3", Arguments = ["5:3:5:1:1:1; 1"])]
[GradientTest("1x4x2x3, 4x2x3x2", Arguments = ["5:3:2:2:0:1, 4:2:3:2:1:2; 2"])]
[GradientTest("1x2x2x2x1, 2x1x1x2x2", Arguments = ["2:1:2:1:0:1, 3:2:2:2:1:1, 2:2:1:1:0:1; 2"])]
internal sealed class ConvolutionAdjointOp : ConvolutionOperation
{
    /// <summary>y is [N, O, …], w is [O, C / groups, …].</summary>
    public ConvolutionAdjointOp(Tensor y, Tensor w, ConvolutionShape windows)
        : base(y, w, windows)
        => Shape = Shape.Create([y.Shape[0], w.Shape[1] * windows.Groups, .. windows.Sizes]);

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[0] = Needs(0) ? new ConvolutionOp(grad, ValueOf(1), Windows).Apply() : null;
        gradients[1] = Needs(1) ? new ConvolutionWeightOp(grad, ValueOf(0), Windows).Apply() : null;
    }

    protected override bool IsOfImages => true;

    protected override Operation On(Tensor a, Tensor b, ConvolutionShape windows) => new ConvolutionAdjointOp(a, b, windows);

    protected override Tensor Compute<T>(Tensor a, Tensor b)
    {
        // Elements between windows, or beyond the last one, have no terms.
        var x = Windows.CoversAll && a.Shape[1] > 0 ? Allocate.Tensor(Shape, DType) : Allocate.Zeros(Shape, DType);
        Correlation.Adjoin<T>(a, b, x, Windows);
        return x;
    }
}
