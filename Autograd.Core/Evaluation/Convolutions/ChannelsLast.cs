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
    private readonly ref T origin;
    private readonly Grid places;
    private readonly Grid taps;

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
        width = Math.Max(width, channels);
        var (deep, down, across) = (axes.Deep, axes.Down, axes.Across);
        var (line, slab) = (across.CopySize * width, down.CopySize * across.CopySize * width);
        var volume = deep.CopySize * slab;
        copy = Allocate.Tensor(Shape.Create([checked(images * volume)]), x.DType);
        ref var target = ref MemoryMarshal.GetReference(copy.Elements<T>());
        var size = deep.Size * down.Size * across.Size;
        for (var i = 0; i < images; i++)
        {
            var start = (((image + i) * x.Shape[1]) + channel) * size;
            Copy(ref Unsafe.Add(ref MemoryMarshal.GetReference(x.Elements<T>()), start), ref Unsafe.Add(ref target, (nint)i * volume), channels, width, step, axes);
        }

        origin = ref Unsafe.Add(ref target, ((deep.Origin - deep.First) * slab) + ((down.Origin - down.First) * line) + ((across.Origin - across.First) * width));
        places = new((images, deep.Places, down.Places, across.Places), (volume, deep.StepInCopy * slab, down.StepInCopy * line, across.StepInCopy * width));
        taps = new((deep.Taps, down.Taps, across.Taps, channels), (deep.Spacing * slab, down.Spacing * line, across.Spacing * width, 1));
    }

    /// <summary>The matrix.</summary>
    /// <param name="tables">Where its tables go.</param>
    public Matrix<T> ToMatrix(ref OffsetTables tables) => new(ref origin, places.ToAxis(ref tables), taps.ToAxis(ref tables));

    /// <summary>What places and taps are counted from.</summary>
    public ref T Origin => ref origin;

    /// <summary>Where a line of places begins.</summary>
    public int Line(int image, int deep, int down) => places.Place(image, deep, down);

    /// <summary>The distance of neighbouring places.</summary>
    public int Step => places.Step;

    /// <summary>What each tap meets, from a place on.</summary>
    public ReadOnlySpan<int> TapTable(ref OffsetTables tables) => taps.Runs(ref tables, 1, 0);

    /// <summary>Gives the memory of the copy back.</summary>
    public void Release() => copy.Release();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(ref T source, ref T target, int channels, int width, int channelStep, in WindowAxes axes)
    {
        var (deep, down, across) = (axes.Deep, axes.Down, axes.Across);
        var plane = deep.Size * down.Size * across.Size;
        var step = across.CopyStep;

        // Elements [front, behind) of a line of the copy are elements of the image.
        var front = Math.Clamp((step - 1 - across.First) / step, 0, across.CopySize);
        var behind = across.First < across.Size ? Math.Clamp(((across.Size - 1 - across.First) / step) + 1, front, across.CopySize) : front;
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
                    Packing.Pack(new Matrix<T>(ref from, new(channels, channelStep * plane), new(behind - front, step)), 0, channels, width, 0, behind - front, ref to[front * width]);
                    to[(behind * width)..].Clear();
                }
                else
                {
                    to.Clear();
                }

                target = ref Unsafe.Add(ref target, to.Length);
            }
        }
    }
}
