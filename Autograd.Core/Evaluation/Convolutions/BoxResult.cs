using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>Where the sums of a box go, as a matrix: a row for each channel, a column for each place. They are formed in the result where its places are contiguous, else apart, and stored line by line.</summary>
internal readonly ref struct BoxResult<T>
    where T : unmanaged
{
    private readonly Tensor? apart;
    private readonly ref T origin;
    private readonly Strides steps;
    private readonly WindowAxes box;
    private readonly int images;
    private readonly int rows;
    private readonly int columns;
    private readonly int lineLength;

    /// <param name="result">Row-major [images, channels, …].</param>
    /// <param name="image">The first image.</param>
    /// <param name="images">How many images.</param>
    /// <param name="channel">The first channel.</param>
    /// <param name="rows">How many channels.</param>
    /// <param name="box">The places.</param>
    /// <param name="lineLength">Columns for each line of places.</param>
    public BoxResult(Tensor result, int image, int images, int channel, int rows, in WindowAxes box, int lineLength)
    {
        (this.box, this.images, this.rows, this.lineLength) = (box, images, rows, lineLength);
        columns = images * box.Deep.Places * box.Down.Places * lineLength;
        steps = Strides.Of(result);
        var (deep, down, across) = (box.Deep, box.Down, box.Across);
        var start = (image * steps.Image) + (channel * steps.Plane) + steps.Place(box, 0, 0);
        origin = ref Unsafe.Add(ref MemoryMarshal.GetReference(result.Elements<T>()), start);
        var isOneLine = down.Places == 1 && deep.Places == 1;
        var isOneSlab = deep.Places == 1 || (down.Places * steps.Line == steps.Slab && deep.ResultStep == 1);
        var isContiguous = images == 1 && lineLength == across.Places && across.ResultStep == 1 && (isOneLine || (across.Places == steps.Line && down.ResultStep == 1 && isOneSlab));
        apart = isContiguous ? null : Allocate.Tensor(Shape.Create([rows * columns]), result.DType);
    }

    /// <summary>The matrix.</summary>
    public Matrix<T> ToMatrix()
        => apart is null ? new(ref origin, new(rows, steps.Plane), new(columns, 1)) : new(ref MemoryMarshal.GetReference(apart.Elements<T>()), new(rows, columns), new(columns, 1));

    /// <summary>Brings sums that were formed apart to their places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Store()
    {
        if (apart is null)
        {
            return;
        }

        ReadOnlySpan<T> sums = apart.Elements<T>();
        var (deep, down, across) = (box.Deep, box.Down, box.Across);
        for (var row = 0; row < rows; row++)
        {
            for (var image = 0; image < images; image++)
            {
                for (var z = 0; z < deep.Places; z++)
                {
                    for (var y = 0; y < down.Places; y++)
                    {
                        ref var to = ref Unsafe.Add(ref origin, (row * steps.Plane) + (image * steps.Image) + (z * deep.ResultStep * steps.Slab) + (y * down.ResultStep * steps.Line));
                        Store(sums[..across.Places], ref to, across.ResultStep);
                        sums = sums[lineLength..];
                    }
                }
            }
        }

        apart.Release();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store(ReadOnlySpan<T> line, ref T to, int step)
    {
        if (step == 1)
        {
            line.CopyTo(MemoryMarshal.CreateSpan(ref to, line.Length));
            return;
        }

        Lines.Spread(line, ref to, step);
    }
}
