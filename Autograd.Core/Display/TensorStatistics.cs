using System.Globalization;

namespace Autograd.Display;

/// <summary>What the numbers of a tensor are like, in one pass over them. Those that are not finite are counted and left aside.</summary>
/// <param name="Count">How many are finite.</param>
/// <param name="Least">The least; NaN if there is none.</param>
/// <param name="Greatest">The greatest; NaN if there is none.</param>
/// <param name="Mean">Their mean; NaN if there is none.</param>
/// <param name="Deviation">Their standard deviation, √(Σ(x − mean)²/n).</param>
/// <param name="Zeros">How many are zero.</param>
/// <param name="NotNumbers">How many are NaN.</param>
/// <param name="Infinities">How many are infinite.</param>
internal sealed record TensorStatistics(long Count, double Least, double Greatest, double Mean, double Deviation, long Zeros, long NotNumbers, long Infinities)
{
    public static TensorStatistics Of(Tensor tensor)
    {
        var source = tensor.RowMajor();
        var statistics = source.DType switch
        {
            DType.Float32 => Of<float>(source.Elements<float>()),
            DType.Float64 => Of<double>(source.Elements<double>()),
            DType.Int64 => Of<long>(source.Elements<long>()),
            _ => Of<byte>(System.Runtime.InteropServices.MemoryMarshal.AsBytes(source.Elements<bool>())),
        };
        GC.KeepAlive(source);
        return statistics;
    }

    /// <summary>In words; of truth values how many hold.</summary>
    public string Describe(DType dtype)
    {
        if (dtype == DType.Bool)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Count - Zeros} of {Count} true");
        }

        var text = Count == 0 ? string.Empty : $"min {Displays.Number(Least)}, max {Displays.Number(Greatest)}, mean {Displays.Number(Mean)}, std {Displays.Number(Deviation)}";
        text += Count > 1 && Zeros > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Zeros} zero") : string.Empty;
        text += NotNumbers > 0 ? string.Create(CultureInfo.InvariantCulture, $", {NotNumbers} NaN") : string.Empty;
        text += Infinities > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Infinities} infinite") : string.Empty;
        return text.TrimStart(',', ' ');
    }

    // Welford, "Note on a method for calculating corrected sums of squares and products", 1962: one pass, no cancellation.
    private static TensorStatistics Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        var (least, greatest, mean, squares) = (double.NaN, double.NaN, 0.0, 0.0);
        var (count, zeros, notNumbers, infinities) = (0L, 0L, 0L, 0L);
        foreach (var element in values)
        {
            var value = double.CreateTruncating(element);
            if (!double.IsFinite(value))
            {
                (notNumbers, infinities) = double.IsNaN(value) ? (notNumbers + 1, infinities) : (notNumbers, infinities + 1);
                continue;
            }

            count++;
            zeros += value == 0 ? 1 : 0;
            var difference = value - mean;
            mean += difference / count;
            squares += difference * (value - mean);
            least = value >= least ? least : value;
            greatest = value <= greatest ? greatest : value;
        }

        return new(count, least, greatest, count == 0 ? double.NaN : mean, count == 0 ? double.NaN : Math.Sqrt(squares / count), zeros, notNumbers, infinities);
    }
}
