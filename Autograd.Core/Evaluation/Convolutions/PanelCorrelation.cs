using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>Sums over windows of many results, whose weights are packed once: sums [places, results] = patches [places, channels · taps] × weights [channels · taps, results]. Places are read where they lie,
/// in runs that fit the lines of the image, so that no size of an image leaves anything over. As <see cref="Correlation"/>, for each group of channels and box of places.</summary>
internal static class PanelCorrelation
{
    /// <summary>Elements of the patches of a box: they stay in the second-level cache.</summary>
    private const int ElementsOfBox = 65536;

    /// <summary>Places of a box.</summary>
    private const int MostPlaces = 2048;
    private const int LeastPlaces = 128;

    /// <summary>Pieces of work for each thread, if there is room for so many; and of whole images, which have no margins in common.</summary>
    private const int PiecesOfThread = 2;
    private const int ImagePiecesOfThread = 8;

    private const int LeastRows = 8;
    private const int LeastTerms = 8;

    /// <summary>Places of an image whose windows of one element a matrix product reads where they lie, with little left over.</summary>
    private const int PlacesInPlace = 512;

    /// <summary>Whether there are enough results to fill registers, and sums are long enough to pay for turning them.</summary>
    public static bool Suits(int rows, int terms, in WindowAxes axes)
        => rows >= LeastRows && terms is >= LeastTerms and <= MatrixProduct.LongestSum && axes.Across.Places > 1 && !(axes.IsOneProduct && axes.Places >= PlacesInPlace);

    /// <summary>As <see cref="Correlation"/>.</summary>
    public static void Run<T>(Tensor source, Tensor weights, Tensor result, int groups, in WindowAxes axes, in WeightPlaces places)
        where T : unmanaged, INumber<T>
    {
        var panels = new PanelWeights<T>(weights, groups, result.Shape[1] / groups, source.Shape[1] / groups, axes, places);
        var work = new Pieces<T>(source, panels, result, groups, axes);
        Workers.Do(work.Count, work, work.Together);
        panels.Release();
    }

    /// <summary>All boxes of all groups; where these are few, each for some of the panels.</summary>
    private readonly struct Pieces<T> : IWork
        where T : unmanaged, INumber<T>
    {
        private readonly Tensor source;
        private readonly PanelWeights<T> weights;
        private readonly Tensor result;
        private readonly WindowAxes axes;
        private readonly int groups;
        private readonly BoxCut cut;
        private readonly int parts;

        public Pieces(Tensor source, in PanelWeights<T> weights, Tensor result, int groups, in WindowAxes axes)
        {
            (this.source, this.weights, this.result, this.groups, this.axes) = (source, weights, result, groups, axes);

            // A sum's bits do not depend on its box, so that every thread can have one.
            var places = Math.Clamp(ElementsOfBox / (source.Shape[1] / groups), LeastPlaces, MostPlaces);
            var pieces = PiecesOfThread * Threads.Count;
            if (Threads.Count > 1)
            {
                var all = (long)groups * source.Shape[0] * axes.Places;
                var few = Math.Max(Math.Min(axes.Places, all / pieces), all / (ImagePiecesOfThread * Threads.Count));
                places = (int)Math.Clamp(few, LeastPlaces, places);
            }

            cut = new(source.Shape[0], axes, places);
            parts = Threads.Count == 1 ? 1 : Math.Clamp(pieces / (groups * cut.Count), 1, weights.Count);
        }

        public int Count => groups * cut.Count * parts;

        public int Together => cut.Together((long)source.Shape[1] / groups * axes.Taps * (result.Shape[1] / groups) / parts);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            (index, var part) = Math.DivRem(index, parts);
            var (group, number) = Math.DivRem(index, cut.Count);
            var (image, images, box) = cut[number];
            var (channels, rows) = (source.Shape[1] / groups, result.Shape[1] / groups);
            var (imageSize, line) = (source.ElementCount / source.Shape[0], box.Across.Places);
            var length = WindowProduct.RunLength(line);
            var (runsOfLine, step) = (((line - 1) / length) + 1, box.Across.Step % 2 == 0 ? 2 : 1);
            var patches = new Patches<T>(source, images, channels, (image * imageSize) + (group * (imageSize / groups)), imageSize, box, (runsOfLine * length) - line, step);
            var runCount = images * box.Deep.Places * box.Down.Places * runsOfLine;
            var tables = new OffsetTables(runCount + (channels * box.Taps));
            var runs = patches.ColumnRuns(ref tables, runsOfLine, length);
            var lines = patches.RowTable(ref tables);
            var sums = Allocate.Tensor(Shape.Create([(runCount + 1) * length * WindowProduct.PanelColumns<T>(rows)]), result.DType);
            for (var panel = weights.Count * part / parts; panel < weights.Count * (part + 1) / parts; panel++)
            {
                ref var b = ref weights.Panel(group, panel, out var row, out var count, out var width);
                ref var c = ref MemoryMarshal.GetReference(sums.Elements<T>());
                WindowProduct.Multiply(ref patches.Origin, runs, length, step, lines, ref b, width, ref c, add: false);
                TurnedResult.Store(ref c, width, runsOfLine * length, result, image, images, (group * rows) + row, count, 1, box);
            }

            sums.Release();
            tables.Release();
            patches.Release();
        }
    }
}
