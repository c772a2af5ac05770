using System.Globalization;

namespace Autograd.Display;

/// <summary>A tensor as a picture of pixels: a matrix in the colours of its signs, images [channels, height, width] in grey or in colour, and batches of both side by side.</summary>
internal sealed class TensorPicture(Tensor tensor, TensorStatistics statistics, Markup page)
{
    private const int MostImages = 64;
    private const int MostPixels = 512;
    private const int ImagesPerRow = 16;

    /// <summary>Smaller matrices in a tensor of rank 3 are not worth looking at as pictures.</summary>
    private const int LeastSide = 8;

    private readonly Shade shade = TensorDisplay.ShadeOf(statistics);

    /// <summary>Shows the picture, if the shape is one of a picture.</summary>
    /// <returns>Whether it is.</returns>
    public bool Show()
    {
        var shape = tensor.Shape;
        return shape.Rank switch
        {
            2 => Show(tensor.Unsqueeze(0).Unsqueeze(0), isMatrix: true),
            3 when shape[1] >= LeastSide && shape[2] >= LeastSide => Show(shape[0] is 1 or 3 ? tensor.Unsqueeze(0) : tensor.Unsqueeze(1), isMatrix: false),
            4 when shape[1] is 1 or 3 && shape[2] > 2 && shape[3] > 2 => Show(tensor, isMatrix: false),
            _ => false,
        };
    }

    /// <summary>Shows images [count, channels, height, width].</summary>
    private bool Show(Tensor images, bool isMatrix)
    {
        var total = images.Shape[0];
        var (high, wide) = (images.Shape[2], images.Shape[3]);
        var step = Math.Max(1, (int)Math.Ceiling(Math.Max(high, wide) / (double)MostPixels));
        var shown = images[..Math.Min(total, MostImages), .., TensorIndex.Slice(step: step), TensorIndex.Slice(step: step)];
        var (count, channels, height, width) = (shown.Shape[0], shown.Shape[1], shown.Shape[2], shown.Shape[3]);
        var perRow = Math.Clamp(MostPixels / width, 1, ImagesPerRow);
        var (columns, rows) = (Math.Min(count, perRow), ((count - 1) / perRow) + 1);
        var gap = count > 1 ? 1 : 0;
        var pixelsWide = (columns * (width + gap)) - gap;
        var pixels = new byte[4 * pixelsWide * ((rows * (height + gap)) - gap)];
        var values = shown.To(DType.Float64).ToArray<double>();
        for (var i = 0; i < count; i++)
        {
            var corner = ((i / perRow) * (height + gap) * pixelsWide) + ((i % perRow) * (width + gap));
            var image = values.AsSpan(i * channels * height * width, channels * height * width);
            Paint(image, image.Length / channels, width, isMatrix, pixels, corner, pixelsWide);
        }

        var zoom = Math.Clamp(Math.Min(640 / pixelsWide, 512 / (rows * height)), 1, 12);
        page.Empty("img", ("src", Png.DataAddress(pixels, pixelsWide)), ("width", pixelsWide * zoom), ("alt", Caption(isMatrix)));
        page.Add("div", Caption(isMatrix)
            + (count < total ? string.Create(CultureInfo.InvariantCulture, $"; the first {count} of {total}") : string.Empty)
            + (step > 1 ? string.Create(CultureInfo.InvariantCulture, $"; every {step}th row and column") : string.Empty), ("class", "dim"));
        return true;
    }

    private string Caption(bool isMatrix)
    {
        var (black, white) = Range();
        return isMatrix
            ? $"blue above zero, orange below; full colour at ±{Displays.Number(Math.Max(Math.Abs(statistics.Least), Math.Abs(statistics.Greatest)))}"
            : $"black {Displays.Number(black)}, white {Displays.Number(white)}";
    }

    /// <summary>What is black and what is white: 0 and 1 or 0 and 255 where the numbers are such, else their least and greatest.</summary>
    private (double Black, double White) Range() => statistics switch
    {
        { Least: >= 0, Greatest: <= 1 } when tensor.DType.IsFloatingPoint || tensor.DType == DType.Bool => (0, 1),
        { Least: >= 0, Greatest: > 1 and <= 255 } when tensor.DType == DType.Int64 => (0, 255),
        _ => (statistics.Least, statistics.Greatest > statistics.Least ? statistics.Greatest : statistics.Least + 1),
    };

    /// <summary>Paints an image whose channels have <paramref name="plane"/> values each.</summary>
    private void Paint(ReadOnlySpan<double> values, int plane, int width, bool isMatrix, byte[] pixels, int corner, int pixelsWide)
    {
        for (var i = 0; i < plane; i++)
        {
            var place = 4 * (corner + (i / width * pixelsWide) + (i % width));
            var isNumber = !double.IsNaN(values[i]);
            (pixels[place], pixels[place + 1], pixels[place + 2], pixels[place + 3]) = isMatrix || !isNumber
                ? shade.Of(values[i])
                : plane == values.Length ? (Grey(values[i]), Grey(values[i]), Grey(values[i]), (byte)255)
                : (Grey(values[i]), Grey(values[i + plane]), Grey(values[i + (2 * plane)]), (byte)255);
        }
    }

    private byte Grey(double value)
    {
        var (black, white) = Range();
        return double.IsNaN(value) ? (byte)0 : (byte)Math.Round(255 * Math.Clamp((value - black) / (white - black), 0, 1));
    }
}
