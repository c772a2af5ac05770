namespace Autograd.Tests.Golden.Operations;

/// <summary>The family linalg.</summary>
internal static class LinearAlgebra
{
    public static readonly OperationRows Rows = new()
    {
        ["trace"] = a => a.Tensor(0).Diagonal().Sum(),
        ["linalg.vector_norm"] = a => a.Tensor(0).Norm(a.Number(1, "ord", 2), a.Ints(2, "dim"), a.Flag(3, "keepdim")),
    };
}
