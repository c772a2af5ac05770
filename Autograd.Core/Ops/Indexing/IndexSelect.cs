namespace Autograd;

/// <summary>y = the slices of x along one dimension that a list of indices names. The gradient is added up at the slices that were read.</summary>
[GradientTest("3x4, 5<4", Arguments = [1])]
[GradientTest("3x4, 2<3", Arguments = [0])]
[GradientTest("2x3x2, 0<3", Arguments = [1])]
internal sealed class IndexSelectOp : Operation
{
    private readonly int dim;
    private readonly Shape from;
    private Operand x;
    private Operand index;

    public IndexSelectOp(Tensor x, Tensor index, int dim)
        : base(x.DType)
    {
        this.dim = Dims.Normalize(dim, x.Rank, Name);
        if (index.Rank != 1)
        {
            throw new ShapeException($"{Name}: the index must be a vector, not of shape {index.Shape}. Use x[.., index] for an index of any shape.");
        }

        this.x = new Operand(x);
        this.index = new Operand(IndexedPlaces.Whole(index, Name));
        from = x.Shape;
        var sizes = x.Shape.ToArray();
        sizes[this.dim] = index.ElementCount;
        Shape = Shape.Create(sizes);
    }

    public override int InputCount => 2;

    public override Reads Reads => Reads.Second;

    public override ref Operand Input(int index)
    {
        if (index == 0)
        {
            return ref x;
        }

        return ref this.index;
    }

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
        => gradients[0] = new IndexAddOp(Tensor.Zeros([], DType).Expand(from), ValueOf(1), grad, dim).Apply();

    protected override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        var (source, index) = (ValueOf(0).RowMajor(), ValueOf(1).RowMajor());
        switch (DType.ByteSize)
        {
            case 1:
                Copy<byte>(source, index, y);
                break;
            case 4:
                Copy<uint>(source, index, y);
                break;
            default:
                Copy<ulong>(source, index, y);
                break;
        }

        GC.KeepAlive(source);
        GC.KeepAlive(index);
        return y;
    }

    private void Copy<T>(Tensor source, Tensor index, Tensor y)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = source.Elements<T>();
        ReadOnlySpan<long> numbers = index.Elements<long>();
        var results = y.Elements<T>();
        var (size, width) = (from[dim], from.RowMajorStrides[dim]);
        for (var start = 0; start < results.Length; start += numbers.Length * width)
        {
            var block = start / (numbers.Length * width) * size;
            for (var i = 0; i < numbers.Length; i++)
            {
                var slice = IndexedPlaces.Check(numbers[i], size, from, dim, Name);
                values.Slice((block + slice) * width, width).CopyTo(results[(start + (i * width))..]);
            }
        }
    }
}

public partial class Tensor
{
    /// <summary>The slices along one dimension that <paramref name="index"/> names, in its order; a slice may be named several times.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="index">An Int64 vector, or a single number, which counts as a vector of one. Negative indices count from the end.</param>
    /// <exception cref="ShapeException">The index is not a vector.</exception>
    /// <exception cref="DTypeException">The index is not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public Tensor IndexSelect(int dim, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(index);
        index = index.Rank == 0 ? index.Reshape(1) : index;
        return Rank == 0 ? Reshape(1).IndexSelect(dim, index).Reshape([]) : new IndexSelectOp(this, index, dim).Apply();
    }
}
