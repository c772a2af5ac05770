using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>Some channels of a convolution's result as a matrix: a row for each channel, a column for each image and place of a box. Those of several images are copied one behind the other.</summary>
internal readonly ref struct PlacesOf<T>
    where T : unmanaged
{
    private readonly Tensor? copy;
    private readonly ref T origin;
    private readonly int rows;
    private readonly int columns;
    private readonly int pitch;

    public PlacesOf(Tensor y, int image, int images, int channel, int channels, in WindowAxes axes, in WindowAxes box)
    {
        var (places, line) = (axes.Places, axes.Across.Places);
        (rows, columns) = (channels, images * box.Places);
        var start = (((image * y.Shape[1]) + channel) * places) + (((box.Deep.FirstResult * axes.Down.Places) + box.Down.FirstResult) * line) + box.Across.FirstResult;
        origin = ref Unsafe.Add(ref MemoryMarshal.GetReference(y.Elements<T>()), start);
        pitch = places;
        if (images == 1)
        {
            return;
        }

        copy = Allocate.Tensor(Shape.Create([rows * columns]), y.DType);
        var to = copy.Elements<T>();
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < images; i++)
            {
                MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref origin, ((nint)((i * y.Shape[1]) + row)) * places), places).CopyTo(to[((row * columns) + (i * places))..]);
            }
        }

        origin = ref MemoryMarshal.GetReference(to);
        pitch = columns;
    }

    /// <summary>The matrix.</summary>
    public Matrix<T> ToMatrix() => new(ref origin, new(rows, pitch), new(columns, 1));

    /// <summary>Gives the memory of the copy back.</summary>
    public void Release() => copy?.Release();
}
