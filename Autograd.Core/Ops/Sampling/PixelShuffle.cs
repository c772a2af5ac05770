namespace Autograd;

public partial class Tensor
{
    /// <summary>Channels turned into resolution: [..., C·r², H, W] gives [..., C, H·r, W·r], each r² channels becoming a square of r by r pixels. (Shi et al., "Real-time single image and video super-resolution", 2016.)</summary>
    /// <param name="upscaleFactor">r: 1 or more.</param>
    /// <exception cref="ShapeException">The rank is below 3, or r² does not divide the channels.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 1.</exception>
    public Tensor PixelShuffle(int upscaleFactor)
    {
        Require.AtLeast(upscaleFactor, 1, nameof(PixelShuffle));
        var r = upscaleFactor;
        if (Rank < 3 || Shape[-3] % ((long)r * r) != 0)
        {
            throw new ShapeException($"PixelShuffle: shape {Shape} must be [..., C, H, W] with a number of channels that {r}² = {(long)r * r} divides.");
        }

        var (front, c, h, w) = (Shape.ToArray()[..^3], Shape[-3] / (r * r), Shape[-2], Shape[-1]);
        return Reshape([.. front, c, r, r, h, w]).Permute(InFront(front, 0, 3, 1, 4, 2)).Reshape([.. front, c, h * r, w * r]);
    }

    /// <summary>Resolution turned into channels, the inverse of <see cref="PixelShuffle"/>: [..., C, H·r, W·r] gives [..., C·r², H, W].</summary>
    /// <param name="downscaleFactor">r: 1 or more.</param>
    /// <exception cref="ShapeException">The rank is below 3, or r does not divide height and width.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 1.</exception>
    public Tensor PixelUnshuffle(int downscaleFactor)
    {
        Require.AtLeast(downscaleFactor, 1, nameof(PixelUnshuffle));
        var r = downscaleFactor;
        if (Rank < 3 || Shape[-2] % r != 0 || Shape[-1] % r != 0)
        {
            throw new ShapeException($"PixelUnshuffle: shape {Shape} must be [..., C, H, W] with a height and width that {r} divides.");
        }

        var (front, c, h, w) = (Shape.ToArray()[..^3], Shape[-3], Shape[-2] / r, Shape[-1] / r);
        return Reshape([.. front, c, h, r, w, r]).Permute(InFront(front, 0, 2, 4, 1, 3)).Reshape([.. front, c * r * r, h, w]);
    }

    // The dimensions in front stay; those behind come in the given order.
    private static int[] InFront(int[] front, params ReadOnlySpan<int> order)
    {
        int[] all = [.. Enumerable.Range(0, front.Length), .. order];
        for (var i = front.Length; i < all.Length; i++)
        {
            all[i] += front.Length;
        }

        return all;
    }
}
