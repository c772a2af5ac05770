using System.Collections;
using System.Runtime.CompilerServices;

namespace Autograd.NN;

/// <summary>Batches of a data set, epoch after epoch, made ahead by background workers. Which examples are in which batch, and what is drawn at random for them, depends on the seed and the epoch alone, whatever the number of workers.</summary>
/// <typeparam name="T">A batch, such as <c>(Tensor X, Tensor Y)</c>.</typeparam>
/// <example><code>
/// var loader = new DataLoader&lt;(Tensor X, Tensor Y)&gt;(Synthetic.Moons(200), batchSize: 32, shuffle: true, workers: 2);
/// foreach (var batch in loader) { }                   // one epoch
/// await foreach (var batch in loader) { }             // the next one, waiting without a thread
/// </code></example>
public sealed class DataLoader<T> : IEnumerable<T>
{
    private readonly bool shuffle;
    private readonly bool dropLast;
    private readonly int workers;
    private readonly int prefetch;
    private readonly double[]? cumulative;
    private readonly Func<T, Generator, T>? transform;

    /// <summary>A loader of batches.</summary>
    /// <param name="dataset">The examples.</param>
    /// <param name="batchSize">Examples in a batch; 1 or more.</param>
    /// <param name="shuffle">Whether each epoch has an order of its own, drawn at random; else it is that of the data.</param>
    /// <param name="dropLast">Whether a last batch of fewer examples is left out.</param>
    /// <param name="workers">How many batches are made at once in the background; 0: each is made when it is asked for.</param>
    /// <param name="prefetch">How many batches are made ahead; left out, two for each worker.</param>
    /// <param name="generator">Decides order and augmentation; left out, a child of <see cref="Generator.Default"/>.</param>
    /// <param name="weights">How likely each example is drawn, 0 or more; drawn with replacement, as many as there are. For classes of unlike size.</param>
    /// <param name="transform">Something to be done to each batch, with a generator of its own, by the worker.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">There is not one weight for each example, or none is above 0; or an order is asked for besides.</exception>
    public DataLoader(
        Dataset<T> dataset, int batchSize = 1, bool shuffle = false, bool dropLast = false, int workers = 0, int? prefetch = null, Generator? generator = null, IReadOnlyList<double>? weights = null, Func<T, Generator, T>? transform = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch ?? 1, 1, nameof(prefetch));
        (Dataset, BatchSize, this.shuffle, this.dropLast, this.workers, this.transform) = (dataset, batchSize, shuffle, dropLast, workers, transform);
        this.prefetch = Math.Max(workers, prefetch ?? 2 * workers);
        Seed = (generator ?? Generator.Default).Split().State;
        cumulative = weights is null ? null : Accumulate(weights, dataset.Count, shuffle);
    }

    /// <summary>The examples.</summary>
    public Dataset<T> Dataset { get; }

    /// <summary>The most examples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>The number of batches in an epoch.</summary>
    public int Count => (int)((Dataset.Count + (dropLast ? 0L : BatchSize - 1)) / BatchSize);

    /// <summary>The number of the epoch that the next enumeration goes through, from 0 on.</summary>
    public int NextEpoch { get; set; }

    /// <summary>What decides the order of the data: a run that goes on elsewhere needs the same.</summary>
    public GeneratorState Seed { get; }

    /// <summary>The batches of an epoch, from any one on: they are the same whenever it is gone through.</summary>
    /// <param name="epoch">The number of the epoch, from 0 on.</param>
    /// <param name="first">The number of the first batch.</param>
    /// <param name="seed">The <see cref="Seed"/> of another loader of the same data, whose batches these shall be; left out, this one's.</param>
    public IEnumerable<T> Epoch(int epoch, int first = 0, GeneratorState? seed = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        return Batches(epoch, first, seed ?? Seed);
    }

    /// <summary>An enumerator over the batches of the next epoch.</summary>
    public IEnumerator<T> GetEnumerator() => Epoch(NextEpoch++).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>An enumerator over the batches of the next epoch that waits without holding a thread: what <c>await foreach</c> uses.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => AsAsyncEnumerable(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <summary>The batches of the next epoch, for what takes such sequences. (The loader itself is not one, since all of LINQ would then be ambiguous.)</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public async IAsyncEnumerable<T> AsAsyncEnumerable([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var queue = new BatchQueue<T>(Math.Max(1, workers), Math.Max(1, prefetch), Count, Maker(NextEpoch++, Seed), 0);
        try
        {
            while (queue.TryNext(out var batch))
            {
                yield return await batch.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            queue.Stop();
        }
    }

    /// <summary>The numbers of an epoch's examples, in their order.</summary>
    internal int[] Order(int epoch, GeneratorState state)
    {
        var generator = EpochGenerator(epoch, state);
        if (cumulative is not null)
        {
            return Array.ConvertAll(Tensor.Rand([Dataset.Count], DType.Float64, generator: generator).ToArray<double>(), u => FirstAbove(cumulative, u * cumulative[^1]));
        }

        return shuffle ? Splits.Shuffled(Dataset.Count, generator) : [.. Enumerable.Range(0, Dataset.Count)];
    }

    private static Generator EpochGenerator(int epoch, GeneratorState state) => Generator.FromState(state with { Counter = state.Counter + (ulong)epoch }).Split();

    private IEnumerable<T> Batches(int epoch, int first, GeneratorState state)
    {
        var make = Maker(epoch, state);
        if (workers == 0)
        {
            for (var i = first; i < Count; i++)
            {
                yield return make(i);
            }

            yield break;
        }

        var queue = new BatchQueue<T>(workers, prefetch, Count, make, first);
        try
        {
            while (queue.TryNext(out var batch))
            {
                yield return batch.GetAwaiter().GetResult();
            }
        }
        finally
        {
            queue.Stop();
        }
    }

    /// <summary>Makes batch number i of an epoch, on any thread.</summary>
    private Func<int, T> Maker(int epoch, GeneratorState state)
    {
        var order = Order(epoch, state);
        var key = EpochGenerator(epoch, state).Split().State.Key;
        return index =>
        {
            var generator = Generator.FromState(new(key, (ulong)index)).Split();
            var start = index * BatchSize;
            var batch = Dataset.GetBatch(order.AsSpan(start, Math.Min(BatchSize, order.Length - start)), generator);
            return transform is null ? batch : transform(batch, generator);
        };
    }

    private static int FirstAbove(double[] ascending, double bound)
    {
        var (low, high) = (0, ascending.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ascending[middle] > bound ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static double[] Accumulate(IReadOnlyList<double> weights, int count, bool shuffle)
    {
        var sums = new double[weights.Count];
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = weights[i] >= 0 ? weights[i] + (i == 0 ? 0 : sums[i - 1]) : double.NaN;
        }

        return shuffle ? throw new ArgumentException("DataLoader: weights draw the examples at random already; leave out shuffle.", nameof(shuffle))
            : sums.Length == count && sums is [.., > 0 and < double.PositiveInfinity] ? sums
            : throw new ArgumentException($"DataLoader: there must be a weight of 0 or more for each of the {count} examples, one of them above 0; there are {sums.Length}.", nameof(weights));
    }
}
