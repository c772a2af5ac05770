using System.Buffers;

namespace Autograd.Evaluation;

/// <summary>y = x with elements of a source written to the places that an index names: what scattering and scattered addition share.</summary>
internal abstract class IndexedUpdate : Operation
{
    private Shape from;
    private Operand x;
    private Operand index;
    private Operand source;

    protected IndexedUpdate(Tensor x, Tensor index, Tensor source, int dim)
        : base(x.DType)
    {
        Dim = Dims.NormalizeScalarAsVector(dim, x.Rank, Name);
        IndexedPlaces.CheckFits(index.Shape, x.Shape, Dim, Name);
        IndexedPlaces.CheckFits(index.Shape, source.Shape, -1, Name);
        if (x.DType != source.DType)
        {
            throw new DTypeException($"{Name}: the source is {source.DType}, the tensor {x.DType}. Convert it: source.To(DType.{x.DType}).");
        }

        this.x = new Operand(x);
        this.index = new Operand(IndexedPlaces.Whole(index, Name));
        this.source = new Operand(source);
        from = source.Shape;
        Shape = x.Shape;
    }

    /// <inheritdoc/>
    public sealed override int InputCount => 3;

    /// <inheritdoc/>
    public override Reads Reads => Reads.Second;

    /// <summary>The dimension whose coordinate the index replaces.</summary>
    protected int Dim { get; private set; }

    /// <summary>The index.</summary>
    protected Tensor Index => ValueOf(1);

    /// <summary>The target before the update.</summary>
    protected Tensor X => ValueOf(0);

    /// <summary>The elements of the source that are used: as many as the index has.</summary>
    protected Tensor Source => new(ValueOf(2), new Layout(Index.Shape, ValueOf(2).Layout.Strides, ValueOf(2).Offset));

    /// <inheritdoc/>
    public sealed override ref Operand Input(int index)
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

    /// <inheritdoc/>
    public sealed override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[0] = Needs(0) ? VjpTarget(grad) : null;
        gradients[2] = !Needs(2) ? null : Index.ElementCount == 0 ? Tensor.Zeros(from, DType) : VjpSource(grad).PadTo(from);
    }

    /// <summary>The gradient with respect to x.</summary>
    protected abstract Tensor VjpTarget(Tensor grad);

    /// <summary>The gradient with respect to the elements of the source that are used.</summary>
    protected virtual Tensor VjpSource(Tensor grad) => grad.Gather(Dim, Index);

    /// <summary>Writes values[i] to target[places[i]], for all i in order.</summary>
    protected abstract void Write<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> places, Span<T> target)
        where T : unmanaged, INumber<T>;

    /// <inheritdoc/>
    public sealed override Tensor Batch(BatchInputs x)
    {
        // Numbers on their own are lines of one element.
        Tensor Line(Tensor examples) => Shape.Rank == 0 ? examples.Unsqueeze(1) : examples;
        var (target, source) = (Line(x.Full(0)), Line(x.Full(2)));
        var all = (IndexedUpdate)On([target, Line(x.Full(1)), source], target.Shape);
        (all.from, all.Dim) = (source.Shape, Dim + 1);
        return all.Apply().Reshape(x.Of(Shape));
    }

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        var y = Strided.Copy(ValueOf(0));
        var used = Source.RowMajor();
        var rented = ArrayPool<int>.Shared.Rent(Index.ElementCount);
        var places = rented.AsSpan(0, Index.ElementCount);
        IndexedPlaces.Fill(Index, Shape, Dim, Name, places);
        switch (DType)
        {
            case DType.Float32:
                Write<float>(used.Elements<float>(), places, y.Elements<float>());
                break;
            case DType.Float64:
                Write<double>(used.Elements<double>(), places, y.Elements<double>());
                break;
            case DType.Int64:
                Write<long>(used.Elements<long>(), places, y.Elements<long>());
                break;
            default:
                Write<byte>(used.Elements<byte>(), places, y.Elements<byte>());
                break;
        }

        ArrayPool<int>.Shared.Return(rented);
        GC.KeepAlive(used);
        return y;
    }
}
