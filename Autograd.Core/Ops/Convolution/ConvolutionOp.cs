namespace Autograd;

/// <summary>y[n, o, q] = Σ w[o, c, k] · x[n, c, q·stride + k·dilation − padding] over the channels c of o's group and the elements k of the window.</summary>
[GradientTest("2x2x5, 3x2x3", "1x2x5, 1x2x3", "0x2x5, 3x2x3", Arguments = ["5:3:5:1:1:1; 1"])]
[GradientTest("1x4x5x4, 4x2x3x2", Arguments = ["5:3:2:2:0:1, 4:2:3:2:1:2; 2"])]
[GradientTest("1x2x2x3x2, 2x1x1x2x2", Arguments = ["2:1:2:1:0:1, 3:2:2:2:1:1, 2:2:1:1:0:1; 2"])]
internal sealed class ConvolutionOp : ConvolutionOperation
{
    /// <summary>x is [N, C, …], w is [O, C / groups, …].</summary>
    public ConvolutionOp(Tensor x, Tensor w, ConvolutionShape windows)
        : base(x, w, windows)
        => Shape = Shape.Create([x.Shape[0], w.Shape[0], .. windows.Places]);

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[0] = Needs(0) ? new ConvolutionAdjointOp(grad, ValueOf(1), Windows).Apply() : null;
        gradients[1] = Needs(1) ? new ConvolutionWeightOp(ValueOf(0), grad, Windows).Apply() : null;
    }

    protected override bool IsOfImages => true;

    protected override Operation On(Tensor a, Tensor b, ConvolutionShape windows) => new ConvolutionOp(a, b, windows);

    protected override Tensor Compute<T>(Tensor a, Tensor b)
    {
        // Without channels every sum is empty.
        var y = a.Shape[1] == 0 ? Allocate.Zeros(Shape, DType) : Allocate.Tensor(Shape, DType);
        Correlation.Convolve<T>(a, b, y, Windows);
        return y;
    }
}
