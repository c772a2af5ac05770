using System.Buffers;
using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>y = x with slices of the source added to the slices along one dimension that a list of indices names. dy/dx = 1; the source's gradient is read there.</summary>
[GradientTest("3x4, 5<4, 3x5", Arguments = [1])]
[GradientTest("3x4, 2<3, 2x4", Arguments = [0])]
internal sealed class IndexAddOp : Operation
{
    private readonly int dim;
    private Operand x;
    private Operand index;
    private Operand source;

    public IndexAddOp(Tensor x, Tensor index, Tensor source, int dim)
        : base(x.DType)
    {
        this.dim = Dims.Normalize(dim, x.Rank, Name);
        var sizes = x.Shape.ToArray();
        sizes[this.dim] = index.ElementCount;
        if (index.Rank != 1 || !source.Shape.AsSpan().SequenceEqual(sizes))
        {
            throw new ShapeException($"{Name}: for shape {x.Shape} and an index of shape {index.Shape} along dimension {dim}, the source must have shape {Shape.Describe(sizes)}, not {source.Shape}.");
        }

        if (x.DType != source.DType || x.DType == DType.Bool)
        {
            throw new DTypeException($"{Name}: the tensor is {x.DType} and the source {source.DType}; they must have one type with arithmetic. Convert with To.");
        }

        this.x = new Operand(x);
        this.index = new Operand(IndexedPlaces.Whole(index, Name));
        this.source = new Operand(source);
        Shape = x.Shape;
    }

    public override int InputCount => 3;

    public override Reads Reads => Reads.Second;

    public override ref Operand Input(int index)
    {
        switch (index)
        {
            case 0:
                return ref x;
            case 1:
                return ref this.index;
            default:
                return ref source;
        }
    }

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[0] = Needs(0) ? grad : null;
        gradients[2] = Needs(2) ? grad.IndexSelect(dim, ValueOf(1)) : null;
    }

    protected override Tensor Compute()
    {
        var y = Strided.Copy(ValueOf(0));
        var (index, source) = (ValueOf(1).RowMajor(), ValueOf(2).RowMajor());
        switch (DType)
        {
            case DType.Float32:
                Add<float>(source, index, y);
                break;
            case DType.Float64:
                Add<double>(source, index, y);
                break;
            default:
                Add<long>(source, index, y);
                break;
        }

        GC.KeepAlive(source);
        GC.KeepAlive(index);
        return y;
    }

    private void Add<T>(Tensor source, Tensor index, Tensor y)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> values = source.Elements<T>();
        if (values.IsEmpty)
        {
            return;
        }

        var (size, width, count) = (Shape[dim], Shape.RowMajorStrides[dim], index.ElementCount);
        var places = ArrayPool<int>.Shared.Rent(count);
        IndexedPlaces.Slices(index, places, Shape, dim, Name);
        var results = y.Elements<T>();
        for (int from = 0, to = 0; from < values.Length; from += count * width, to += size * width)
        {
            Add(values.Slice(from, count * width), places.AsSpan(0, count), results.Slice(to, size * width), width);
        }

        ArrayPool<int>.Shared.Return(places);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> places, Span<T> results, int width)
        where T : unmanaged, INumber<T>
    {
        if (width == 1)
        {
            for (var i = 0; i < places.Length; i++)
            {
                results[places[i]] += values[i];
            }

            return;
        }

        for (var i = 0; i < places.Length; i++)
        {
            var target = results.Slice(places[i] * width, width);
            Kernels.Pairwise.Map<Kernels.Sum, T>(target, values.Slice(i * width, width), target);
        }
    }
}

public partial class Tensor
{
    /// <summary>The tensor with slices of <paramref name="source"/> added to the slices along one dimension that <paramref name="index"/> names; a slice may be named several times.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="index">An Int64 vector. Negative indices count from the end.</param>
    /// <param name="source">Of this tensor's shape except along the dimension, where it has one slice for each index.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The index is not Int64, or the types differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public Tensor IndexAdd(int dim, Tensor index, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(source);
        return new IndexAddOp(this, index, source, dim).Apply();
    }
}
