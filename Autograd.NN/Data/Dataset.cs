using System.Collections;

namespace Autograd.NN;

/// <summary>Examples that can be had by their number, from several threads at once.</summary>
/// <typeparam name="T">An example, and a batch of them: a <see cref="Tensor"/>, or a tuple of two or three; anything else with a <see cref="Collate"/> of its own.</typeparam>
/// <example><code>
/// public sealed class Squares : Dataset&lt;(Tensor, Tensor)&gt;
/// {
///     public override int Count => 100;
///     public override (Tensor, Tensor) this[int index] => (Tensor.From([(float)index]), Tensor.From([(float)index * index]));
/// }
/// </code></example>
public abstract class Dataset<T> : IReadOnlyList<T>
{
    /// <summary>The number of examples.</summary>
    public abstract int Count { get; }

    /// <summary>An example.</summary>
    /// <param name="index">Its number, 0 to Count − 1.</param>
    public abstract T this[int index] { get; }

    /// <summary>An example of which something is drawn at random, such as an augmented image; unless overridden, <c>this[index]</c>.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="generator">What is drawn from.</param>
    public virtual T Get(int index, Generator generator) => this[index];

    /// <summary>Several examples as one batch. Override it where they can be had together.</summary>
    /// <param name="indices">Their numbers.</param>
    /// <param name="generator">What is drawn from: each example has a child of it.</param>
    /// <exception cref="DataException">An example could not be had; the message has its number.</exception>
    public virtual T GetBatch(ReadOnlySpan<int> indices, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var items = new T[indices.Length];
        for (var i = 0; i < items.Length; i++)
        {
            try
            {
                items[i] = Get(indices[i], generator.Split());
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                throw new DataException($"{GetType().Name.Split('`')[0]}: example {indices[i]} of {Count}: {exception.Message}", exception);
            }
        }

        return Collate(items);
    }

    /// <summary>Makes a batch of examples: tensors are stacked along a new first dimension.</summary>
    /// <param name="items">The examples, at least one.</param>
    /// <exception cref="NotSupportedException">It is not known how.</exception>
    public virtual T Collate(IReadOnlyList<T> items) => Collation.Stack(items);

    /// <summary>The examples with something done to each, when it is asked for.</summary>
    /// <typeparam name="TResult">What becomes of an example.</typeparam>
    /// <param name="transform">What is done.</param>
    public Dataset<TResult> Select<TResult>(Func<T, TResult> transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return new SelectedDataset<T, TResult>(this, (item, _) => transform(item));
    }

    /// <summary>The examples with something drawn for each, anew in each epoch: augmentation.</summary>
    /// <typeparam name="TResult">What becomes of an example.</typeparam>
    /// <param name="transform">What is done, with a generator for this example and epoch.</param>
    public Dataset<TResult> Select<TResult>(Func<T, Generator, TResult> transform)
    {
        ArgumentNullException.ThrowIfNull(transform);
        return new SelectedDataset<T, TResult>(this, transform);
    }

    /// <summary>Some of the examples, in a given order.</summary>
    /// <param name="indices">Their numbers; a number may come more than once.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public Dataset<T> Subset(IReadOnlyList<int> indices) => new SubsetDataset<T>(this, indices);

    /// <summary>The examples at random in parts: <c>var (train, test) = data.Split(0.8)</c>.</summary>
    /// <param name="share">The share of the first part, above 0 and below 1.</param>
    /// <param name="generator">Decides which go where; left out, <see cref="Generator.Default"/>.</param>
    public (Dataset<T> First, Dataset<T> Second) Split(double share, Generator? generator = null)
    {
        var parts = Splits.Random(Count, [share, 1 - share], generator);
        return (Subset(parts[0]), Subset(parts[1]));
    }

    /// <summary>k ways to take 1/k of the examples for validation and the rest for training.</summary>
    /// <param name="folds">k; 2 or more.</param>
    /// <param name="generator">Decides which go where; left out, <see cref="Generator.Default"/>.</param>
    public IReadOnlyList<(Dataset<T> Train, Dataset<T> Validation)> KFold(int folds, Generator? generator = null)
        => [.. Splits.KFold(Count, folds, generator).Select(fold => (Subset(fold.Train), Subset(fold.Validation)))];

    /// <summary>An enumerator over the examples in their own order.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
