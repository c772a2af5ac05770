using System.Buffers;
using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>y = x with slices of the source added to the slices along one dimension that a list of indices names. dy/dx = 1; the source's gradient is read there.</summary>
[GradientTest("3x4, 5<4, 3x5", Arguments = [1])]
[GradientTest("3x4, 2<3, 2x4", Arguments = [0])]
internal sealed class IndexAddOp : Operation
{
    /// <summary>Elements, of the source, that are worth a thread's while.</summary>
    private const int ElementsPerPiece = 1 << 15;

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

    public override Tensor Batch(BatchInputs x)
        => x.IsBatched(1)
            ? new ScatterAddOp(x.Full(0), IndexSelectOp.AlongDim(x[1], dim + 1, x.Full(2).Shape), x.Full(2), dim + 1).Apply()
            : new IndexAddOp(x.Full(0), x[1], x.Full(2), dim + 1).Apply();

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
        if (source.ElementCount == 0)
        {
            return;
        }

        var (size, width, count) = (Shape[dim], Shape.RowMajorStrides[dim], index.ElementCount);
        var places = ArrayPool<int>.Shared.Rent(count);
        IndexedPlaces.Slices(index, places, Shape, dim, Name);

        // For single elements, finding one's own takes as long as adding them.
        var pieces = width == 1 ? 1 : Math.Clamp(source.ElementCount / ElementsPerPiece, 1, Threads.Count);
        Workers.Do(pieces, new Slices<T>(source, places.AsMemory(0, count), y, size, width, pieces));
        ArrayPool<int>.Shared.Return(places);
    }

    /// <summary>An equal part of the result's slices in each of its runs, with all that is added to them, in the index's order.</summary>
    private readonly struct Slices<T>(Tensor source, ReadOnlyMemory<int> index, Tensor y, int size, int width, int pieces) : IWork
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int piece)
        {
            var places = index.Span;
            var (begin, end) = ((int)((long)size * piece / pieces), (int)((long)size * (piece + 1) / pieces));
            ReadOnlySpan<T> values = source.Elements<T>();
            for (var target = y.Elements<T>(); !values.IsEmpty; values = values[(places.Length * width)..], target = target[(size * width)..])
            {
                for (var i = 0; i < places.Length; i++)
                {
                    var place = places[i];
                    if (place < begin || place >= end)
                    {
                        continue;
                    }

                    if (width == 1)
                    {
                        target[place] += values[i];
                    }
                    else
                    {
                        var slice = target.Slice(place * width, width);
                        Kernels.Pairwise.Map<Kernels.Sum, T>(slice, values.Slice(i * width, width), slice);
                    }
                }
            }
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
