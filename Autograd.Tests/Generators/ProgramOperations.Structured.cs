using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Generators;

/// <content>Indexing and linear algebra.</content>
internal static partial class ProgramOperations
{
    private static readonly Operand Row = Made(x => x.Flatten());

    // [3, n]
    private static readonly Operand Table = Made(x => Tensor.Stack([x.Flatten(), x.Flatten().Cos(), x.Flatten().Sigmoid() * 3]));

    // Near diag(2, 3, 4): invertible, with eigenvalues and singular values apart; the symmetric one is positive-definite.
    private static readonly Operand Square = Made(
        x => x.Flatten().Pad([0, 3])[..3].Tanh().Outer(x.Flatten().Pad([0, 3])[..3].Cos()) * 0.2 + Tensor.Arange(2, 5, dtype: DType.Float64).Diag());

    private static readonly Operand Symmetric = Made(
        x => x.Flatten().Pad([0, 3])[..3].Tanh().Outer(x.Flatten().Pad([0, 3])[..3].Tanh()) * 0.2 + Tensor.Arange(2, 5, dtype: DType.Float64).Diag());

    private static IEnumerable<ProgramOperation> Indexing() =>
    [
        General(1, Indices, (x, n) => x[0].IndexSelect(n[0], Tensor.From([n[1], n[2], n[3]]))),
        General(1, s => Indices([[.. s[0].Take(1)]]), (x, n) => x[0][Tensor.From([n[1], n[2], n[3]])]),
        General(1, s => s[0].Length > 1 ? Indices(s) : null, (x, n) => x[0][TensorIndex.Ellipsis, 0, TensorIndex.NewAxis, Tensor.From([0, -1, 0])]),
        On(Table, t => t[Tensor.From([0, 2, 0]), Tensor.From([0, -1, 0])]),
        On(Table, t => t[Tensor.From([0, 2, 0, 1], [2, 2]), TensorIndex.NewAxis, ^1]),
        On(Table, t => t.T[Tensor.From([0, -1], [2, 1]), Tensor.From([1, 1, 2])]),
        On(Table, t => t[Tensor.From([true, false, true]), 0..1], Smooth.AwayFrom(1)),
        On(Table, t => t.With([Tensor.From([0, 2]), Tensor.From([0, -1])], t[1, 0] * 2)),
        On(Table, t => t.With([Tensor.From([true, false, true])], t[1])),
        General(2, Place, (x, n) => x[0].With([n[1]], x[1])),
        Of(x => x[x > 0], Smooth.AwayFrom(0)),
        Of(x => x.MaskedSelect(x > 0.5), Smooth.AwayFrom(0.5)),
        Of(x => x.MaskedFill(x > 0, 0.5), Smooth.AwayFrom(0)),
        On(Row, r => r.IndexSelect(0, r.Round().Nonzero().Flatten()), Smooth.AwayFromHalves),
        On(Row, r => r.IndexAdd(0, Tensor.From([0, 0]), r[..2].Sin())),
        On(Row, r => r.Cos().Scatter(0, r.ArgSort(), r), Smooth.Distinct),
        On(Row, r => r.Cos().ScatterAdd(0, r.ArgSort() * 0, r)),
        On(Row, r => r.Cos().ScatterReduce(0, r.ArgSort() * 0, r, ScatterReduction.Mean)),
        On(Row, r => r.Cos().ScatterReduce(0, Tensor.From([0, 1, 0, 0]), r.Flip(0), ScatterReduction.Prod)),
        On(Table, t => Tensor.Embedding(Tensor.From([0, 2, 0]), t)),
        On(Table, t => Tensor.EmbeddingBag(Tensor.From([0, 2, 1, 0], [2, 2]), t)),
    ];

    private static IEnumerable<ProgramOperation> Products() =>
    [
        General(2, s => s.All(sizes => sizes.Length > 0) ? NoNumbers : null, (x, n) => x[0].MatMul(x[1])),
        On(Table, t => t.MatMul(t.Sin().T)),
        On(Table, t => t.Linear(t.Cos(), t.Select(1, 0))),
        On(Table, t => t.TensorDot(t.Cos().T, 1)),
        On(Table, t => Tensor.Einsum("ij,kj->ik", t, t.Cos())),
        On(Table, t => Tensor.Einsum("ij,ij,i->j", t, t.Sin(), t.Select(1, 0))),
        On(Row, r => r.Dot(r.Cos())),
        On(Row, r => r.Kron(r.Cos())),
        On(Row, r => Tensor.Bilinear(r, r.Cos(), r.Outer(r.Sin()).Unsqueeze(0))),
        General(2, _ => NoNumbers, (x, n) => x[0].Flatten().Outer(x[1].Flatten())),
        OfTwo((a, b) => Tensor.CosineSimilarity(a * a + 0.1, b, -1), (_, b) => Smooth.IsAwayFromZero(b)),
        OfTwo((a, b) => Tensor.PairwiseDistance(a, b), Smooth.Apart),
    ];

    private static IEnumerable<ProgramOperation> Matrices() =>
    [
        On(Square, a => Linalg.Inv(a)),
        On(Square, a => Linalg.Det(a * 0.5)),
        On(Square, a => Linalg.LogDet(a)),
        On(Square, a => Linalg.SlogDet(a).LogAbsDet),
        On(Square, a => Linalg.Solve(a, a.Sin())),
        On(Square, a => Linalg.Solve(a, a[0], left: false)),
        On(Square, a => Linalg.SolveTriangular(a, a.Cos(), upper: true)),
        On(Square, a => Linalg.Lstsq(a[.., ..1], a[0])),
        On(Square, a => Linalg.Pinv(a[.., ..1])),
        On(Square, a => Linalg.Qr(a).Q),
        On(Square, a => Linalg.Qr(a).R),
        On(Square, a => Linalg.Svd(a).U + Linalg.Svd(a).Vt),
        On(Square, a => Linalg.Svdvals(a)),
        On(Symmetric, a => Linalg.Cholesky(a)),
        On(Symmetric, a => Linalg.Eigh(a).Eigenvectors),
        On(Symmetric, a => Linalg.Eigvalsh(a)),
        On(Square, a => Linalg.MatrixPower(a * 0.4, 3)),
        On(Square, a => Linalg.MatrixNorm(a)),
        On(Square, a => Linalg.MatrixNorm(a, 2)),
        On(Square, a => Linalg.MatrixNorm(a, "nuc")),
    ];

    private static Gen<int[]>? Indices(int[][] shapes)
        => NotEmptyDim(shapes)?.SelectMany(dim => Gen.Choose(0, shapes[0][dim] - 1).ArrayOf(3), (dim, places) => (int[])[dim, .. places]);
}
