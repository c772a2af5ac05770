using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The gradient of the weights of groups of few channels: inner products of lines.</summary>
internal static class DepthwiseWeights
{
    /// <summary>Places of a box: patches of one channel that stay in the cache.</summary>
    private const int PlacesOfBox = 8192;

    /// <summary>Floating-point operations that are worth a thread's while.</summary>
    private const long WorkOfTurn = 1_000_000;

    /// <summary>W ← the sum over the places of Y times what the window meets there in X.</summary>
    public static void Compute<T>(Tensor x, Tensor y, Tensor w, int groups, in WindowAxes axes)
        where T : unmanaged, INumber<T>
        => Workers.Do(groups, new Groups<T>(x, y, w, groups, axes), (int)Math.Clamp(WorkOfTurn / (2L * (w.ElementCount / groups) * x.Shape[0] * axes.Places), 1, groups));

    private readonly struct Groups<T>(Tensor x, Tensor y, Tensor w, int groups, WindowAxes axes) : IWork
        where T : unmanaged, INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int group)
        {
            var cut = new BoxCut(x.Shape[0], axes, PlacesOfBox);
            var (channels, rows) = (x.Shape[1] / groups, y.Shape[1] / groups);
            var (imageSize, steps) = (x.ElementCount / x.Shape[0], Strides.Of(y));
            var terms = channels * axes.Taps;
            var sums = w.Elements<T>().Slice(group * rows * terms, rows * terms);
            sums.Clear();
            for (var index = 0; index < cut.Count; index++)
            {
                var (image, images, box) = cut[index];
                var patches = new Patches<T>(x, images, channels, (image * imageSize) + (group * (imageSize / groups)), imageSize, box);
                var tables = new OffsetTables(terms);
                var places = patches.RowTable(ref tables);
                for (var i = 0; i < images; i++)
                {
                    for (var row = 0; row < rows; row++)
                    {
                        for (var z = 0; z < box.Deep.Places; z++)
                        {
                            ref var line = ref Unsafe.Add(ref MemoryMarshal.GetReference(y.Elements<T>()), ((image + i) * steps.Image) + (((group * rows) + row) * steps.Plane) + steps.Place(box, z, 0));
                            LineCorrelation.AddInner(ref line, ref patches.Line(i, z, 0), places, sums.Slice(row * terms, terms), box.Down.Places, box.Across.Places, steps.Line, patches.LineStep);
                        }
                    }
                }

                tables.Release();
                patches.Release();
            }
        }
    }
}
