using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Autograd.Evaluation;

/// <summary>A run of elements whose type the kernel knows: one operand or the result of an elementwise kernel.</summary>
internal readonly ref struct Tile
{
    private readonly ref byte start;
    private readonly int length;

    public Tile(ref byte start, int length)
    {
        this.start = ref start;
        this.length = length;
    }

    /// <summary>One number that stands for a whole run; only for kernels that take numbers (<see cref="TileOperation.TakesNumbers"/>).</summary>
    public static Tile OfNumber(ref byte value) => new(ref value, -1);

    /// <summary>Whether this is one number instead of a run.</summary>
    public bool IsNumber => length < 0;

    /// <summary>Where the run begins, or the number.</summary>
    public ref byte Start => ref start;

    /// <summary>The number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Number<T>()
        where T : unmanaged
        => Unsafe.As<byte, T>(ref start);

    /// <summary>The elements as numbers of type <typeparamref name="T"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> As<T>()
        where T : unmanaged
        => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref start), length);
}
