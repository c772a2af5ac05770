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
        var (plane, line) = (down.Size * across.Size, phases * phaseSize);
        for (var channel = 0; channel < channels; channel++)
        {
            for (var z = 0; z < deep.CopySize; z++)
            {
                var slab = deep.First + (z * deep.CopyStep);
                if ((uint)slab >= (uint)deep.Size)
                {
                    MemoryMarshal.CreateSpan(ref target, down.CopySize * line).Clear();
                }

                for (var phase = 0; phase < phases && (uint)slab < (uint)deep.Size; phase++)
                {
                    ref var from = ref Unsafe.Add(ref source, (nint)slab * plane);
                    CopyPlane(ref from, ref Unsafe.Add(ref target, phase * phaseSize), down, across, across.First + (phase * across.CopyStep), phases * across.CopyStep, phaseSize, line);
                }

                target = ref Unsafe.Add(ref target, down.CopySize * line);
            }

            source = ref Unsafe.Add(ref source, (nint)deep.Size * plane);
        }
    }

    /// <summary>Copies elements first, first + step, … of all lines of a plane, <paramref name="length"/> of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPlane<T>(ref T source, ref T target, in WindowAxis down, in WindowAxis across, int first, int step, int length, int pitch)
        where T : unmanaged
    {
        var (lines, downFirst, downStep, height, width) = (down.CopySize, down.First, down.CopyStep, down.Size, across.Size);

        // Elements [front, behind) of a line of the copy are elements of the image.
        var front = Math.Clamp((step - 1 - first) / step, 0, length);
        var start = first + (front * step);
        var behind = start < width ? Math.Min(front + ((width - 1 - start) / step) + 1, length) : front;
        for (var y = 0; y < lines; y++)
        {
            var line = downFirst + (y * downStep);
            if ((uint)line >= (uint)height || front == behind)
            {
                MemoryMarshal.CreateSpan(ref target, length).Clear();
            }
            else
            {
                Clear(ref target, 0, front);
                ref var from = ref Unsafe.Add(ref source, (line * width) + start);
                if (step == 1)
                {
                    Lines.Copy(ref from, ref Unsafe.Add(ref target, front), behind - front);
                }
                else
                {
                    Lines.Take(MemoryMarshal.CreateReadOnlySpan(ref from, width - start), step, ref Unsafe.Add(ref target, front), behind - front);
                }

                Clear(ref target, behind, length);
            }

            target = ref Unsafe.Add(ref target, pitch);
        }
    }

    /// <summary>Zeros, which are few.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clear<T>(ref T to, nint first, nint end)
        where T : unmanaged
    {
        for (; first < end; first++)
        {
            Unsafe.Add(ref to, first) = default;
        }
    }
}
