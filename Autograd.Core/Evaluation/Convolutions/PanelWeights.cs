using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The weights of a convolution in panels that <see cref="WindowProduct"/> reads: for each group and each few of its results, a line of their weights for each channel and tap.</summary>
internal readonly struct PanelWeights<T>
    where T : unmanaged
{
    /// <summary>Elements that are worth a thread's while.</summary>
    private const int ElementsOfTurn = 65536;

    private readonly Tensor packed;
    private readonly int rows;
    private readonly int terms;
    private readonly int width;

    /// <param name="weights">The weights.</param>
    /// <param name="groups">Groups of results.</param>
    /// <param name="rows">Results of a group.</param>
    /// <param name="channels">Channels of a group.</param>
    /// <param name="axes">Which elements of the window there are.</param>
    /// <param name="places">Where the weights lie.</param>
    public PanelWeights(Tensor weights, int groups, int rows, int channels, in WindowAxes axes, in WeightPlaces places)
    {
        this.rows = rows;
        (terms, width) = (channels * axes.Taps, WindowProduct.PanelColumns<T>(rows));
        Count = ((rows - 1) / width) + 1;
        packed = Allocate.Tensor(Shape.Create([groups * Count, terms, width]), weights.DType);
        var work = new EachPanel(this, weights, groups, channels, axes, places);
        Workers.Do(work.Count, work, work.Together);
    }

    /// <summary>Panels of a group.</summary>
    public int Count { get; }

    /// <summary>Panel <paramref name="panel"/> of a group: its first result, how many, and its weights.</summary>
    public ref T Panel(int group, int panel, out int row, out int count, out int columns)
    {
        row = panel * width;
        count = Math.Min(width, rows - row);
        columns = WindowProduct.PanelColumns<T>(count);
        return ref packed.Elements<T>()[((group * Count) + panel) * terms * width];
    }

    /// <summary>Gives the memory back.</summary>
    public void Release() => packed.Release();

    /// <summary>Packs each panel of each group.</summary>
    private readonly struct EachPanel(PanelWeights<T> panels, Tensor weights, int groups, int channels, WindowAxes axes, WeightPlaces places) : IWork
    {
        public int Count => groups * panels.Count;

        public int Together => Math.Max(1, ElementsOfTurn / (panels.terms * panels.width));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            var (group, panel) = Math.DivRem(index, panels.Count);
            var tables = new OffsetTables(axes.Taps);
            var taps = places.Grid(1, axes).ToAxis(ref tables);
            var start = places.Start(group * (weights.ElementCount / groups), axes);
            ref var to = ref panels.Panel(group, panel, out var row, out var count, out var columns);
            for (var channel = 0; channel < channels; channel++)
            {
                ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights.Elements<T>()), start + (channel * places.ChannelStride));
                Packing.Pack(new Matrix<T>(ref from, new(panels.rows, places.RowStride), taps), row, count, columns, 0, axes.Taps, ref Unsafe.Add(ref to, channel * axes.Taps * columns));
            }

            tables.Release();
        }
    }
}
