using Autograd.Tests.Core;

namespace Autograd.Tests.Operations;

/// <summary>A sample of every public operation of Tensor, Linalg and Loss.</summary>
internal static partial class OperationSamples
{
    private const string Any = "any";
    private const string Broadcast = "broadcast";
    private const string Reduced = "without the dims, or 1 with keepDim";
    private const string AsX = "as x";
    private const string AlongDim = "as x, or k along dim";

    private static readonly int[] Square = [2, 2];
    private static readonly int[] Image = [1, 4, 2, 2];

    public static OperationSample[] All { get; } = [.. Elementwise(), .. Formulas(), .. Reductions(), .. Shapes(), .. Indexing(), .. Products(), .. LinearAlgebra(), .. Sampling(), .. Convolutions(), .. Pooling(), .. Networks(), .. Losses()];

    private static OperationSample Sample(string name, string shapes, Func<Tensor, Tensor> call, int[]? shape = null) => new(name, shape ?? Square, shapes, call);

    // Found by reflection, so that new ones come by themselves.
    private static IEnumerable<OperationSample> Elementwise()
        => ElementwiseMethods.Unary.Where(method => !method.IsSpecialName).DistinctBy(method => method.Name, StringComparer.Ordinal).Select(method => Sample(method.Name, Any, x => method.Of(x)))
            .Concat(ElementwiseMethods.Binary.Where(method => !method.IsSpecialName && method.Name is not "SumTo").Select(method => Sample(method.Name, Broadcast, x => method.Of(x, x * x))));

    private static IEnumerable<OperationSample> Formulas() =>
    [
        Sample("AddCDiv", Broadcast, x => x.AddCDiv(x, x)),
        Sample("AddCMul", Broadcast, x => x.AddCMul(x, x)),
        Sample("Clamp", Broadcast, x => x.Clamp(0, 1)),
        Sample("Glu", "the dim halved", x => x.Glu()),
        Sample("Lerp", Broadcast, x => x.Lerp(x, 0.5)),
        Sample("LogSoftmax", AsX, x => x.LogSoftmax(-1)),
        Sample("MaskedFill", Broadcast, x => x.MaskedFill(Tensor.Zeros(x.Shape, DType.Bool), 1)),
        Sample("Prelu", AsX, x => x.Prelu(Tensor.From([0.25f]).To(x.DType))),
        Sample("Softmax", AsX, x => x.Softmax(-1)),
        Sample("Softmin", AsX, x => x.Softmin(-1)),
        Sample("Threshold", Any, x => x.Threshold(0, 1)),
        Sample("To", Any, x => x.To(DType.Float64)),
        Sample("Where", Broadcast, x => Tensor.Where(x.Eq(x), x, x)),
    ];

    private static IEnumerable<OperationSample> Reductions() =>
    [
        Sample("All", Reduced, x => x.All()),
        Sample("Amax", Reduced, x => x.Amax(0)),
        Sample("Amin", Reduced, x => x.Amin(0)),
        Sample("Any", Reduced, x => x.Any()),
        Sample("ArgMax", Reduced, x => x.ArgMax(0)),
        Sample("ArgMin", Reduced, x => x.ArgMin(0)),
        Sample("ArgSort", AsX, x => x.ArgSort(0)),
        Sample("CumMax", AsX, x => x.CumMax(0).Values),
        Sample("CumMin", AsX, x => x.CumMin(0).Values),
        Sample("CumProd", AsX, x => x.CumProd(0)),
        Sample("CumSum", AsX, x => x.CumSum(0)),
        Sample("KthValue", Reduced, x => x.KthValue(1, 0).Values),
        Sample("LogCumSumExp", AsX, x => x.LogCumSumExp(0)),
        Sample("LogSumExp", Reduced, x => x.LogSumExp(0)),
        Sample("Max", Reduced, x => x.Max(0).Values),
        Sample("Mean", Reduced, x => x.Mean(0)),
        Sample("Median", Reduced, x => x.Median(0).Values),
        Sample("Min", Reduced, x => x.Min(0).Values),
        Sample("Norm", Reduced, x => x.Norm(2, 0)),
        Sample("Prod", Reduced, x => x.Prod(0)),
        Sample("Sort", AsX, x => x.Sort(0).Values),
        Sample("Std", Reduced, x => x.Std(0)),
        Sample("Sum", Reduced, x => x.Sum(0)),
        Sample("SumTo", "a shape that broadcasts to x's", x => x.SumTo(x.Shape)),
        Sample("TopK", AlongDim, x => x.TopK(1, 0).Values),
        Sample("Var", Reduced, x => x.Var(0)),
    ];

    private static IEnumerable<OperationSample> Shapes() =>
    [
        Sample("Chunk", "parts along dim", x => x.Chunk(2)[0]),
        Sample("Concatenate", "sum of the sizes along dim", x => Tensor.Concatenate([x, x])),
        Sample("Diag", "[n] ↔ [n, n]", x => x.Diag()),
        Sample("Diagonal", "two dims become one, the last", x => x.Diagonal()),
        Sample("Expand", "sizes of 1 grow, new dims in front", x => x.Expand([2, .. x.Shape])),
        Sample("ExpandAs", "the other's", x => x.ExpandAs(x)),
        Sample("Flatten", "several dims become one", x => x.Flatten()),
        Sample("Flip", AsX, x => x.Flip(0)),
        Sample("Meshgrid", "[n], [m], … → [n, m, …]", x => Tensor.Meshgrid([x, x])[0], [3]),
        Sample("MoveDim", "the dims in another order", x => x.MoveDim(0, -1)),
        Sample("Narrow", "length along dim", x => x.Narrow(0, 0, 1)),
        Sample("Pad", "before + n + after along each dim", x => x.Pad([1, 1])),
        Sample("Permute", "the dims in another order", x => x.Permute([.. Enumerable.Range(0, x.Rank).Reverse()])),
        Sample("Repeat", "sizes times repeats", x => x.Repeat([.. Enumerable.Repeat(2, x.Rank)])),
        Sample("RepeatInterleave", "n·repeats along dim", x => x.RepeatInterleave(2, 0)),
        Sample("Reshape", "as many elements", x => x.Reshape([1, .. x.Shape])),
        Sample("Roll", AsX, x => x.Roll(1, 0)),
        Sample("Select", "without dim", x => x.Select(0, 0)),
        Sample("Split", "parts along dim", x => x.Split(1)[0]),
        Sample("Squeeze", "without dims of size 1", x => x.Squeeze()),
        Sample("Stack", "a new dim", x => Tensor.Stack([x, x])),
        Sample("Tile", "sizes times repeats", x => x.Tile(2)),
        Sample("Transpose", "two dims exchanged", x => x.Transpose(0, -1)),
        Sample("Tril", AsX, x => x.Tril()),
        Sample("Triu", AsX, x => x.Triu()),
        Sample("Unbind", "without dim", x => x.Unbind() is [var first, ..] ? first : x),
        Sample("Unflatten", "one dim becomes several", x => x.Unflatten(0, x.Shape[0], 1)),
        Sample("Unsqueeze", "a new dim of size 1", x => x.Unsqueeze(0)),
    ];
}
