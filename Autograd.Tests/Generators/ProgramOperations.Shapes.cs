using FsCheck.Fluent;

namespace Autograd.Tests.Generators;

/// <content>Reductions, orders, changes of shape.</content>
internal static partial class ProgramOperations
{
    private static IEnumerable<ProgramOperation> Reductions() =>
    [
        Reducing((x, dim, keep) => x.Sum(dim, keep)),
        Reducing((x, dim, keep) => x.Mean(dim, keep)),
        Reducing((x, dim, keep) => x.Prod(dim, keep)),
        Reducing((x, dim, keep) => x.LogSumExp(dim, keep)),
        Reducing((x, dim, keep) => x.Amax(dim, keep), Smooth.Distinct),
        Reducing((x, dim, keep) => x.Amin(dim, keep), Smooth.Distinct),
        Reducing((x, dim, keep) => x.Max(dim, keep).Values, Smooth.Distinct),
        Reducing((x, dim, keep) => x.Min(dim, keep).Values, Smooth.Distinct),
        Reducing((x, dim, keep) => x.Median(dim, keep).Values, Smooth.Distinct),
        Reducing((x, dim, keep) => x.KthValue(1, dim, keep).Values, Smooth.Distinct),
        Reducing((x, dim, keep) => x.Var(dim, 0, keep)),
        Reducing((x, dim, keep) => x.Std(dim, 1, keep), Smooth.Distinct),
        Reducing((x, dim, keep) => x.Norm(2, dim, keep), Smooth.AwayFrom(0)),
        Reducing((x, dim, keep) => x.Norm(3, dim, keep), Smooth.AwayFrom(0)),
        Reducing((x, dim, keep) => x.MaskedFill((x > 0).All(dim, true) | (x > 1).Any(dim, true), 0.5).Sum(dim, keep), Smooth.AwayFrom(0, 1)),
        Along((x, dim) => x.SumTo(x.Sum(dim, keepDim: true).Shape)),
        Of(x => x.Sum()),
    ];

    private static IEnumerable<ProgramOperation> Orders() =>
    [
        Along((x, dim) => x.CumSum(dim)),
        Along((x, dim) => x.CumProd(dim)),
        Along((x, dim) => x.CumMax(dim).Values, Smooth.Distinct),
        Along((x, dim) => x.CumMin(dim).Values, Smooth.Distinct),
        Along((x, dim) => x.LogCumSumExp(dim)),
        Along((x, dim) => x.Sort(dim).Values, Smooth.Distinct),
        Along((x, dim) => x.Sort(dim, descending: true).Values, Smooth.Distinct),
        Along((x, dim) => x.TopK(2, dim).Values, Smooth.Distinct),
        Along((x, dim) => x.Sin().Gather(dim, x.ArgSort(dim)), Smooth.Distinct),
        Along((x, dim) => x.Sin().Gather(dim, x.ArgMax(dim, keepDim: true)), Smooth.Distinct),
        Along((x, dim) => x.Sin().TakeAlongDim(x.ArgMin(dim, keepDim: true), dim), Smooth.Distinct),
    ];

    private static IEnumerable<ProgramOperation> Views() =>
    [
        General(1, s => Gen.Shuffle(Enumerable.Range(0, s[0].Length)), (x, n) => x[0].Permute(n)),
        Along((x, dim) => x.Flip(dim)),
        Along((x, dim) => x.Unsqueeze(dim)),
        Along((x, dim) => x.MoveDim(dim, -1)),
        Along((x, dim) => x.Transpose(dim, 0)),
        Of(x => x.Squeeze()),
        Of(x => x.Flatten()),
        Of(x => x.Reshape([.. x.Shape, 1])),
        Of(x => x.Flatten().Unflatten(0, 1, -1)),
        General(1, Expansion, (x, n) => x[0].Expand(n)),
        OfTwo((a, b) => a.ExpandAs(a + b)),
        General(1, Part, (x, n) => x[0].Narrow(n[0], n[1], n[2])),
        General(1, Place, (x, n) => x[0].Select(n[0], n[1])),
        General(1, s => s[0].Length >= 2 ? Gen.Choose(-1, 1).Select(offset => (int[])[offset]) : null, (x, n) => x[0].Diagonal(n[0], -2, -1)),
        General(1, Place, (x, n) => x[0].Split(1, n[0])[n[1]]),
        General(1, Place, (x, n) => x[0].Unbind(n[0])[n[1]]),
        Along((x, dim) => x.Chunk(2, dim)[0]),
    ];

    private static IEnumerable<ProgramOperation> Joins() =>
    [
        General(2, Dim, (x, n) => Tensor.Concatenate(x, n[0])),
        General(2, Dim, (x, n) => Tensor.Stack(x, n[0])),
        General(1, s => s[0].Length > 0 ? Gen.Choose(-1, 2).ArrayOf(2) : null, (x, n) => x[0].Pad(n, 0.5)),
        On(Channels, x => x.Pad([1, 1], PaddingMode.Reflect)),
        On(Channels, x => x.Pad([1, 2], PaddingMode.Circular)),
        On(Channels, x => x.Pad([2, 0], PaddingMode.Replicate)),
        General(1, s => Gen.Choose(1, 2).ArrayOf(s[0].Length), (x, n) => x[0].Repeat(n)),
        General(1, s => Gen.Choose(1, 2).ArrayOf(s[0].Length), (x, n) => x[0].Tile(n)),
        Along((x, dim) => x.RepeatInterleave(2, dim)),
        General(1, Place, (x, n) => x[0].Roll(n[1], n[0])),
        Of(x => x.Tril()),
        Of(x => x.Triu(1)),
        Of(x => x.Flatten().Diag()),
        General(2, _ => NoNumbers, (x, n) => Tensor.Meshgrid([x[0].Flatten(), x[1].Flatten()])[1]),
    ];
}
