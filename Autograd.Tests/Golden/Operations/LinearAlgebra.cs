namespace Autograd.Tests.Golden.Operations;

/// <summary>The family linalg.</summary>
internal static class LinearAlgebra
{
    public static readonly OperationRows Rows = new()
    {
        ["trace"] = a => a.Tensor(0).Diagonal().Sum(),
    };
}
