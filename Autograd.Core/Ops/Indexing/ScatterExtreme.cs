namespace Autograd;

/// <summary>y = x with y[p with coordinate dim replaced by index[p]] the greatest (or least) of itself and source[p]; NaN if there is one. The gradient is shared evenly by the elements that are equal to it.</summary>
[GradientTest("3x4, 3x2<4, 3x2", Arguments = [1, true], Domain = Domain.Distinct)]
[GradientTest("3x4, 2x3<3, 3x4", Arguments = [0, false], Domain = Domain.Distinct)]
internal sealed class ScatterExtremeOp(Tensor x, Tensor index, Tensor source, int dim, bool greatest) : IndexedUpdate(x, index, source, dim)
{
    public override Reads Reads => Reads.Inputs | Reads.Output;

    protected override Tensor VjpTarget(Tensor grad) => Chosen(X, Y) * Share(grad);

    protected override Tensor VjpSource(Tensor grad) => Chosen(Source, Y.Gather(Dim, Index)) * Share(grad).Gather(Dim, Index);

    protected override void Write<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> places, Span<T> target)
    {
        for (var i = 0; i < places.Length; i++)
        {
            ref var y = ref target[places[i]];
            y = greatest ? T.Max(y, values[i]) : T.Min(y, values[i]);
        }
    }

    private Tensor Share(Tensor grad) => grad / Chosen(X, Y).ScatterAdd(Dim, Index, Chosen(Source, Y.Gather(Dim, Index)));

    private Tensor Chosen(Tensor values, Tensor extremes) => values.Eq(extremes.Detach()).To(DType);
}
