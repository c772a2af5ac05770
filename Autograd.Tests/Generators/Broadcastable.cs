using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Generators;

/// <summary>Shapes that broadcast with each other: each is a common shape with some of its front dimensions left out and some sizes replaced by 1.</summary>
/// <param name="Common">The common shape.</param>
/// <param name="LeftOut">How many front dimensions each shape lacks.</param>
/// <param name="Ones">For each shape, the dimensions of size 1, as bits.</param>
internal sealed record Broadcastable(int[] Common, int[] LeftOut, int[] Ones)
{
    /// <summary>The shapes.</summary>
    public int[][] Shapes => [.. Enumerable.Range(0, LeftOut.Length).Select(At)];

    public static Arbitrary<Broadcastable> Arbitrary(int count, int elements = 64)
        => Arb.From(
            from common in Generators.Shapes.Any(elements)
            from leftOut in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(0, common.Length))).ArrayOf(count)
            from ones in Gen.Choose(0, (1 << common.Length) - 1).ArrayOf(count)
            from all in Gen.Elements(true, false, false)
            select new Broadcastable(common, leftOut, all ? new int[count] : ones),
            sample => sample.Smaller());

    public override string ToString() => string.Join(", ", Shapes.Select(sizes => Generators.Shapes.ToCode(sizes)));

    /// <summary>Samples with a smaller common shape, or with fewer differences from it.</summary>
    public IEnumerable<Broadcastable> Smaller()
        => Generators.Shapes.Shrink(Common).Select(common => this with { Common = common })
            .Concat(Simpler(LeftOut).Select(leftOut => this with { LeftOut = leftOut }))
            .Concat(Simpler(Ones).Select(ones => this with { Ones = ones }));

    private static IEnumerable<int[]> Simpler(int[] numbers)
        => from i in Enumerable.Range(0, numbers.Length) where numbers[i] != 0 select (int[])[.. numbers[..i], 0, .. numbers[(i + 1)..]];

    private int[] At(int index)
        => [.. Common.Select((size, dim) => (Ones[index] >> dim & 1) == 1 ? 1 : size).Skip(LeftOut[index])];
}
