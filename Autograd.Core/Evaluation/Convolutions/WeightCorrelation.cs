using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The sums over all places that make the gradient of the weights: W [rows, channels · taps] = Y [rows, places] × patches [places, channels · taps] for each group of channels.</summary>
internal static class WeightCorrelation
{
    /// <summary>Places of a box.</summary>
    private const int PlacesOfBox = 1024;

    /// <summary>W ← the sum over the places of Y times what the window meets there in X.</summary>
    public static void Compute<T>(Tensor x, Tensor y, Tensor w, ConvolutionShape shape)
        where T : unmanaged, INumber<T>
    {
        var axes = new WindowAxes(shape[0].Windows, shape[1].Windows, shape[2].Windows);
        if (w.ElementCount == 0)
        {
            return;
        }

        if (x.ElementCount == 0 || y.ElementCount == 0)
        {
            w.Elements<T>().Clear();
            return;
        }

        Workers.Do(shape.Groups, new Groups<T>(x, y, w, shape.Groups, axes));
    }

    private readonly struct Groups<T>(Tensor x, Tensor y, Tensor w, int groups, WindowAxes axes) : IWork
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int group)
        {
            var cut = new BoxCut(x.Shape[0], axes, PlacesOfBox);
            var (channels, rows) = (x.Shape[1] / groups, y.Shape[1] / groups);
            var (imageSize, places) = (x.ElementCount / x.Shape[0], axes.Places);
            var terms = channels * axes.Taps;
            var result = new Matrix<T>(ref Unsafe.Add(ref MemoryMarshal.GetReference(w.Elements<T>()), group * rows * terms), new(rows, terms), new(terms, 1));
            for (var i = 0; i < cut.Count; i++)
            {
                var (image, images, box) = cut[i];
                var patches = new Patches<T>(x, images, channels, (image * imageSize) + (group * (imageSize / groups)), imageSize, box);
                var tables = new OffsetTables(terms + (2 * images * box.Places));
                var (deep, down, across) = (box.Deep, box.Down, box.Across);
                var (line, slab) = (axes.Across.Places, axes.Across.Places * axes.Down.Places);
                var start = (((image * groups) + group) * rows * places) + (deep.FirstResult * slab) + (down.FirstResult * line) + across.FirstResult;
                var columns = new Grid((images, deep.Places, down.Places, across.Places), (y.Shape[1] * places, slab, line, 1));
                var gradient = new Matrix<T>(ref Unsafe.Add(ref MemoryMarshal.GetReference(y.Elements<T>()), start), new(rows, places), columns.ToAxis(ref tables));
                MatrixProduct.Multiply(gradient, patches.ToMatrix(ref tables).Transposed, result, add: i > 0);
                tables.Release();
                patches.Release();
            }
        }
    }
}
