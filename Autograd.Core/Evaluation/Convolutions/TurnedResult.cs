using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>Brings the sums of a box that lie a row for each place to their places in the result, a plane for each channel.</summary>
internal static class TurnedResult
{
    /// <summary>Stores the sums of some channels.</summary>
    /// <param name="sums">The rows of sums.</param>
    /// <param name="width">Their length.</param>
    /// <param name="rowsOfLine">How many rows there are for each line of places.</param>
    /// <param name="result">Row-major [images, channels, …].</param>
    /// <param name="image">The first image.</param>
    /// <param name="images">How many images.</param>
    /// <param name="channel">The first channel.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="channelStep">The distance of neighbouring channels.</param>
    /// <param name="box">The places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store<T>(ref T sums, int width, int rowsOfLine, Tensor result, int image, int images, int channel, int channels, int channelStep, in WindowAxes box)
        where T : unmanaged
    {
        var steps = Strides.Of(result);
        var (step, places, pitch) = (box.Across.ResultStep, box.Across.Places, channelStep * steps.Plane);
        var turned = step == 1 ? null : Allocate.Tensor(Shape.Create([channels * places]), result.DType);

        // Lines that follow one another here and there are one.
        var isWhole = step == 1 && box.Down.ResultStep == 1 && places == rowsOfLine && places == steps.Line;
        var (lines, line) = isWhole ? (1, box.Down.Places * places) : (box.Down.Places, places);
        var rowsOfStep = isWhole ? line : rowsOfLine;
        for (var i = 0; i < images; i++)
        {
            for (var z = 0; z < box.Deep.Places; z++)
            {
                for (var y = 0; y < lines; y++)
                {
                    var rows = new Matrix<T>(ref sums, new(line, width), new(channels, 1));
                    ref var to = ref result.Elements<T>()[((image + i) * steps.Image) + (channel * steps.Plane) + steps.Place(box, z, y)];
                    if (turned is null)
                    {
                        Transposition.Copy(rows, 0, line, pitch, 0, channels, ref to);
                    }
                    else
                    {
                        Transposition.Copy(rows, 0, line, line, 0, channels, ref MemoryMarshal.GetReference(turned.Elements<T>()));
                        for (var c = 0; c < channels; c++)
                        {
                            Lines.Spread<T>(turned.Elements<T>().Slice(c * places, places), ref Unsafe.Add(ref to, c * pitch), step);
                        }
                    }

                    sums = ref Unsafe.Add(ref sums, rowsOfStep * width);
                }
            }
        }

        turned?.Release();
    }
}
