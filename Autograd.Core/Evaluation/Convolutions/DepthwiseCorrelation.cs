using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>Convolutions of groups of few channels, and their adjoints, line by line: each image's group is an image of its own, and a box has several of them.</summary>
internal static class DepthwiseCorrelation
{
    /// <summary>Places of a box: patches of one channel that stay in the cache.</summary>
    private const int PlacesOfBox = 8192;

    /// <summary>The most results of a group for which a matrix product is not worth its copies.</summary>
    private const int MostRows = 2;

    /// <summary>Whether sums are few and short enough.</summary>
    public static bool Suits(int rows, int terms) => rows <= MostRows && terms <= MatrixProduct.LongestChain;

    /// <summary>As <see cref="Correlation"/>.</summary>
    public static void Run<T>(Tensor source, Tensor weights, Tensor result, int groups, in WindowAxes axes, in WeightPlaces terms)
        where T : unmanaged, INumber<T>
    {
        var work = new Boxes<T>(source, weights, result, groups, axes, terms);
        Workers.Do(work.Count, work, work.Together);
    }

    private readonly struct Boxes<T>(Tensor source, Tensor weights, Tensor result, int groups, WindowAxes axes, WeightPlaces terms) : IWork
        where T : unmanaged, INumber<T>
    {
        private readonly BoxCut cut = new(source.Shape[0] * groups, axes, PlacesOfBox);

        public int Count => cut.Count;

        public int Together => cut.Together((long)source.Shape[1] / groups * axes.Taps * (result.Shape[1] / groups));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            var (plane, planes, box) = cut[index];
            var (channels, rows) = (source.Shape[1] / groups, result.Shape[1] / groups);
            var size = source.ElementCount / (source.Shape[0] * groups);
            var patches = new Patches<T>(source, planes, channels, plane * size, size, box);
            var tables = new OffsetTables(2 * channels * box.Taps);
            var places = patches.RowTable(ref tables);
            Span<T> packed = stackalloc T[MatrixProduct.LongestChain];
            packed = packed[..places.Length];
            var line = Allocate.Tensor(Shape.Create([box.Across.Places]), result.DType);
            var steps = Strides.Of(result);
            var columns = terms.Grid(channels, box).ToAxis(ref tables);
            for (var i = 0; i < planes; i++)
            {
                for (var row = 0; row < rows; row++)
                {
                    var group = (plane + i) % groups;
                    ref var first = ref Unsafe.Add(ref MemoryMarshal.GetReference(weights.Elements<T>()), terms.Start(group * (weights.ElementCount / groups), box) + (row * terms.RowStride));
                    for (var p = 0; p < packed.Length; p++)
                    {
                        packed[p] = Unsafe.Add(ref first, columns[p]);
                    }

                    for (var z = 0; z < box.Deep.Places; z++)
                    {
                        for (var y = 0; y < box.Down.Places; y++)
                        {
                            ref var to = ref Unsafe.Add(ref MemoryMarshal.GetReference(result.Elements<T>()), ((((plane + i) * rows) + row) * steps.Plane) + steps.Place(box, z, y));
                            if (box.Across.ResultStep == 1)
                            {
                                LineCorrelation.Multiply(packed, places, ref patches.Line(i, z, y), ref to, box.Across.Places);
                            }
                            else
                            {
                                LineCorrelation.Multiply(packed, places, ref patches.Line(i, z, y), ref MemoryMarshal.GetReference(line.Elements<T>()), box.Across.Places);
                                Spread(line.Elements<T>(), ref to, box.Across.ResultStep);
                            }
                        }
                    }
                }
            }

            tables.Release();
            line.Release();
            patches.Release();
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Spread(ReadOnlySpan<T> line, ref T to, int step)
        {
            for (var i = 0; i < line.Length; i++)
            {
                Unsafe.Add(ref to, (nint)i * step) = line[i];
            }
        }
    }
}
