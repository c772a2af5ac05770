using Autograd.Evaluation;
using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Gradients;

/// <content>Shapes and other arguments of functions of matrices and of rows.</content>
internal static partial class RandomCases
{
    private static readonly Gen<int[]> Batch = Shapes.Any(2, rankTo: 2);

    private static Gen<(string Text, object[] Arguments)>? FittingMatrices(Type operation) => operation switch
    {
        _ when operation == typeof(QrOp) =>
            from batch in Batch from columns in Gen.Choose(0, 2) from more in Gen.Choose(0, 2) select Case([.. batch, columns + more, columns]),
        _ when operation == typeof(SvdOp) => from sizes in Rectangles() select Case(sizes),
        _ when operation == typeof(PinvOp) => from sizes in Rectangles() select Case(sizes, 0.0, 1e-15),
        _ when operation.IsSubclassOf(typeof(MatrixOperation)) || operation == typeof(DetOp) || operation == typeof(LogAbsDetOp) =>
            from batch in Batch from n in Gen.Choose(0, 3) select Case([.. batch, n, n]),
        _ when operation == typeof(SolveOp) =>
            from batch in Broadcastable.Arbitrary(2, 2).Generator
            from n in Gen.Choose(0, 3)
            from k in Gen.Choose(0, 2)
            select (Systems([.. batch.Shapes[0], n, n], [.. batch.Shapes[1], n, k]), Array.Empty<object>()),
        _ when operation == typeof(SolveTriangularOp) =>
            from batch in Batch
            from n in Gen.Choose(0, 3)
            from k in Gen.Choose(0, 2)
            from flags in Gen.Elements(true, false).ArrayOf(3)
            select (Systems([.. batch, n, n], [.. batch, n, k]), (object[])[flags[0], flags[1], flags[2]]),
        _ when operation.IsSubclassOf(typeof(RowFunction)) => from sizes in Rows(Any) select Case(sizes),
        _ => null,
    };

    private static Gen<int[]> Rectangles()
        => from batch in Batch from sizes in Gen.Choose(0, 3).ArrayOf(2) select (int[])[.. batch, .. sizes];

    private static Gen<int[]> Rows(Gen<int[]> shapes) => shapes.Where(sizes => sizes.Length > 0);

    private static string Systems(int[] a, int[] b) => $"{Shapes.Describe(a)}, {Shapes.Describe(b)}";
}
