namespace Autograd.Tests.Golden.Operations;

/// <summary>The family linalg.</summary>
internal static class LinearAlgebra
{
    public static readonly OperationRows Rows = new()
    {
        ["trace"] = a => a.Tensor(0).Diagonal().Sum(),
        ["linalg.inv"] = a => Linalg.Inv(a.Tensor(0)),
        ["linalg.det"] = a => Linalg.Det(a.Tensor(0)),
        ["linalg.slogdet"] = a => Linalg.SlogDet(a.Tensor(0)),
        ["linalg.solve"] = a => Linalg.Solve(a.Tensor(0), a.Tensor(1), a.Flag(2, "left", true)),
        ["linalg.cholesky"] = a => Linalg.Cholesky(a.Tensor(0), a.Flag(1, "upper")),
        ["linalg.qr"] = Qr,
        ["linalg.svdvals"] = a => Linalg.Svdvals(a.Without(1, "driver").Tensor(0)),
        ["linalg.eigvalsh"] = a => Linalg.Eigvalsh(a.Without(1, "UPLO").Tensor(0)),
        ["linalg.eigh"] = a => Linalg.Eigh(a.Without(1, "UPLO").Tensor(0)),
        ["linalg.lstsq"] = a => Linalg.Lstsq(a.Without(3, "driver").Tensor(0), a.Tensor(1), a.Has(2, "rcond") ? a.Number(2, "rcond") : null),
        ["linalg.matrix_norm"] = MatrixNorm,
        ["linalg.vector_norm"] = a => a.Tensor(0).Norm(a.Number(1, "ord", 2), a.Ints(2, "dim"), a.Flag(3, "keepdim")),
    };

    private static Results Qr(Arguments a)
    {
        var (q, r) = Linalg.Qr(a.Tensor(0));
        return a.Text(1, "mode", "reduced") == "r" ? (Tensor.Zeros([0], DType.Float64), r) : (q, r);
    }

    private static Results MatrixNorm(Arguments a)
    {
        var dims = a.Has(2, "dim") ? a.Ints(2, "dim") : [-2, -1];
        var keepDim = a.Flag(3, "keepdim");
        return a.Value(1, "ord") is double or long
            ? Linalg.MatrixNorm(a.Tensor(0), a.Number(1, "ord"), dims[0], dims[1], keepDim)
            : Linalg.MatrixNorm(a.Tensor(0), a.Text(1, "ord", "fro"), dims[0], dims[1], keepDim);
    }
}
