using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The gradient of the weights of many groups of few channels: groups lie side by side in registers.</summary>
/// <remarks>Sums are chains over the places of a box, which are added up for each part of the images, and these in turn: bits do not depend on the number of threads.</remarks>
internal static class DepthwiseWeights
{
    /// <summary>Places of a box: chains that are not too long, and what stays in the second-level cache.</summary>
    private const int PlacesOfBox = 1024;

    /// <summary>The most parts of the sums.</summary>
    private const int MostParts = 8;

    /// <summary>Floating-point operations that are worth a thread's while.</summary>
    private const long WorkOfTurn = 1_000_000;

    /// <summary>W ← the sum over the places of Y times what the window meets there in X.</summary>
    public static void Compute<T>(Tensor x, Tensor y, Tensor w, int groups, in WindowAxes axes)
        where T : unmanaged, INumber<T>
    {
        var work = new Parts<T>(x, y, w, groups, axes);
        var operations = 2L * w.ElementCount * x.Shape[0] * axes.Places / work.Count;
        Workers.Do(work.Count, work, (int)Math.Clamp(WorkOfTurn / Math.Max(1, operations), 1, work.Count));
        work.AddUp(w);
    }

    /// <summary>Parts of the sums of registers of groups.</summary>
    private readonly struct Parts<T> : IWork
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
        private readonly int width;
        private readonly int parts;

        public Parts(Tensor x, Tensor y, Tensor w, int groups, in WindowAxes axes)
        {
            (this.x, this.y, this.groups, this.axes, channels, rows) = (x, y, groups, axes, w.Shape[1], w.Shape[0] / groups);
            cut = new(x.Shape[0], axes, PlacesOfBox);
            width = LaneCorrelation.Width<T>(groups);
            parts = Math.Min(MostParts, cut.Count);
            sums = Allocate.Zeros(Shape.Create([((groups - 1) / width) + 1, parts, rows, channels, axes.Taps * width]), w.DType);
        }

        public int Count => sums.Shape[0] * parts;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            var (block, part) = Math.DivRem(index, parts);
            var (group, terms) = (block * width, axes.Taps * width);
            var count = Math.Min(width, groups - group);
            var first = (int)((long)cut.Count * part / parts);
            var end = (int)((long)cut.Count * (part + 1) / parts);
            var chain = Allocate.Tensor(Shape.Create([terms]), sums.DType);
            for (var number = first; number < end; number++)
            {
                var (image, images, box) = cut[number];
                var results = new WindowAxes(box.Deep.Results(axes.Deep.Places), box.Down.Results(axes.Down.Places), box.Across.Results(axes.Across.Places));
                for (var channel = 0; channel < channels; channel++)
                {
                    var windows = new ChannelsLast<T>(x, image, images, (group * channels) + channel, count, box, width, channels);
                    var tables = new OffsetTables(box.Taps);
                    var places = windows.Places(box);
                    var taps = windows.TapTable(box, ref tables);
                    for (var row = 0; row < rows; row++)
                    {
                        var gradient = new ChannelsLast<T>(y, image, images, (group * rows) + row, count, results, width, rows);
                        chain.Elements<T>().Clear();
                        for (var i = 0; i < images; i++)
                        {
                            for (var z = 0; z < box.Deep.Places; z++)
                            {
                                for (var down = 0; down < box.Down.Places; down++)
                                {
                                    ref var factors = ref Unsafe.Add(ref gradient.Origin(results), gradient.Places(results).Place(i, z, down));
                                    ref var line = ref Unsafe.Add(ref windows.Origin(box), places.Place(i, z, down));
                                    LaneCorrelation.Add(ref factors, taps, ref line, places.Step, ref MemoryMarshal.GetReference(chain.Elements<T>()), box.Across.Places, width);
                                }
                            }
                        }

                        var sum = Sums(block, part, row, channel);
                        TensorPrimitives.Add(sum, chain.Elements<T>(), sum);
                        gradient.Release();
                    }

                    tables.Release();
                    windows.Release();
                }
            }

            chain.Release();
        }

        /// <summary>W[o, c, k] = Σ sums[part].</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void AddUp(Tensor w)
        {
            var weights = w.Elements<T>();
            for (var group = 0; group < groups; group++)
            {
                var (block, lane) = Math.DivRem(group, width);
                for (var row = 0; row < rows; row++)
                {
                    for (var channel = 0; channel < channels; channel++)
                    {
                        for (var tap = 0; tap < axes.Taps; tap++)
                        {
                            var sum = T.Zero;
                            for (var part = 0; part < parts; part++)
                            {
                                sum += Sums(block, part, row, channel)[(tap * width) + lane];
                            }

                            weights[(((((group * rows) + row) * channels) + channel) * axes.Taps) + tap] = sum;
                        }
                    }
                }
            }

            sums.Release();
        }

        private Span<T> Sums(int block, int part, int row, int channel)
            => sums.Elements<T>().Slice(((((((block * parts) + part) * rows) + row) * channels) + channel) * axes.Taps * width, axes.Taps * width);
    }
}
