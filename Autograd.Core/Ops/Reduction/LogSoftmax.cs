using Autograd.Kernels;

namespace Autograd;

/// <summary>y = x − ln Σeˣ along the last dimension. dx = grad − eʸ Σ grad.</summary>
[GradientTest("3x2", "4", "0x3", "2x0", "2x3x2")]
internal sealed class LogSoftmaxOp(Tensor x) : RowFunction(x)
{
    public override Reads Reads => Reads.Output;

    protected override void Row<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        var max = Folding.Max(x);
        Pairwise.Map<Difference, T>(x, max, y);
        VectorMath.Exp(y, y);
        var logOfSum = T.Log(Folding.LongSum<T>(y));
        Pairwise.Map<Difference, T>(x, max, y);
        Pairwise.Map<Difference, T>(y, logOfSum, y);
    }

    protected override Tensor Vjp(Tensor grad) => grad - (Y.Exp() * grad.Sum(-1, keepDim: true));
}

public partial class Tensor
{
    /// <summary>ln softmax x = x − ln Σ eˣ over one dimension, accurate also where the softmax is near 0.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor LogSoftmax(int dim) => AlongRows(dim, nameof(LogSoftmax), static x => new LogSoftmaxOp(x).Apply());
}
