namespace Autograd;

/// <summary>w[o, c, k] = Σ y[n, o, q] · x[n, c, q·stride + k·dilation − padding] over all n and q: the adjoint of the convolution as a function of w.</summary>
[GradientTest("2x2x5, 2x3x5", "1x2x5, 1x1x5", "0x2x5, 0x3x5", Arguments = ["5:3:5:1:1:1; 1"])]
[GradientTest("1x4x5x4, 1x4x2x3", Arguments = ["5:3:2:2:0:1, 4:2:3:2:1:2; 2"])]
[GradientTest("1x2x2x3x2, 1x2x2x2x1", Arguments = ["2:1:2:1:0:1, 3:2:2:2:1:1, 2:2:1:1:0:1; 2"])]
internal sealed class ConvolutionWeightOp : ConvolutionOperation
{
    /// <summary>x is [N, C, …], y is [N, O, …].</summary>
    public ConvolutionWeightOp(Tensor x, Tensor y, ConvolutionShape windows)
        : base(x, y, windows)
        => Shape = Shape.Create([y.Shape[1], x.Shape[1] / windows.Groups, .. windows.Kernel]);

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[0] = Needs(0) ? new ConvolutionAdjointOp(ValueOf(1), grad, Windows).Apply() : null;
        gradients[1] = Needs(1) ? new ConvolutionOp(ValueOf(0), grad, Windows).Apply() : null;
    }

    protected override bool IsOfImages => false;

    protected override Operation On(Tensor a, Tensor b, ConvolutionShape windows) => new ConvolutionWeightOp(a, b, windows);

    protected override Tensor Compute<T>(Tensor a, Tensor b)
    {
        var w = Allocate.Tensor(Shape, DType);
        WeightCorrelation.Compute<T>(a, b, w, Windows);
        return w;
    }
}
