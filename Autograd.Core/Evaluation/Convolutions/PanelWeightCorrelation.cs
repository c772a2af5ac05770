using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The sums over places that make the gradient of the weights of many results: W [channels · taps, results] = patches [channels · taps, places] × Y [places, results]. What a line of the window meets
/// lies together, and is read there. As <see cref="WeightCorrelation"/>, for each group of channels.</summary>
internal static class PanelWeightCorrelation
{
    /// <summary>Elements of the patches of a box, which stay in the second-level cache, and its places.</summary>
    private const int ElementsOfBox = 65536;
    private const int LeastPlaces = 1024;
    private const int MostPlaces = 8192;

    /// <summary>Results that fill registers.</summary>
    private const int EnoughRows = 12;

    /// <summary>Channels that do not.</summary>
    private const int FewChannels = 8;

    /// <summary>Pieces of work for each thread, if there is room for so many.</summary>
    private const int PiecesOfThread = 4;

    /// <summary>Elements of sums that are worth a thread's while to add up.</summary>
    private const int ElementsOfTurn = 65536;

    /// <summary>Whether the window has lines, and there are enough results to fill registers, or too few channels for them to do so.</summary>
    public static bool Suits(int rows, int channels, in WindowAxes axes) => axes.Across.Taps > 1 && axes.Across.Spacing <= 2 && (rows >= EnoughRows || channels < FewChannels);

    /// <summary>W ← the sum over the places of Y times what the window meets there in X.</summary>
    /// <param name="x">X.</param>
    /// <param name="y">Y.</param>
    /// <param name="w">W.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="parts">Into how many parts the sums are cut, at most.</param>
    /// <param name="axes">The three spatial dimensions.</param>
    public static void Compute<T>(Tensor x, Tensor y, Tensor w, int groups, int parts, in WindowAxes axes)
        where T : unmanaged, INumber<T>
    {
        var work = new Pieces<T>(x, y, w, groups, parts, axes);
        Workers.Do(work.Count, work, work.Together);
        work.AddUp(w);
    }

    /// <summary>Parts of the sums, for some of the panels of results.</summary>
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
        private readonly int results;
        private readonly int parts;
        private readonly int width;
        private readonly int panels;
        private readonly int blocks;
        private readonly int length;
        private readonly int runsOfLine;

        public Pieces(Tensor x, Tensor y, Tensor w, int groups, int parts, in WindowAxes axes)
        {
            (this.x, this.y, this.groups, this.axes, channels, results) = (x, y, groups, axes, w.Shape[1], w.Shape[0] / groups);
            cut = new(x.Shape[0], axes, Math.Clamp(ElementsOfBox / channels, LeastPlaces, MostPlaces), parts);
            this.parts = Math.Min(parts, cut.Count);
            width = WindowProduct.PanelColumns<T>(results);
            panels = ((results - 1) / width) + 1;
            blocks = Threads.Count == 1 ? 1 : Math.Clamp(PiecesOfThread * Threads.Count / (groups * this.parts), 1, panels);
            length = WindowProduct.RunLength(axes.Across.Taps);
            runsOfLine = ((axes.Across.Taps - 1) / length) + 1;
            var runs = channels * axes.Deep.Taps * axes.Down.Taps * runsOfLine;
            sums = Allocate.Tensor(Shape.Create([groups, this.parts, panels, (runs + 1) * length, width]), w.DType);
        }

        public int Count => groups * parts * blocks;

        public int Together => cut.Together((long)channels * axes.Taps * results * cut.Count / (parts * blocks));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            (index, var block) = Math.DivRem(index, blocks);
            var (group, part) = Math.DivRem(index, parts);
            var (first, end) = ((int)((long)cut.Count * part / parts), (int)((long)cut.Count * (part + 1) / parts));
            var imageSize = x.ElementCount / x.Shape[0];
            for (var i = first; i < end; i++)
            {
                var (image, images, box) = cut[i];
                var start = (image * imageSize) + (group * (imageSize / groups));
                var patches = new Patches<T>(x, images, channels, start, imageSize, box, (runsOfLine * length) - box.Across.Taps, box.Across.Step);
                var places = images * box.Places;
                var tables = new OffsetTables(sums.Shape[3] + places);
                var runs = patches.RowRuns(ref tables, runsOfLine, length);
                var lines = patches.ColumnTable(ref tables);
                var depth = MatrixProduct.ChainLength(places);
                var chain = Allocate.Tensor(Shape.Create([depth * width]), y.DType);
                ref var b = ref MemoryMarshal.GetReference(chain.Elements<T>());
                for (var panel = panels * block / blocks; panel < panels * (block + 1) / blocks; panel++)
                {
                    var count = Math.Min(width, results - (panel * width));
                    var columns = WindowProduct.PanelColumns<T>(count);
                    for (var place = 0; place < places; place += depth)
                    {
                        // A chain is packed while the first-level cache holds it.
                        var terms = Math.Min(depth, places - place);
                        Pack(ref b, image, place, terms, (group * results) + (panel * width), count, columns, box);
                        WindowProduct.Multiply(ref patches.Origin, runs, length, box.Across.Spacing, lines.Slice(place, terms), ref b, columns, ref Sums(group, part, panel), add: i > first || place > 0);
                    }
                }

                chain.Release();
                tables.Release();
                patches.Release();
            }
        }

        /// <summary>W[o, c, k] = Σ sums[part, c, k, o].</summary>
        public void AddUp(Tensor w)
        {
            var work = new Totals(this, w);
            Workers.Do(groups * panels, work, Math.Max(1, ElementsOfTurn / (parts * sums.Shape[3] * width)));
            sums.Release();
        }

        private ref T Sums(int group, int part, int panel) => ref sums.Elements<T>()[((((group * parts) + part) * panels) + panel) * sums.Shape[3] * width];

        /// <summary>Some of Y's places in a box, a line of results for each.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Pack(ref T to, int image, int place, int count, int result, int results, int columns, in WindowAxes box)
        {
            var steps = Strides.Of(y);
            while (count > 0)
            {
                var (i, first) = Math.DivRem(place, box.Places);
                var terms = Math.Min(count, box.Places - first);
                ref var from = ref y.Elements<T>()[((image + i) * steps.Image) + (result * steps.Plane) + steps.Place(box, 0, 0) + first];
                Packing.Pack(new Matrix<T>(ref from, new(results, steps.Plane), new(terms, 1)), 0, results, columns, 0, terms, ref to);
                to = ref Unsafe.Add(ref to, terms * columns);
                (place, count) = (place + terms, count - terms);
            }
        }

        /// <summary>Adds the parts up for each panel of results of each group.</summary>
        private readonly struct Totals(Pieces<T> pieces, Tensor w) : IWork
        {
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public void Do(int index)
            {
                var (group, panel) = Math.DivRem(index, pieces.panels);
                var (axes, width, rowsOfLine) = (pieces.axes, pieces.width, pieces.runsOfLine * pieces.length);
                var (taps, lines) = (axes.Across.Taps, pieces.channels * axes.Deep.Taps * axes.Down.Taps);
                var count = Math.Min(width, pieces.results - (panel * width));
                var columns = WindowProduct.PanelColumns<T>(count);
                ref var total = ref pieces.Sums(group, 0, panel);
                for (var part = 1; part < pieces.parts; part++)
                {
                    var all = MemoryMarshal.CreateSpan(ref total, pieces.sums.Shape[3] * columns);
                    TensorPrimitives.Add(all, MemoryMarshal.CreateReadOnlySpan(ref pieces.Sums(group, part, panel), all.Length), all);
                }

                // Lines of the window that runs leave nothing over of follow one another, here and there.
                var (blocks, rows) = rowsOfLine == taps ? (1, lines * taps) : (lines, taps);
                var to = w.Elements<T>().Slice(((group * pieces.results) + (panel * width)) * lines * taps);
                for (var block = 0; block < blocks; block++)
                {
                    var sums = new Matrix<T>(ref Unsafe.Add(ref total, block * rowsOfLine * columns), new(rows, columns), new(count, 1));
                    Transposition.Copy(sums, 0, rows, lines * taps, 0, count, ref to[block * taps]);
                }
            }
        }
    }
}
