namespace Autograd.NN;

/// <summary>Random changes of images in a batch, [N, C, H, W], each example its own: what a <see cref="DataLoader{T}"/> does with its batches. What comes from outside the picture is 0.</summary>
/// <example><code>
/// var pictures = new TensorDataset(Tensor.Rand([20, 1, 8, 8]), Tensor.RandInt(0, 3, [20]));
/// var loader = new DataLoader&lt;(Tensor X, Tensor Y)&gt;(pictures, 5, shuffle: true, transform: (batch, generator) =>
///     (Augment.Shift(Augment.HorizontalFlip(batch.X, generator: generator), 1, generator), batch.Y));
/// </code></example>
public static class Augment
{
    /// <summary>Mirrors left and right with a probability.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="p">The probability, 0 to 1.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ShapeException">It is not a batch of images.</exception>
    public static Tensor HorizontalFlip(Tensor images, double p = 0.5, Generator? generator = null) => Flip(images, p, generator, dim: 3);

    /// <summary>Mirrors up and down with a probability.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="p">The probability, 0 to 1.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ShapeException">It is not a batch of images.</exception>
    public static Tensor VerticalFlip(Tensor images, double p = 0.5, Generator? generator = null) => Flip(images, p, generator, dim: 2);

    /// <summary>Shifts by whole pixels, up to a limit to each side.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="pixels">The limit; 0 or more.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ShapeException">It is not a batch of images.</exception>
    public static Tensor Shift(Tensor images, int pixels, Generator? generator = null)
    {
        var count = CountOf(images, nameof(Shift));
        Tensor Drawn() => Tensor.RandInt(-pixels, pixels + 1, [count, 1, 1], generator).To(images.DType);
        return Warp(images, (y, x) => (y + Drawn(), x + Drawn()));
    }

    /// <summary>Cuts out a piece at a random place, the same size for all.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="height">The height of the piece, at most H + 2 padding.</param>
    /// <param name="width">Its width, at most W + 2 padding.</param>
    /// <param name="padding">How many pixels of 0 are put around the images first.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ShapeException">It is not a batch of images, or the piece is too large.</exception>
    public static Tensor Crop(Tensor images, int height, int width, int padding = 0, Generator? generator = null)
    {
        var count = CountOf(images, nameof(Crop));
        var (h, w) = (images.Shape[2] + (2 * padding), images.Shape[3] + (2 * padding));
        if (height < 1 || width < 1 || height > h || width > w)
        {
            throw new ShapeException($"Augment.Crop: a piece of {height}×{width} cannot be cut out of images of {h}×{w} (with padding).");
        }

        var top = Tensor.RandInt(-padding, h - height - padding + 1, [count, 1, 1], generator).To(images.DType);
        var left = Tensor.RandInt(-padding, w - width - padding + 1, [count, 1, 1], generator).To(images.DType);
        return Warp(images, (y, x) => (y + top, x + left), height, width);
    }

    /// <summary>Turns around the middle, by an angle up to a limit either way, with bilinear interpolation.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="degrees">The limit.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ShapeException">It is not a batch of images.</exception>
    public static Tensor Rotate(Tensor images, double degrees, Generator? generator = null)
    {
        var count = CountOf(images, nameof(Rotate));
        var angle = ((Tensor.Rand([count, 1, 1], images.DType, generator: generator) * 2) - 1) * (degrees * Math.PI / 180);
        var (sin, cos, middleY, middleX) = (angle.Sin(), angle.Cos(), (images.Shape[2] - 1) / 2.0, (images.Shape[3] - 1) / 2.0);
        return Warp(images, (y, x) =>
        {
            var (dy, dx) = (y - middleY, x - middleX);
            return ((cos * dy) + (sin * dx) + middleY, (cos * dx) - (sin * dy) + middleX);
        });
    }

    /// <summary>Adds normally distributed noise; for data of any shape.</summary>
    /// <param name="x">The data.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    public static Tensor Noise(Tensor x, double deviation, Generator? generator = null) => x + (Tensor.RandnLike(x, generator) * deviation);

    /// <summary>Sets a square at a random place to 0 (DeVries, Taylor 2017); at the border a part of it lies outside.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="size">The length of its sides.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ShapeException">It is not a batch of images.</exception>
    public static Tensor CutOut(Tensor images, int size, Generator? generator = null)
    {
        var count = CountOf(images, nameof(CutOut));
        Tensor Inside(int length, int[] shape)
        {
            var start = Tensor.RandInt(0, length, [count, 1, 1, 1], generator) - (size / 2);
            var place = Tensor.Arange(length).Reshape(shape);
            return (place >= start) & (place < start + size);
        }

        return images.MaskedFill(Inside(images.Shape[2], [1, 1, -1, 1]) & Inside(images.Shape[3], [1, 1, 1, -1]), 0);
    }

    /// <summary>Mixes each example, and its target, with another one of the batch (Zhang et al. 2018): λx + (1 − λ)x', with λ from the distribution Beta(α, α).</summary>
    /// <param name="x">Inputs, [N, …].</param>
    /// <param name="y">Targets as probabilities or numbers, [N, …]; not class numbers.</param>
    /// <param name="alpha">α, above 0; 0.2 to 0.4 is usual.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="DTypeException">The targets are no floating-point numbers.</exception>
    public static (Tensor X, Tensor Y) MixUp(Tensor x, Tensor y, double alpha = 0.2, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (!y.DType.IsFloatingPoint)
        {
            throw new DTypeException($"Augment.MixUp: targets are mixed, so they must be probabilities, not {y.DType}.");
        }

        var share = Beta(alpha, generator ?? Generator.Default);
        var order = Tensor.RandPermutation(x.Shape[0], generator);
        return (x.IndexSelect(0, order).Lerp(x, share), y.IndexSelect(0, order).Lerp(y, share));
    }

    /// <summary>Reads images at other places than the pixels', by bilinear interpolation; 0 outside.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="places">(y [h, 1], x [1, w]) of a result's pixel ↦ where it is read, each broadcasting to [N, h, w].</param>
    /// <param name="height">The height of the results; left out, H.</param>
    /// <param name="width">Their width; left out, W.</param>
    public static Tensor Warp(Tensor images, Func<Tensor, Tensor, (Tensor Y, Tensor X)> places, int? height = null, int? width = null)
    {
        var count = CountOf(images, nameof(Warp));
        ArgumentNullException.ThrowIfNull(places);
        var (channels, sourceHeight, sourceWidth) = (images.Shape[1], images.Shape[2], images.Shape[3]);
        var (h, w) = (height ?? sourceHeight, width ?? sourceWidth);
        var (y, x) = places(Tensor.Arange(h, images.DType).Reshape(h, 1), Tensor.Arange(w, images.DType).Reshape(1, w));
        var (top, left) = (y.Floor(), x.Floor());
        var flat = images.Reshape(count, channels, sourceHeight * sourceWidth);
        Tensor? sum = null;
        foreach (var (dy, dx) in new[] { (0, 0), (0, 1), (1, 0), (1, 1) })
        {
            var (row, column) = (top + dy, left + dx);
            var weight = (1 - (row - y).Abs()) * (1 - (column - x).Abs());
            var isInside = (row >= 0) & (row < sourceHeight) & (column >= 0) & (column < sourceWidth);
            var index = ((row.Clamp(0, sourceHeight - 1) * sourceWidth) + column.Clamp(0, sourceWidth - 1)).To(DType.Int64).Expand(count, h, w).Reshape(count, 1, h * w);
            var values = flat.Gather(2, index.Expand(count, channels, h * w));
            var term = values * Tensor.Where(isInside, weight, 0).Expand(count, h, w).Reshape(count, 1, h * w);
            sum = sum is null ? term : sum + term;
        }

        return sum!.Reshape(count, channels, h, w);
    }

    private static Tensor Flip(Tensor images, double p, Generator? generator, int dim)
    {
        var count = CountOf(images, nameof(Flip));
        return Tensor.Where(Tensor.Rand([count, 1, 1, 1], DType.Float32, generator: generator) < p, images.Flip(dim), images);
    }

    private static int CountOf(Tensor images, string name)
    {
        ArgumentNullException.ThrowIfNull(images);
        return images.Rank == 4
            ? images.Shape[0]
            : throw new ShapeException($"Augment.{name}: a batch of images has shape [N, C, H, W], not {images.Shape}. Of one image: image.Unsqueeze(0).");
    }

    /// <summary>A draw from Beta(α, α): the share of one of two gamma variates (Jöhnk 1964).</summary>
    private static double Beta(double alpha, Generator generator)
    {
        if (!(alpha > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Augment.MixUp: α must be above 0.");
        }

        while (true)
        {
            var u = Tensor.Rand([2], DType.Float64, generator: generator).ToArray<double>();
            var (a, b) = (Math.Pow(u[0], 1 / alpha), Math.Pow(u[1], 1 / alpha));
            if (a + b is > 0 and <= 1)
            {
                return a / (a + b);
            }
        }
    }
}
