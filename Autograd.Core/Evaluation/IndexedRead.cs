namespace Autograd.Evaluation;

/// <summary>y = elements of x that an index names along one dimension: what gathering single elements and whole slices share.</summary>
internal abstract class IndexedRead : Operation
{
    private Operand x;
    private Operand index;

    protected IndexedRead(Tensor x, Tensor index, int dim)
        : base(x.DType)
    {
        Dim = dim;
        From = x.Shape;
        this.x = new Operand(x);
        this.index = new Operand(IndexedPlaces.Whole(index, Name));
    }

    /// <inheritdoc/>
    public sealed override int InputCount => 2;

    /// <inheritdoc/>
    public sealed override Reads Reads => Reads.Second;

    /// <summary>The dimension whose coordinate the index replaces.</summary>
    protected int Dim { get; }

    /// <summary>The shape of x.</summary>
    protected Shape From { get; }

    /// <inheritdoc/>
    public sealed override ref Operand Input(int index)
    {
        if (index == 0)
        {
            return ref x;
        }

        return ref this.index;
    }

    /// <inheritdoc/>
    public sealed override void Vjp(Tensor grad, Span<Tensor?> gradients) => gradients[0] = AddUp(Tensor.Zeros([], DType).Expand(From), ValueOf(1), grad);

    /// <summary>The adjoint: the gradient added up at the places that were read.</summary>
    protected abstract Tensor AddUp(Tensor zeros, Tensor index, Tensor grad);

    /// <summary>Copies what the index names; values are only moved, so one instance per element size serves all types.</summary>
    /// <param name="values">x, row-major.</param>
    /// <param name="index">The index, row-major.</param>
    /// <param name="results">y.</param>
    protected abstract void Read<T>(Tensor values, Tensor index, Tensor results)
        where T : unmanaged;

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        var (source, numbers) = (ValueOf(0).RowMajor(), ValueOf(1).RowMajor());
        switch (DType.ByteSize)
        {
            case 1:
                Read<byte>(source, numbers, y);
                break;
            case 4:
                Read<uint>(source, numbers, y);
                break;
            default:
                Read<ulong>(source, numbers, y);
                break;
        }

        GC.KeepAlive(source);
        GC.KeepAlive(numbers);
        return y;
    }
}
