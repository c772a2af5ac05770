using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>Convolutions of many groups of few channels, and their adjoints: groups lie side by side in registers.</summary>
internal static class DepthwiseCorrelation
{
    /// <summary>Places of a box: patches of a register of channels that stay in the second-level cache.</summary>
    private const int PlacesOfBox = 4096;

    /// <summary>The most pairs of a channel and a result in a group.</summary>
    private const int MostPairs = 4;

    /// <summary>Whether groups are many and small.</summary>
    public static bool Suits(int groups, int rows, int channels, int taps) => groups > 1 && rows * channels <= MostPairs && channels * taps <= MatrixProduct.LongestChain;

    /// <summary>As <see cref="Correlation"/>: what all <paramref name="phases"/> make, which lie side by side, is stored at once.</summary>
    public static void Run<T>(Tensor source, Tensor weights, Tensor result, int groups, WindowAxes[] phases, in WeightPlaces places, bool coversAll)
        where T : unmanaged, INumber<T>
    {
        var work = new Boxes<T>(source, weights, result, groups, phases, places, coversAll);
        Workers.Do(work.Count, work, work.Together);
    }

    /// <summary>All boxes of all registers of groups; where there are several phases, whole images.</summary>
    private readonly struct Boxes<T> : IWork
        where T : unmanaged, INumber<T>
    {
        private readonly Tensor source;
        private readonly Tensor weights;
        private readonly Tensor result;
        private readonly int groups;
        private readonly WindowAxes[] phases;
        private readonly WeightPlaces places;
        private readonly bool isDense;
        private readonly bool coversAll;
        private readonly BoxCut cut;
        private readonly int width;
        private readonly int channels;
        private readonly int rows;

        public Boxes(Tensor source, Tensor weights, Tensor result, int groups, WindowAxes[] phases, in WeightPlaces places, bool coversAll)
        {
            (this.source, this.weights, this.result, this.groups, this.phases, this.places, this.coversAll) = (source, weights, result, groups, phases, places, coversAll);
            isDense = phases.Length == 1 && phases[0].IsDense;
            (width, channels, rows) = (LaneCorrelation.Width<T>(groups), source.Shape[1] / groups, result.Shape[1] / groups);
            cut = isDense ? new(source.Shape[0], phases[0], PlacesOfBox) : new(source.Shape[0], WindowAxes.Of(result), 1, wholeImages: true);
        }

        public int Count => cut.Count * (((groups - 1) / width) + 1);

        public int Together => cut.Together((long)channels * phases[0].Taps * rows * width);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            var (block, number) = Math.DivRem(index, cut.Count);
            var (image, images, box) = cut[number];
            var group = block * width;
            var (count, size) = (Math.Min(width, groups - group), images * box.Places * width);
            var sums = Allocate.Tensor(Shape.Create([rows * size]), result.DType);
            if (!isDense && !coversAll)
            {
                sums.Elements<T>().Clear();
            }

            var all = isDense ? box : WindowAxes.Union(phases);
            for (var channel = 0; channel < channels; channel++)
            {
                var windows = new ChannelsLast<T>(source, image, images, (group * channels) + channel, count, all, width, channels);
                foreach (var phase in phases)
                {
                    Add(sums.Elements<T>(), windows, group, count, channel, images, box, isDense ? box : phase);
                }

                windows.Release();
            }

            for (var row = 0; row < rows; row++)
            {
                TurnedResult.Store(ref sums.Elements<T>()[row * size], width, box.Across.Places, result, image, images, (group * rows) + row, count, rows, box);
            }

            sums.Release();
        }

        /// <summary>The sums of those places of a box that belong to a phase, over one channel of each group.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Add(Span<T> sums, in ChannelsLast<T> windows, int group, int count, int channel, int images, in WindowAxes box, in WindowAxes phase)
        {
            var packed = Allocate.Tensor(Shape.Create([phase.Taps * width]), result.DType);
            ref var factors = ref MemoryMarshal.GetReference(packed.Elements<T>());
            var (pitch, stride) = (phase.Across.ResultStep * width, weights.ElementCount / groups);
            var tables = new OffsetTables(2 * phase.Taps);
            var taps = windows.TapTable(phase, ref tables);
            var columns = places.Grid(1, phase).ToAxis(ref tables);
            var from = windows.Places(phase);
            ref var origin = ref windows.Origin(phase);
            for (var row = 0; row < rows; row++)
            {
                var start = places.Start((group * stride) + (row * places.RowStride) + (channel * places.ChannelStride), phase);
                Packing.Pack(new Matrix<T>(ref weights.Elements<T>()[start], new(count, stride), columns), 0, count, width, 0, phase.Taps, ref factors);
                for (var i = 0; i < images; i++)
                {
                    for (var z = 0; z < phase.Deep.Places; z++)
                    {
                        for (var y = 0; y < phase.Down.Places; y++)
                        {
                            ref var to = ref sums[((((row * images) + i) * box.Places) + phase.PlaceIn(box, z, y)) * width];
                            LaneCorrelation.Multiply(ref factors, taps, ref Unsafe.Add(ref origin, from.Place(i, z, y)), from.Step, ref to, pitch, phase.Across.Places, width, add: channel > 0);
                        }
                    }
                }
            }

            tables.Release();
            packed.Release();
        }
    }
}
