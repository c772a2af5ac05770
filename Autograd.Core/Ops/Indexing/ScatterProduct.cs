namespace Autograd;

public partial class Tensor
{
    /// <summary>The tensor with the elements at the places that an index names multiplied by those of a source. Done in rounds of which none names a place twice, so that each is a product of two tensors, which has a gradient.</summary>
    private Tensor ScatterProduct(int dim, Tensor index, Tensor source)
    {
        const string Name = nameof(ScatterReduce);
        dim = Dims.NormalizeScalarAsVector(dim, Rank, Name);
        IndexedPlaces.CheckFits(index.Shape, Shape, dim, Name);
        IndexedPlaces.CheckFits(index.Shape, source.Shape, -1, Name);
        if (source.DType != DType)
        {
            throw new DTypeException($"{Name}: the source is {source.DType}, the tensor {DType}. Convert it: source.To(DType.{DType}).");
        }

        for (var i = 0; i < index.Rank; i++)
        {
            source = source.Narrow(i, 0, index.Shape[i]);
        }

        var (y, factors) = (Flatten(), source.Flatten());
        foreach (var (places, numbers) in Rounds(IndexedPlaces.Of(IndexedPlaces.Whole(index, Name), Shape, dim, Name)))
        {
            var at = From([.. places]);
            y = y.With([at], y[at] * factors.IndexSelect(0, From([.. numbers])));
        }

        return y.Reshape(Shape);
    }

    /// <summary>The places, and the numbers of those that name them, of the first of each place, of the second of each, and so on.</summary>
    private static List<(List<long> Places, List<long> Numbers)> Rounds(int[] places)
    {
        var rounds = new List<(List<long> Places, List<long> Numbers)>();
        var occurrences = new Dictionary<int, int>();
        for (var i = 0; i < places.Length; i++)
        {
            var round = occurrences.GetValueOrDefault(places[i]);
            occurrences[places[i]] = round + 1;
            if (round == rounds.Count)
            {
                rounds.Add(([], []));
            }

            rounds[round].Places.Add(places[i]);
            rounds[round].Numbers.Add(i);
        }

        return rounds;
    }
}
