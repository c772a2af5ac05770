namespace Autograd.Tests.Core;

/// <summary>An array as a function of the index: the slow and obvious reference for views, indexing and reductions.</summary>
internal sealed class Naive(int[] sizes, Func<int[], double> element)
{
    public int[] Sizes { get; } = sizes;

    public int Rank => Sizes.Length;

    public double this[params int[] place] => element(place);

    /// <summary>0, 1, 2, … in row-major order.</summary>
    public static Naive Counting(params int[] sizes) => new(sizes, place => Number(place, sizes));

    /// <summary>The given values in row-major order.</summary>
    public static Naive Of(double[] values, params int[] sizes) => new(sizes, place => values[Number(place, sizes)]);

    /// <summary>Every index of a shape, in row-major order.</summary>
    public static IEnumerable<int[]> Places(int[] sizes)
    {
        var count = sizes.Aggregate(1, (product, size) => product * size);
        for (var number = 0; number < count; number++)
        {
            var (place, rest) = (new int[sizes.Length], number);
            for (var d = sizes.Length - 1; d >= 0; d--)
            {
                (rest, place[d]) = Math.DivRem(rest, sizes[d]);
            }

            yield return place;
        }
    }

    /// <summary>The place of an index among all of its shape, in row-major order.</summary>
    public static int Number(int[] place, int[] sizes)
    {
        var number = 0;
        for (var d = 0; d < sizes.Length; d++)
        {
            number = (number * sizes[d]) + place[d];
        }

        return number;
    }

    /// <summary>Another arrangement of the elements: result[place] = this[from(place)].</summary>
    public Naive Rearranged(int[] sizes, Func<int[], int[]> from) => new(sizes, place => element(from(place)));

    /// <summary>All values in row-major order.</summary>
    public double[] ToArray() => [.. Places(Sizes).Select(element)];

    /// <summary>A tensor of these values whose elements lie in an order, with strides, signs and gaps that <paramref name="random"/> chooses.</summary>
    public Tensor ToTensor(Random? random = null) => random is null ? Tensor.From(ToArray()).Reshape(Sizes) : Arranged.Somehow(ToArray(), Sizes, random);

    /// <summary>Asserts that a Float64 tensor has this shape and these values, bit for bit.</summary>
    public void AssertEquals(Tensor actual, string context = "")
    {
        Assert.That(actual.Shape.ToArray(), Is.EqualTo(Sizes), $"shape {context}");
        Assert.That(actual.ToArray<double>(), Is.EqualTo(ToArray()), context);
    }
}
