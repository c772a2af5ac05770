namespace Autograd.NN;

/// <summary>Examples with something done to each.</summary>
internal sealed class SelectedDataset<T, TResult>(Dataset<T> source, Func<T, Generator, TResult> transform) : Dataset<TResult>
{
    public override int Count => source.Count;

    public override TResult this[int index] => transform(source[index], Generator.Default);

    public override TResult Get(int index, Generator generator) => transform(source.Get(index, generator), generator);
}

/// <summary>Some examples of others.</summary>
internal sealed class SubsetDataset<T> : Dataset<T>
{
    private readonly Dataset<T> source;
    private readonly int[] indices;

    public SubsetDataset(Dataset<T> source, IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        this.source = source;
        this.indices = [.. indices];
        foreach (var index in this.indices)
        {
            if ((uint)index >= (uint)source.Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"Subset: there are {source.Count} examples, numbered from 0.");
            }
        }
    }

    public override int Count => indices.Length;

    public override T this[int index] => source[indices[index]];

    public override T Get(int index, Generator generator) => source.Get(indices[index], generator);

    public override T GetBatch(ReadOnlySpan<int> indices, Generator generator)
    {
        var inner = new int[indices.Length];
        for (var i = 0; i < inner.Length; i++)
        {
            inner[i] = this.indices[indices[i]];
        }

        return source.GetBatch(inner, generator);
    }

    public override T Collate(IReadOnlyList<T> items) => source.Collate(items);
}
