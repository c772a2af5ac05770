using Autograd.Kernels;

namespace Autograd;

/// <summary>y = eˣ/Σeˣ along the last dimension. The greatest element is subtracted first, so that nothing overflows. dx = y (grad − Σ grad y).</summary>
[GradientTest("3x2", "4", "0x3", "2x0", "2x3x2")]
internal sealed class SoftmaxOp(Tensor x) : RowFunction(x)
{
    public override Reads Reads => Reads.Output;

    protected override void Row<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        Pairwise.Map<Difference, T>(x, Folding.Max(x), y);
        VectorMath.Exp(y, y);
        Pairwise.Map<Product, T>(y, T.One / Folding.LongSum<T>(y), y);
    }

    protected override Tensor Vjp(Tensor grad) => Y * (grad - (grad * Y).Sum(-1, keepDim: true));
}

public partial class Tensor
{
    /// <summary>eˣ / Σ eˣ over one dimension: positive numbers that add up to 1. Adding a constant to x changes nothing, so the greatest element is subtracted first and nothing overflows.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor Softmax(int dim) => AlongRows(dim, nameof(Softmax), static x => new SoftmaxOp(x).Apply());

    /// <summary>Applies a function of rows along another dimension; a single number is a row of one.</summary>
    private Tensor AlongRows(int dim, string operation, Func<Tensor, Tensor> function)
    {
        var d = Dims.NormalizeScalarAsVector(dim, Rank, operation);
        return Rank == 0 ? function(Reshape(1)).Reshape()
            : d == Rank - 1 ? function(this)
            : function(MoveDim(d, -1)).MoveDim(-1, d);
    }
}
