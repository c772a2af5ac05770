using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Generators;

/// <summary>Random shapes: rank 0 to 5, sizes 0 to 4, not too many elements.</summary>
internal static class Shapes
{
    public const int HighestRank = 5;

    private static readonly Gen<int> Size = Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Constant(1)), (12, Gen.Choose(2, 4)));

    /// <summary>Any shape of at most <paramref name="elements"/> elements.</summary>
    public static Gen<int[]> Any(int elements = 64, int rankFrom = 0, int rankTo = HighestRank)
        => from rank in Gen.Choose(rankFrom, rankTo)
           from sizes in Size.ArrayOf(rank)
           select Limit(sizes, elements);

    /// <summary>Shapes of which none is empty.</summary>
    public static Gen<int[]> NotEmpty(int elements = 64, int rankFrom = 0, int rankTo = HighestRank)
        => Any(elements, rankFrom, rankTo).Select(sizes => Limit(Array.ConvertAll(sizes, size => Math.Max(1, size)), elements));

    /// <summary>Any shape, with its smaller versions.</summary>
    public static Arbitrary<int[]> Arbitrary(int elements = 64) => Arb.From(Any(elements), Shrink);

    /// <summary>The shape with one dimension fewer, or with a size that is smaller (1 is the simplest size, simpler than 0).</summary>
    public static IEnumerable<int[]> Shrink(int[] sizes)
    {
        for (var i = 0; i < sizes.Length; i++)
        {
            yield return [.. sizes[..i], .. sizes[(i + 1)..]];
        }

        foreach (var smaller in ShrinkSizes(sizes))
        {
            yield return smaller;
        }
    }

    /// <summary>The shape with one size made simpler.</summary>
    public static IEnumerable<int[]> ShrinkSizes(int[] sizes)
    {
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] != 1)
            {
                yield return [.. sizes[..i], 1, .. sizes[(i + 1)..]];
            }

            if (sizes[i] > 2)
            {
                yield return [.. sizes[..i], sizes[i] - 1, .. sizes[(i + 1)..]];
            }
        }
    }

    /// <summary>The shape as gradient tests declare it: "2x3", "()" for rank 0.</summary>
    public static string Describe(int[] sizes) => sizes.Length == 0 ? "()" : string.Join('x', sizes);

    /// <summary>The shape as C#: "[2, 3]".</summary>
    public static string ToCode(ReadOnlySpan<int> sizes) => $"[{string.Join(", ", sizes.ToArray())}]";

    private static int[] Limit(int[] sizes, int elements)
    {
        int[] limited = [.. sizes];
        for (var i = 0; limited.Aggregate(1, (product, size) => product * size) > elements; i++)
        {
            limited[i] = 1;
        }

        return limited;
    }
}
