using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>Sums over windows as matrix products: results [rows, places] = weights [rows, channels · taps] × patches [channels · taps, places], for each group of channels and box of places.
/// A convolution is one of these, its adjoint is one for each remainder modulo the stride.</summary>
internal static class Correlation
{
    /// <summary>Places of a box, if there are so many: enough that packing the weights does not count, few enough that its patches stay in the second-level cache.</summary>
    private const int PlacesOfBox = 1024;

    /// <summary>Places of a box at least, and boxes for each thread if there is room for so many.</summary>
    private const int LeastPlaces = 128;
    private const int BoxesOfThread = 2;

    /// <summary>Y ← the convolution of X with W.</summary>
    public static void Convolve<T>(Tensor x, Tensor w, Tensor y, ConvolutionShape shape)
        where T : unmanaged, INumber<T>
    {
        var taps = shape[0].Kernel * shape[1].Kernel * shape[2].Kernel;
        Run<T>(x, w, y, shape, [new(shape[0].Windows, shape[1].Windows, shape[2].Windows)], w.Shape[1] * taps, taps);
    }

    /// <summary>X ← the adjoint of that, applied to Y.</summary>
    public static void Adjoin<T>(Tensor y, Tensor w, Tensor x, ConvolutionShape shape)
        where T : unmanaged, INumber<T>
    {
        var taps = shape[0].Kernel * shape[1].Kernel * shape[2].Kernel;
        var phases = new List<WindowAxes>();
        for (var deep = 0; deep < shape[0].Stride; deep++)
        {
            for (var down = 0; down < shape[1].Stride; down++)
            {
                for (var across = 0; across < shape[2].Stride; across++)
                {
                    phases.Add(new(shape[0].AdjointWindows(deep), shape[1].AdjointWindows(down), shape[2].AdjointWindows(across)));
                }
            }
        }

        Run<T>(y, w, x, shape, [.. phases], taps, w.Shape[1] * taps);
    }

    private static void Run<T>(Tensor source, Tensor weights, Tensor result, ConvolutionShape shape, WindowAxes[] phases, int rowStride, int channelStride)
        where T : unmanaged, INumber<T>
    {
        phases = Array.FindAll(phases, axes => !axes.IsEmpty);
        if (phases.Length == 0 || source.Shape[0] == 0 || source.Shape[1] == 0 || result.Shape[1] == 0)
        {
            return;
        }

        var places = new WeightPlaces(rowStride, channelStride, shape[1].Kernel * shape[2].Kernel, shape[2].Kernel);
        var (rows, channels) = (result.Shape[1] / shape.Groups, source.Shape[1] / shape.Groups);
        if (DepthwiseCorrelation.Suits(shape.Groups, rows, channels, phases[0].Taps))
        {
            DepthwiseCorrelation.Run<T>(source, weights, result, shape.Groups, phases, places, shape.CoversAll);
            return;
        }

        foreach (var axes in phases)
        {
            if (PanelCorrelation.Suits(rows, channels * axes.Taps, axes))
            {
                PanelCorrelation.Run<T>(source, weights, result, shape.Groups, axes, places);
                continue;
            }

            var work = new Boxes<T>(source, weights, result, shape.Groups, axes, places);
            Workers.Do(work.Count, work, work.Together);
        }
    }

    /// <summary>All boxes of all groups.</summary>
    private readonly struct Boxes<T> : IWork
        where T : unmanaged, INumber<T>
    {
        private readonly Tensor source;
        private readonly Tensor weights;
        private readonly Tensor result;
        private readonly WindowAxes axes;
        private readonly int groups;
        private readonly WeightPlaces weightPlaces;
        private readonly BoxCut cut;

        public Boxes(Tensor source, Tensor weights, Tensor result, int groups, in WindowAxes axes, in WeightPlaces weightPlaces)
        {
            (this.source, this.weights, this.result, this.groups, this.axes, this.weightPlaces) = (source, weights, result, groups, axes, weightPlaces);

            // A sum's bits do not depend on its box, so that every thread can have one.
            var all = (long)groups * source.Shape[0] * axes.Places;
            var places = Threads.Count == 1 ? PlacesOfBox : (int)Math.Clamp(all / (BoxesOfThread * Threads.Count), LeastPlaces, PlacesOfBox);
            cut = new(source.Shape[0], axes, places);
        }

        public int Count => groups * cut.Count;

        public int Together => cut.Together((long)source.Shape[1] / groups * axes.Taps * (result.Shape[1] / groups));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            var (group, part) = Math.DivRem(index, cut.Count);
            var (image, images, box) = cut[part];
            var (channels, rows) = (source.Shape[1] / groups, result.Shape[1] / groups);
            var imageSize = source.Shape.ElementCount / source.Shape[0];
            var patches = new Patches<T>(source, images, channels, (image * imageSize) + (group * (imageSize / groups)), imageSize, box, wholeLines: true);
            var sums = new BoxResult<T>(result, image, images, group * rows, rows, box, patches.LineLength);
            var tables = new OffsetTables((2 * channels * box.Taps) + patches.Count);
            MatrixProduct.Multiply(Weights(group, rows, channels, box, ref tables), patches.ToMatrix(ref tables), sums.ToMatrix());
            sums.Store();
            tables.Release();
            patches.Release();
        }

        private Matrix<T> Weights(int group, int rows, int channels, in WindowAxes box, ref OffsetTables tables)
        {
            var start = weightPlaces.Start(group * (weights.ElementCount / groups), box);
            return new(ref Unsafe.Add(ref MemoryMarshal.GetReference(weights.Elements<T>()), start), new(rows, weightPlaces.RowStride), weightPlaces.Grid(channels, box).ToAxis(ref tables));
        }
    }
}
