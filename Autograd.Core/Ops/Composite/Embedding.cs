namespace Autograd;

/// <summary>What a bag of embeddings becomes.</summary>
public enum BagMode
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum, perhaps weighted.</summary>
    Sum,

    /// <summary>The greatest of each coordinate.</summary>
    Max,
}

public partial class Tensor
{
    /// <summary>Rows of a table by their numbers: y = weight[input].</summary>
    /// <param name="input">Numbers of rows, Int64, of any shape.</param>
    /// <param name="weight">The table: [V, D].</param>
    /// <param name="paddingIdx">The number of a row that receives no gradient; negative numbers count from the end.</param>
    /// <returns>[..., D].</returns>
    /// <exception cref="ShapeException">The table is no matrix.</exception>
    /// <exception cref="DTypeException">The numbers are not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static Tensor Embedding(Tensor input, Tensor weight, int? paddingIdx = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckTable(weight, nameof(Embedding));
        CheckNumbers(input, weight, nameof(Embedding));
        int[] sizes = [.. input.Shape, weight.Shape[1]];
        var rows = weight.IndexSelect(0, input.Flatten()).Reshape(sizes);
        return PaddingRow(weight, paddingIdx, nameof(Embedding)) is { } padding ? Where(input.Eq(padding).Unsqueeze(-1), rows.Detach(), rows) : rows;
    }

    /// <summary>For each bag of numbers the mean, the sum or the maximum of the rows that they name; 0 for an empty bag.</summary>
    /// <param name="input">Numbers of rows, Int64: [B, n], a bag a row, or a vector of all bags one after the other.</param>
    /// <param name="weight">The table: [V, D].</param>
    /// <param name="offsets">Of a vector, where each bag begins: Int64, [B], the first 0.</param>
    /// <param name="mode">What a bag becomes.</param>
    /// <param name="perSampleWeights">A factor for each number, of the input's shape; for sums only.</param>
    /// <param name="includeLastOffset">Whether the last offset is the end of the last bag rather than the beginning of one.</param>
    /// <param name="paddingIdx">The number of a row that does not count.</param>
    /// <returns>[B, D].</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or offsets are missing or too many.</exception>
    /// <exception cref="DTypeException">The numbers are not Int64.</exception>
    /// <exception cref="ArgumentException">Factors, and the mode is not the sum; or offsets that are not in order.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public static Tensor EmbeddingBag(
        Tensor input, Tensor weight, Tensor? offsets = null, BagMode mode = BagMode.Mean, Tensor? perSampleWeights = null, bool includeLastOffset = false, int? paddingIdx = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        CheckTable(weight, nameof(EmbeddingBag));
        CheckNumbers(input, weight, nameof(EmbeddingBag));
        Require.Defined(mode, nameof(EmbeddingBag));
        if (perSampleWeights is not null && (mode != BagMode.Sum || perSampleWeights.Shape != input.Shape))
        {
            throw new ArgumentException($"EmbeddingBag: factors, of shape {perSampleWeights.Shape}, go with mode Sum and the input's shape, {input.Shape}; the mode is {mode}.", nameof(perSampleWeights));
        }

        var (bags, count) = Bags(input, offsets, includeLastOffset);
        var numbers = input.Flatten();
        var (rows, factors) = (weight.IndexSelect(0, numbers), perSampleWeights?.Flatten());
        if (PaddingRow(weight, paddingIdx, nameof(EmbeddingBag)) is { } padding)
        {
            var counted = numbers.Ne(padding).Nonzero().Flatten();
            (rows, bags, factors) = (rows.IndexSelect(0, counted), bags.IndexSelect(0, counted), factors?.IndexSelect(0, counted));
        }

        var zeros = Zeros([count, weight.Shape[1]], weight.DType);
        if (mode == BagMode.Max)
        {
            return zeros.ScatterReduce(0, bags.Unsqueeze(1).Expand(rows.Shape), rows, ScatterReduction.Amax, includeSelf: false);
        }

        var sum = zeros.IndexAdd(0, bags, factors is null ? rows : rows * factors.Unsqueeze(1));
        return mode == BagMode.Sum ? sum : sum / Zeros([count], weight.DType).IndexAdd(0, bags, Ones([bags.ElementCount], weight.DType)).Clamp(min: 1).Unsqueeze(1);
    }

    private static void CheckTable(Tensor weight, string operation)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Rank != 2)
        {
            throw new ShapeException($"{operation}: the table has shape {weight.Shape}; it must be a matrix, [rows, coordinates].");
        }
    }

    // Negative numbers do not count from the end here: they are what is left of a padding that nobody has declared.
    private static void CheckNumbers(Tensor input, Tensor weight, string operation)
    {
        if (input.IsBatched)
        {
            // The rows are looked up by an operation that checks them, too.
            return;
        }

        var numbers = IndexedPlaces.Whole(input, operation).RowMajor();
        if (!IndexedPlaces.AreWithin(numbers.Elements<long>(), weight.Shape[0]))
        {
            var number = numbers.ToArray<long>().First(number => (ulong)number >= (ulong)weight.Shape[0]);
            throw new ArgumentOutOfRangeException(nameof(input), number, $"{operation}: the table of shape {weight.Shape} has the rows 0 to {weight.Shape[0] - 1}, and the input holds {number}.");
        }

        GC.KeepAlive(numbers);
    }

    private static long? PaddingRow(Tensor weight, int? paddingIdx, string operation)
        => paddingIdx is not { } row ? null
            : row >= -weight.Shape[0] && row < weight.Shape[0] ? (row < 0 ? row + weight.Shape[0] : row)
            : throw new ArgumentOutOfRangeException(nameof(paddingIdx), row, $"{operation}: the table of shape {weight.Shape} has no row {row}.");

    /// <summary>The bag of each number, and how many bags there are.</summary>
    private static (Tensor Bags, int Count) Bags(Tensor input, Tensor? offsets, bool includeLastOffset)
    {
        if (input.Rank == 2 && offsets is null)
        {
            return (Arange(input.Shape[0]).Unsqueeze(1).Expand(input.Shape).Flatten(), input.Shape[0]);
        }

        if (input.Rank != 1 || offsets is not { Rank: 1 })
        {
            throw new ShapeException($"EmbeddingBag: an input of shape {input.Shape}{(offsets is null ? string.Empty : $" with offsets of shape {offsets.Shape}")} is neither a matrix of bags without offsets nor a vector with a vector of offsets.");
        }

        var starts = IndexedPlaces.Whole(offsets, nameof(EmbeddingBag)).ToArray<long>();
        var count = starts.Length - (includeLastOffset ? 1 : 0);
        var bags = new long[input.ElementCount];
        for (var b = 0; b < count; b++)
        {
            var end = b + 1 < starts.Length ? starts[b + 1] : bags.Length;
            if (starts[b] < 0 || starts[b] > end || end > bags.Length || (b == 0 && starts[0] != 0))
            {
                throw new ArgumentException($"EmbeddingBag: the offsets {offsets} must begin with 0 and not decrease, up to the {bags.Length} numbers of the input.", nameof(offsets));
            }

            bags.AsSpan((int)starts[b], (int)(end - starts[b])).Fill(b);
        }

        if (includeLastOffset && (count < 0 || starts[^1] != bags.Length))
        {
            throw new ArgumentException($"EmbeddingBag: with includeLastOffset the last of the offsets {offsets} must be the end of the input, {bags.Length}.", nameof(offsets));
        }

        return (From(bags), count);
    }
}
