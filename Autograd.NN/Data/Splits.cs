namespace Autograd.NN;

/// <summary>Numbers of examples in parts.</summary>
public static class Splits
{
    /// <summary>Parts of given shares at random.</summary>
    /// <param name="count">The number of examples.</param>
    /// <param name="shares">The shares, above 0; they sum up to 1 or less.</param>
    /// <param name="generator">Decides which go where; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The numbers of each part. Sizes are rounded so that all are used where the shares sum up to 1.</returns>
    /// <exception cref="ArgumentException">A share is not above 0, or the sum above 1.</exception>
    public static int[][] Random(int count, IReadOnlyList<double> shares, Generator? generator = null)
    {
        RequireShares(shares);
        return Cut(Shuffled(count, generator), shares);
    }

    /// <summary>Parts of given shares at random that have each class in the same share.</summary>
    /// <param name="labels">The class of each example, Int64, [n].</param>
    /// <param name="shares">The shares, above 0; they sum up to 1 or less.</param>
    /// <param name="generator">Decides which go where; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The numbers of each part.</returns>
    /// <exception cref="ArgumentException">A share is not above 0, or the sum above 1.</exception>
    public static int[][] Stratified(Tensor labels, IReadOnlyList<double> shares, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireShares(shares);
        var classes = labels.ToArray<long>();
        List<int>[] parts = [.. shares.Select(_ => new List<int>())];
        foreach (var group in Shuffled(classes.Length, generator).GroupBy(index => classes[index]).OrderBy(group => group.Key))
        {
            var cut = Cut([.. group], shares);
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i].AddRange(cut[i]);
            }
        }

        return [.. parts.Select(part => part.ToArray())];
    }

    /// <summary>k ways to take 1/k of the examples for validation and the rest for training.</summary>
    /// <param name="count">The number of examples.</param>
    /// <param name="folds">k; 2 to the number of examples.</param>
    /// <param name="generator">Decides which go where; left out, <see cref="Generator.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or fewer examples than folds.</exception>
    public static (int[] Train, int[] Validation)[] KFold(int count, int folds, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(folds, count);
        var order = Shuffled(count, generator);
        int Start(int fold) => (int)((long)count * fold / folds);
        return [.. Enumerable.Range(0, folds).Select(fold => ((int[])[.. order[..Start(fold)], .. order[Start(fold + 1)..]], order[Start(fold)..Start(fold + 1)]))];
    }

    internal static int[] Shuffled(int count, Generator? generator) => Array.ConvertAll(Tensor.RandPermutation(count, generator).ToArray<long>(), index => (int)index);

    private static int[][] Cut(int[] order, IReadOnlyList<double> shares)
    {
        var (parts, sum, start) = (new int[shares.Count][], 0.0, 0);
        for (var i = 0; i < parts.Length; i++)
        {
            sum += shares[i];
            var end = Math.Min(order.Length, (int)Math.Round(sum * order.Length));
            parts[i] = order[start..end];
            start = end;
        }

        return parts;
    }

    private static void RequireShares(IReadOnlyList<double> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        if (shares.Count == 0 || shares.Any(share => share is not (> 0 and <= 1)) || shares.Sum() > 1 + 1e-9)
        {
            throw new ArgumentException($"Splits: shares must be above 0 and sum up to 1 at most; they are {string.Join(", ", shares.Select(share => FormattableString.Invariant($"{share}")))}.", nameof(shares));
        }
    }
}
