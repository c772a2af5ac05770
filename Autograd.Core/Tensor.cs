using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd;

/// <summary>A dense, immutable array of numbers of any rank that remembers how it was computed, so that <see cref="Backward"/> can differentiate it.</summary>
/// <remarks>
/// <para>No operation writes into an existing tensor: views share memory safely and any number of threads may read one. What changes are variables:
/// a <see cref="Parameter"/> is a tensor whose value <see cref="Variable.Assign"/> replaces; every use captures the value it has at that moment.</para>
/// <para>Operators are elementwise with NumPy broadcasting (<c>*</c> too; <see cref="MatMul"/> multiplies matrices). <c>==</c> is identity;
/// <see cref="Eq(Tensor)"/> and <see cref="AllClose"/> compare values.</para>
/// </remarks>
[DebuggerDisplay("{DebuggerText,nq}")]
public partial class Tensor
{
    // The layout of these fields is part of the cost of a small operation: 56 bytes an object, of which 16 are its header.
    private readonly int[]? strides;

    /// <summary>An array of the elements, the owner of one (<see cref="Evaluation.Storage"/>), or what is still to be computed (<see cref="Evaluation.Pending"/>).
    /// It changes once, from pending to one of the others.</summary>
    private object state;
    private Node? node;

    /// <summary>A row-major tensor over memory of its own: an array, or the owner of one.</summary>
    internal Tensor(object memory, Shape shape, DType dtype)
    {
        state = memory;
        Shape = shape;
        DType = dtype;
    }

    /// <summary>The result of an elementwise operation, to be computed when it is needed.</summary>
    internal Tensor(Pending pending)
    {
        state = pending;
        Shape = pending.Operation.Shape;
        DType = pending.Operation.DType;
    }

    /// <summary>A view of another tensor's values.</summary>
    internal Tensor(Tensor source, in Layout layout)
    {
        // Nobody knows how long a view lives: the memory that it shares is held for ever.
        _ = source.Captured;
        state = source.Memory;
        Shape = layout.Shape;
        DType = source.DType;

        // A view of no elements may begin anywhere, also behind the end of the storage.
        Offset = layout.Shape.ElementCount == 0 ? 0 : layout.Offset;
        strides = layout.IsContiguous ? null : layout.Strides;
    }

    /// <summary>A variable: its values are those of the tensor that it captures.</summary>
    private protected Tensor(Shape shape, DType dtype)
    {
        state = Array.Empty<byte>();
        Shape = shape;
        DType = dtype;
    }

    /// <summary>The sizes of the dimensions, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>The type of the elements.</summary>
    public DType DType { get; private protected set; }

    /// <summary>The number of dimensions; 0 for a single number.</summary>
    public int Rank => Shape.Rank;

    /// <summary>The number of elements: the product of the sizes, 1 for rank 0.</summary>
    public int ElementCount => Shape.ElementCount;

    /// <summary>Whether the elements lie one after the other in memory, in row-major order.</summary>
    public bool IsContiguous => Current.strides is null;

    /// <summary>The tape entry that the gradient flows to; null if the tensor takes no part in differentiation.</summary>
    internal Node? Node
    {
        get => node;
        set => node = value;
    }

    /// <summary>The place of the first element in the storage.</summary>
    internal int Offset { get; }

    /// <summary>The tensor itself, or the value that a variable has at this moment: for as long as anyone likes.</summary>
    internal virtual Tensor Captured => this;

    /// <summary>As <see cref="Captured"/>, for a reader that will say when it is done (<see cref="LetGo"/>).</summary>
    internal virtual Tensor Held => this;

    /// <summary>As <see cref="Captured"/>, for questions about the tape and the layout; the elements must not be read.</summary>
    internal virtual Tensor Current => this;

    /// <summary>Where the elements lie.</summary>
    internal Layout Layout => new(Shape, strides ?? Shape.RowMajorStrides, Offset);

    /// <summary>Whether the elements are one run of the storage: the only question on the path of a small operation.</summary>
    internal bool IsRowMajor => strides is null;

    private string DebuggerText => $"Tensor {Shape} {DType}{(RequiresGrad ? ", requires grad" : string.Empty)}";

    /// <summary>What is still to be computed; null once the values are there.</summary>
    internal Pending? Pending => Volatile.Read(ref state) as Pending;

    /// <summary>Whether this stands for one example of a batch that a function is being applied to (<see cref="Differentiate.Vmap(Func{Tensor, Tensor}, int, int)"/>): its values differ from example to example and cannot be read.</summary>
    public bool IsBatched => Current is BatchedTensor;

    /// <summary>The tensor that has the memory: this one, or all examples of which it is one.</summary>
    internal Tensor Stored => this is BatchedTensor batch ? batch.Values.Stored : this;

    /// <summary>The array of the elements, or its owner; computed now if it has not been.</summary>
    private object Memory
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref state) is Pending ? Compute() : state;
    }

    /// <summary>What owns the memory of the elements: tensors with one owner share it.</summary>
    internal object Owner => Memory;

    /// <summary>The size of the array that holds the elements, other tensors' in it included; 0 while they are pending.</summary>
    internal long MemoryBytes => Volatile.Read(ref state) switch
    {
        Evaluation.Pending => 0,
        Storage owner => owner.Array.LongLength * DType.ByteSize,
        var array => Unsafe.As<Array>(array).LongLength * DType.ByteSize,
    };

    /// <summary>The array that holds the elements.</summary>
    private Array Values
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Memory is Storage owner ? owner.Array : Unsafe.As<Array>(state);
    }

    /// <summary>Where in the array the storage begins.</summary>
    private int Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => state is Storage owner ? owner.Start : 0;
    }

    /// <summary>The whole storage behind this tensor: the one way to its values. The caller keeps the tensor alive while it uses the span
    /// (<see cref="Operation.Apply"/> does so for every operation).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<T> Storage<T>()
        where T : unmanaged
    {
        Debug.Assert(Unsafe.SizeOf<T>() == DType.ByteSize, "A span of another element type was asked for.");
        return Unsafe.As<T[]>(Values).AsSpan(Start);
    }

    /// <summary>The number of elements that the storage has room for, before and behind this tensor's own.</summary>
    internal int StorageLength => Values.Length - Start;

    /// <summary>The first byte of element <paramref name="index"/> of a row-major tensor; index may be as large as the storage is long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte ElementAt(int index)
    {
        // Every one-dimensional array of primitives has its elements at the same distance from its start.
        ref var first = ref MemoryMarshal.GetArrayDataReference(Unsafe.As<byte[]>(Values));
        return ref Unsafe.AddByteOffset(ref first, (nint)(Start + Offset + index) * DType.ByteSize);
    }

    /// <summary>The elements of a row-major tensor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<T> Elements<T>()
        where T : unmanaged
    {
        Debug.Assert(IsRowMajor, "The elements of a strided view are not one span.");
        return Storage<T>().Slice(Offset, ElementCount);
    }

    /// <summary>Gives the tensor its values. Any number of threads may have computed them; the first one's are taken, and all are equal.</summary>
    internal void Publish(Pending pending, Tensor computed)
    {
        if (ReferenceEquals(Interlocked.CompareExchange(ref state, computed.Memory, pending), pending))
        {
            pending.LetGo();
        }
    }

    /// <summary>This tensor if it is row-major, else a row-major copy of its values; not recorded. They are computed now: threads that share them would each compute them.
    /// Whoever has a variable's value at hand holds it already.</summary>
    internal Tensor RowMajor()
    {
        var source = this is Snapshot ? this : Captured;
        _ = source.Memory;
        return source.IsRowMajor ? source : Strided.Copy(source);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private object Compute()
    {
        if (IsBatched)
        {
            throw BatchingException.Unreadable(this);
        }

        Region.Evaluate([this]);
        return Volatile.Read(ref state);
    }

    /// <summary>Says that a reader that has <see cref="Held"/> this value is done with it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void LetGo(Tensor? held)
    {
        if (held is Snapshot snapshot)
        {
            snapshot.LetGo();
        }
    }

    /// <summary>Tells the engine that code outside it may read the memory at any time from now on.</summary>
    private void Escape() => (Memory as Storage)?.Escape();
}
