using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The windows over some channels of some images as a matrix: a row for each image and place, a column for each tap and channel. The part that windows meet is copied, with channels innermost and
/// zeros where windows reach beyond the image.</summary>
internal readonly ref struct ChannelsLast<T>
    where T : unmanaged
{
    private readonly Tensor copy;
    private readonly WindowAxes all;
    private readonly int images;
    private readonly int channels;
    private readonly int width;
    private readonly int line;
    private readonly int slab;
    private readonly int volume;

    /// <param name="x">Row-major [images, channels, …].</param>
    /// <param name="image">The first image.</param>
    /// <param name="images">How many images.</param>
    /// <param name="channel">The first channel.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="axes">What the windows meet.</param>
    /// <param name="width">Elements for a place, of which <paramref name="channels"/> are copied and the rest are 0; left out, as many as channels.</param>
    /// <param name="step">The distance of neighbouring channels.</param>
    public ChannelsLast(Tensor x, int image, int images, int channel, int channels, in WindowAxes axes, int width = 0, int step = 1)
    {
        (all, this.images, this.channels, this.width) = (axes, images, channels, Math.Max(width, channels));
        line = axes.Across.CopySize * this.width;
        slab = axes.Down.CopySize * line;
        volume = axes.Deep.CopySize * slab;
        copy = Allocate.Tensor(Shape.Create([checked(images * volume)]), x.DType);
        ref var target = ref MemoryMarshal.GetReference(copy.Elements<T>());
        var size = axes.Deep.Size * axes.Down.Size * axes.Across.Size;
        for (var i = 0; i < images; i++)
        {
            var start = (((image + i) * x.Shape[1]) + channel) * size;
            Copy(ref Unsafe.Add(ref MemoryMarshal.GetReference(x.Elements<T>()), start), ref Unsafe.Add(ref target, (nint)i * volume), channels, this.width, step, axes);
        }
    }

    /// <summary>The matrix.</summary>
    /// <param name="tables">Where its tables go.</param>
    public Matrix<T> ToMatrix(ref OffsetTables tables) => new(ref Origin(all), Places(all).ToAxis(ref tables), Taps(all).ToAxis(ref tables));

    /// <summary>What places and taps of windows are counted from. They meet nothing but what was copied.</summary>
    public ref T Origin(scoped in WindowAxes axes)
    {
        var (z, y, x) = (axes.Deep.Origin - all.Deep.First, axes.Down.Origin - all.Down.First, axes.Across.Origin - all.Across.First);
        return ref Unsafe.Add(ref MemoryMarshal.GetReference(copy.Elements<T>()), (z * slab) + (y * line) + (x * width));
    }

    /// <summary>The places of windows: those of a line follow each other.</summary>
    public Grid Places(in WindowAxes axes)
        => new((images, axes.Deep.Places, axes.Down.Places, axes.Across.Places), (volume, axes.Deep.StepInCopy * slab, axes.Down.StepInCopy * line, axes.Across.StepInCopy * width));

    /// <summary>What each tap of the first channel meets, from a place on.</summary>
    public ReadOnlySpan<int> TapTable(in WindowAxes axes, ref OffsetTables tables) => Taps(axes).Runs(ref tables, 1, 0);

    /// <summary>Gives the memory of the copy back.</summary>
    public void Release() => copy.Release();

    private Grid Taps(in WindowAxes axes)
        => new((axes.Deep.Taps, axes.Down.Taps, axes.Across.Taps, channels), (axes.Deep.Spacing * slab, axes.Down.Spacing * line, axes.Across.Spacing * width, 1));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(ref T source, ref T target, int channels, int width, int channelStep, in WindowAxes axes)
    {
        var (deep, down, across) = (axes.Deep, axes.Down, axes.Across);
        var plane = deep.Size * down.Size * across.Size;
        var step = across.CopyStep;

        // Elements [front, behind) of a line of the copy are elements of the image.
        var front = Math.Clamp((step - 1 - across.First) / step, 0, across.CopySize);
        var behind = across.First < across.Size ? Math.Clamp(((across.Size - 1 - across.First) / step) + 1, front, across.CopySize) : front;
        var taken = step == 1 ? null : Allocate.Tensor(Shape.Create([channels * (behind - front)]), DTypes.Of<T>());
        for (var z = 0; z < deep.CopySize; z++)
        {
            var slab = deep.First + (z * deep.CopyStep);
            for (var y = 0; y < down.CopySize; y++)
            {
                var line = down.First + (y * down.CopyStep);
                var to = MemoryMarshal.CreateSpan(ref target, across.CopySize * width);
                if ((uint)slab < (uint)deep.Size && (uint)line < (uint)down.Size && front < behind)
                {
                    to[..(front * width)].Clear();
                    ref var from = ref Unsafe.Add(ref source, (((slab * down.Size) + line) * across.Size) + across.First + (front * step));
                    var (pitch, count) = (channelStep * plane, behind - front);
                    if (taken is not null)
                    {
                        Take(ref from, pitch, channels, step, across.Size - across.First - (front * step), taken.Elements<T>(), count);
                        from = ref MemoryMarshal.GetReference(taken.Elements<T>());
                        pitch = count;
                    }

                    var lines = new Matrix<T>(ref from, new(channels, pitch), new(count, 1));
                    Packing.Pack(lines, 0, channels, width, 0, count, ref to[front * width]);
                    to[(behind * width)..].Clear();
                }
                else
                {
                    to.Clear();
                }

                target = ref Unsafe.Add(ref target, to.Length);
            }
        }

        taken?.Release();
    }

    /// <summary>Every so many elements of some lines, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Take(ref T lines, int pitch, int rows, int step, int length, Span<T> taken, int count)
    {
        for (var i = 0; i < rows; i++)
        {
            Lines.Take(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref lines, (nint)i * pitch), length), step, ref taken[i * count], count);
        }
    }
}
