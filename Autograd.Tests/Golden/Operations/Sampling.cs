namespace Autograd.Tests.Golden.Operations;

/// <summary>Of the families conv and pooling_resampling: patches and resampling.</summary>
internal static class Sampling
{
    public static readonly OperationRows Rows = new()
    {
        ["unfold"] = a => a.Tensor(0).Unfold(a.Ints(1, "kernel_size"), a.Ints(2, "dilation"), a.Ints(3, "padding"), a.Ints(4, "stride")),
        ["fold"] = a => a.Tensor(0).Fold(a.Ints(1, "output_size"), a.Ints(2, "kernel_size"), a.Ints(3, "dilation"), a.Ints(4, "padding"), a.Ints(5, "stride")),
        ["pixel_shuffle"] = a => a.Tensor(0).PixelShuffle(a.Int(1, "upscale_factor")),
        ["interpolate/nearest"] = a => Interpolate(a, InterpolationMode.Nearest),
        ["interpolate/nearest-exact"] = a => Interpolate(a, InterpolationMode.NearestExact),
        ["interpolate/bilinear"] = a => Interpolate(a, InterpolationMode.Linear),
    };

    private static Tensor Interpolate(Arguments a, InterpolationMode mode)
    {
        var (align, antialias) = (a.Without(3, "mode").Flag(4, "align_corners"), a.Flag(6, "antialias"));
        if (a.Has(1, "size"))
        {
            return a.Tensor(0).Interpolate(a.Ints(1, "size"), mode, align, antialias);
        }

        double[] factors = a.Value(2, "scale_factor") is object?[] list ? Array.ConvertAll(list, number => Convert.ToDouble(number, null)) : [a.Number(2, "scale_factor")];
        return a.Tensor(0).Interpolate(factors, mode, align, antialias, a.Flag(5, "recompute_scale_factor"));
    }
}
