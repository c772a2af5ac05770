using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>A copy of the part of an image that windows meet, with zeros where they reach beyond it.</summary>
internal static class PaddedCopy
{
    /// <summary>Copies the channels of one image, line by line.</summary>
    /// <param name="source">The first channel.</param>
    /// <param name="target">Where its copy begins.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="axes">What the windows meet.</param>
    /// <param name="phases">By how many remainders the elements of a line are sorted.</param>
    /// <param name="phaseSize">How many elements of each there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Make<T>(ref T source, ref T target, int channels, in WindowAxes axes, int phases, int phaseSize)
        where T : unmanaged
    {
        var (deep, down, across) = (axes.Deep, axes.Down, axes.Across);
        var (slabs, lines, length) = (deep.CopySize, down.CopySize, phases * phaseSize);
        var isPlain = across.CopyStep == 1 && phases == 1;
        var front = Math.Clamp(-across.First, 0, length);
        var start = Math.Min(Math.Max(0, across.First), across.Size);
        var count = Math.Clamp(across.Size - start, 0, length - front);
        for (var channel = 0; channel < channels; channel++)
        {
            for (var z = 0; z < slabs; z++)
            {
                var slab = deep.First + (z * deep.CopyStep);
                for (var y = 0; y < lines; y++)
                {
                    var line = down.First + (y * down.CopyStep);
                    var to = MemoryMarshal.CreateSpan(ref target, length);
                    if ((uint)slab < (uint)deep.Size && (uint)line < (uint)down.Size)
                    {
                        ref var from = ref Unsafe.Add(ref source, (nint)((((channel * deep.Size) + slab) * down.Size) + line) * across.Size);
                        if (isPlain)
                        {
                            Clear(ref target, front);
                            Lines.Copy(ref Unsafe.Add(ref from, start), ref Unsafe.Add(ref target, front), count);
                            Clear(ref Unsafe.Add(ref target, front + count), length - front - count);
                        }
                        else
                        {
                            SortLine(MemoryMarshal.CreateReadOnlySpan(ref from, across.Size), to, across, phases, phaseSize);
                        }
                    }
                    else
                    {
                        to.Clear();
                    }

                    target = ref Unsafe.Add(ref target, length);
                }
            }
        }
    }

    /// <summary>Zeros, which are few.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear<T>(ref T to, int count)
        where T : unmanaged
    {
        for (nint i = 0; i < count; i++)
        {
            Unsafe.Add(ref to, i) = default;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortLine<T>(ReadOnlySpan<T> from, Span<T> to, in WindowAxis across, int phases, int phaseSize)
        where T : unmanaged
    {
        for (var phase = 0; phase < phases; phase++)
        {
            var part = to.Slice(phase * phaseSize, phaseSize);
            var step = across.CopyStep * phases;
            var element = across.First + (phase * across.CopyStep);
            var front = Math.Clamp((step - 1 - element) / step, 0, part.Length);
            element += front * step;
            var count = element < from.Length ? Math.Min(((from.Length - 1 - element) / step) + 1, part.Length - front) : 0;
            part[..front].Clear();
            Lines.Take(from[Math.Min(element, from.Length)..], step, ref MemoryMarshal.GetReference(part[front..]), count);
            part[(front + count)..].Clear();
        }
    }
}
