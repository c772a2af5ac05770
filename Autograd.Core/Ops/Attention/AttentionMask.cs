namespace Autograd;

/// <summary>Numbers to be added to the scores of attention, kept once where batches share them.</summary>
internal sealed class AttentionMask
{
    private readonly Tensor numbers;
    private readonly int[] places;

    private AttentionMask(Tensor numbers, int[] places) => (this.numbers, this.places) = (numbers, places);

    /// <summary>The mask for scores of shape [batch..., queries, keys]; it broadcasts to that. A truth value stands for 0, or −∞ where it is false.</summary>
    public static AttentionMask Of(Tensor mask, int[] batch, int queries, int keys, DType dtype)
    {
        mask = mask.Detach();
        var own = mask.Rank > 2 ? mask.Shape.ToArray()[..^2] : [];
        var numbers = Numbers(mask, dtype).Expand([.. own, queries, keys]).RowMajor();

        // The number of the matrix that belongs to each batch.
        var count = own.Aggregate(1, (product, size) => product * size);
        var places = Tensor.Arange(count).Reshape(own).Expand(batch).Reshape(-1).To(DType.Int64).ToArray<long>();
        return new(numbers.Reshape(count, queries, keys), Array.ConvertAll(places, place => (int)place));
    }

    /// <summary>What a mask adds to the scores: of truth values, 0 where it is true and −∞ where it is not.</summary>
    public static Tensor Numbers(Tensor mask, DType dtype) => mask.DType == DType.Bool ? Tensor.Where(mask, 0.0, double.NegativeInfinity).To(dtype) : mask.To(dtype);

    /// <summary>The same matrices again for each of some examples.</summary>
    public AttentionMask Repeated(int examples) => new(numbers, [.. Enumerable.Repeat(places, examples).SelectMany(own => own)]);

    /// <summary>The numbers of a query, one for each key.</summary>
    public ReadOnlySpan<T> Row<T>(int batch, int query)
        where T : unmanaged
    {
        var (queries, keys) = (numbers.Shape[1], numbers.Shape[2]);
        return numbers.Elements<T>().Slice(((places[batch] * queries) + query) * keys, keys);
    }

    /// <summary>The whole mask, [batches, queries, keys].</summary>
    public Tensor Whole() => numbers.IndexSelect(0, Tensor.From(Array.ConvertAll(places, place => (long)place), [places.Length]));
}
