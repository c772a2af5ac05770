using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Kernels;

/// <summary>A product of random matrices in random places.</summary>
/// <param name="Rows">The rows of A.</param>
/// <param name="Columns">The columns of B.</param>
/// <param name="Depth">The length of the sums.</param>
/// <param name="Seed">What decides values and places.</param>
internal sealed record ProductCase(int Rows, int Columns, int Depth, int Seed)
{
    /// <summary>Mostly small sizes; some that pass the edges of tiles, blocks and chains.</summary>
    public static Arbitrary<ProductCase> Arbitrary => Arb.From(
        from rows in Size(150)
        from columns in Size(530)
        from depth in Size(600)
        from seed in Gen.Choose(0, 1_000_000)
        select new ProductCase(rows, columns, depth, seed).AtMost(3_000_000),
        test => test.Smaller());

    private static Gen<int> Size(int large) => Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Constant(1)), (6, Gen.Choose(2, 40)), (2, Gen.Choose(41, large)));

    private ProductCase AtMost(long work) => (long)Rows * Columns * Depth <= work ? this : (this with { Rows = (Rows / 2) + 1, Depth = (Depth / 2) + 1 }).AtMost(work);

    private IEnumerable<ProductCase> Smaller()
    {
        foreach (var by in (int[])[2, 1])
        {
            yield return this with { Rows = by == 2 ? Rows / 2 : Rows - 1 };
            yield return this with { Columns = by == 2 ? Columns / 2 : Columns - 1 };
            yield return this with { Depth = by == 2 ? Depth / 2 : Depth - 1 };
        }
    }
}
