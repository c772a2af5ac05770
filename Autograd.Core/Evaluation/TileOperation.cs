namespace Autograd.Evaluation;

/// <summary>An operation that is given as a kernel from spans to a span, which knows no shapes, so that a region can evaluate it tile by tile together with others (<see cref="Region"/>):
/// an elementwise one, or a reduction.</summary>
internal abstract class TileOperation(DType dtype) : Operation(dtype)
{
    /// <summary>What an element costs, in units of one addition.</summary>
    public virtual int Cost => 1;

    /// <summary>Whether an operand of one element may come as a number (<see cref="Tile.OfNumber"/>), which saves filling and reading a run of copies.</summary>
    public virtual bool TakesNumbers => false;

    /// <summary>The shape that the inputs are broadcast to: the result's, or, if rows are reduced, that of the elements.</summary>
    public virtual Shape InputShape => Shape;

    /// <summary>Of a reduction of rows: the number of neighbouring elements that become one; else 0.</summary>
    public virtual int RowLength => 0;

    /// <summary>Of a reduction of anything else, whose results are complete only at the end of the pass: how tiles must be cut for it.</summary>
    public virtual TileCut Cut => default;

    /// <summary>The function as one of vectors, if there is one that yields the kernel's bits: then loops are compiled in which it stands beside others.</summary>
    internal virtual LaneMethod? Lanes => null;

    /// <summary>Of a reduction of rows: how vectors of a row are folded.</summary>
    internal virtual FoldMethod? Fold => null;

    /// <summary>The element type of the vectors that <see cref="Lanes"/> takes.</summary>
    internal virtual DType LaneType => DType;

    /// <summary>Runs the kernel over one run of elements; <paramref name="b"/> and <paramref name="c"/> are empty for operations of fewer inputs.</summary>
    internal abstract void Invoke(Tile a, Tile b, Tile c, Tile y);

    /// <summary>Collects the tiles of one pass; for operations that have a <see cref="Cut"/>.</summary>
    internal virtual ITileSink NewSink() => throw new NotSupportedException();

    /// <summary>The results for an input that has its values, without a pass; for operations that have a <see cref="Cut"/>.</summary>
    internal virtual Tensor ComputeFrom(Tensor input) => throw new NotSupportedException();
}
