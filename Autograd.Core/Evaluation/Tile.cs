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

    /// <summary>The elements as numbers of type <typeparamref name="T"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> As<T>()
        where T : unmanaged
        => MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref start), length);
}
