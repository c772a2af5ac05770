using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The sums over all places that make the gradient of the weights: W [rows, taps · channels] = Y [rows, places] × patches [places, taps · channels] for each group of channels, of an image whose channels are innermost,
/// so that what a window meets at a place is contiguous.</summary>
/// <remarks>Sums are cut into parts and boxes by the sizes alone, and parts are added up in turn: bits do not depend on the number of threads.</remarks>
internal static class WeightCorrelation
{
    /// <summary>Places of a box.</summary>
    private const int PlacesOfBox = 1024;

    /// <summary>Terms of a sum that pay for a part of their own: fewer where the sums stay in the second-level cache until they are added up.</summary>
    private const int PlacesOfPart = 2048;
    private const int PlacesOfSmallPart = 512;
    private const int SmallWeights = 65536;

    /// <summary>The most parts; of several groups, about as many together: enough to share them evenly.</summary>
    private const int MostParts = 8;

    /// <summary>Rows that a piece of work has at least, whole tiles of the product.</summary>
    private const int RowGrain = 24;

    /// <summary>Floating-point operations from which several threads pay.</summary>
    private const long ParallelWork = 2_000_000;

    /// <summary>W ← the sum over the places of Y times what the window meets there in X.</summary>
    public static void Compute<T>(Tensor x, Tensor y, Tensor w, ConvolutionShape shape)
        where T : unmanaged, INumber<T>
    {
        if (w.ElementCount == 0)
        {
            return;
        }

        if (x.ElementCount == 0 || y.ElementCount == 0)
        {
            w.Elements<T>().Clear();
            return;
        }

        var axes = new WindowAxes(shape[0].Windows, shape[1].Windows, shape[2].Windows);
        if (DepthwiseCorrelation.Suits(shape.Groups, w.Shape[0] / shape.Groups, w.Shape[1], axes.Taps))
        {
            DepthwiseWeights.Compute<T>(x, y, w, shape.Groups, axes);
            return;
        }

        var parts = Parts(w, x.Shape[0] * axes.Places, shape.Groups);
        if (PanelWeightCorrelation.Suits(w.Shape[0] / shape.Groups, w.Shape[1], axes))
        {
            PanelWeightCorrelation.Compute<T>(x, y, w, shape.Groups, parts, axes);
            return;
        }

        var cut = new BoxCut(x.Shape[0], axes, PlacesOfBox, parts);
        parts = Math.Min(parts, cut.Count);
        var sums = Allocate.Tensor(Shape.Create([parts, w.ElementCount]), w.DType);
        var work = new Pieces<T>(x, y, w, sums, shape.Groups, axes, cut);
        if (2L * w.ElementCount * x.Shape[0] * axes.Places < ParallelWork)
        {
            for (var i = 0; i < work.Count; i++)
            {
                work.Do(i);
            }
        }
        else
        {
            Workers.Do(work.Count, work);
        }

        AddUp<T>(sums, w, axes.Taps);
        sums.Release();
    }

    /// <summary>How many parts the sums over all places are cut into, at most: a power of two, for threads to have equally many.</summary>
    private static int Parts(Tensor w, int places, int groups)
    {
        var wanted = places / (w.ElementCount <= SmallWeights ? PlacesOfSmallPart : PlacesOfPart);
        return (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(wanted, 1, ((MostParts - 1) / groups) + 1));
    }

    /// <summary>W[o, c, k] = Σ sums[part, o, k, c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddUp<T>(Tensor sums, Tensor w, int taps)
        where T : unmanaged, INumber<T>
    {
        var terms = sums.Elements<T>();
        var total = w.Elements<T>();
        var sum = terms[..total.Length];
        for (var part = 1; part < sums.Shape[0]; part++)
        {
            TensorPrimitives.Add(sum, terms.Slice(part * total.Length, total.Length), sum);
        }

        var channels = w.Shape[1];
        for (var row = 0; row < total.Length; row += taps * channels)
        {
            for (var tap = 0; tap < taps; tap++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    total[row + (channel * taps) + tap] = sum[row + (tap * channels) + channel];
                }
            }
        }
    }

    /// <summary>Parts of the sums of some rows of a group.</summary>
    private readonly struct Pieces<T> : IWork
        where T : unmanaged, INumber<T>
    {
        private readonly Tensor x;
        private readonly Tensor y;
        private readonly Tensor sums;
        private readonly WindowAxes axes;
        private readonly BoxCut cut;
        private readonly int groups;
        private readonly int channels;
        private readonly int rows;
        private readonly int rowsOfPiece;
        private readonly int blocks;

        public Pieces(Tensor x, Tensor y, Tensor w, Tensor sums, int groups, in WindowAxes axes, in BoxCut cut)
        {
            (this.x, this.y, this.sums, this.groups, this.axes, this.cut) = (x, y, sums, groups, axes, cut);
            (channels, rows) = (w.Shape[1], w.Shape[0] / groups);
            var wanted = Math.Max(1, 2 * Threads.Count / (groups * sums.Shape[0]));
            rowsOfPiece = Threads.Count == 1 ? rows : Math.Min(rows, Math.Max(1, rows / wanted / RowGrain) * RowGrain);
            blocks = ((rows - 1) / rowsOfPiece) + 1;
        }

        public int Count => groups * sums.Shape[0] * blocks;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            (index, var block) = Math.DivRem(index, blocks);
            var (group, part) = Math.DivRem(index, sums.Shape[0]);
            var (row, parts, terms) = (block * rowsOfPiece, sums.Shape[0], axes.Taps * channels);
            var height = Math.Min(rowsOfPiece, rows - row);
            var origin = (((part * groups) + group) * rows) + row;
            var result = new Matrix<T>(ref Unsafe.Add(ref MemoryMarshal.GetReference(sums.Elements<T>()), origin * terms), new(height, terms), new(terms, 1));
            var first = (int)((long)cut.Count * part / parts);
            var end = (int)((long)cut.Count * (part + 1) / parts);
            for (var i = first; i < end; i++)
            {
                var (image, images, box) = cut[i];
                var windows = new ChannelsLast<T>(x, image, images, group * channels, channels, box);
                var tables = new OffsetTables(terms + (images * box.Places));
                var gradient = new PlacesOf<T>(y, image, images, (group * rows) + row, height, axes, box);
                MatrixProduct.Multiply(gradient.ToMatrix(), windows.ToMatrix(ref tables), result, add: i > first);
                tables.Release();
                gradient.Release();
                windows.Release();
            }
        }
    }
}
