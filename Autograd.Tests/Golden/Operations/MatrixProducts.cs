namespace Autograd.Tests.Golden.Operations;

/// <summary>The family matmul.</summary>
internal static class MatrixProducts
{
    public static readonly OperationRows Rows = new()
    {
        ["matmul"] = a => a.Tensor(0).MatMul(a.Tensor(1)),
        ["mm"] = a => a.Tensor(0).MatMul(a.Tensor(1)),
        ["bmm"] = a => a.Tensor(0).MatMul(a.Tensor(1)),
        ["mv"] = a => a.Tensor(0).MatMul(a.Tensor(1)),
        ["dot"] = a => a.Tensor(0).Dot(a.Tensor(1)),
        ["addmm"] = AddProduct,
        ["baddbmm"] = AddProduct,
        ["outer"] = a => a.Tensor(0).Outer(a.Tensor(1)),
        ["einsum"] = a => Tensor.Einsum(a.Text(0, "equation", string.Empty), [.. Enumerable.Range(1, a.Count - 1).Select(i => a.Tensor(i))]),
        ["kron"] = a => a.Tensor(0).Kron(a.Tensor(1)),
        ["bilinear"] = a => Tensor.Bilinear(a.Tensor(0), a.Tensor(1), a.Tensor(2), a.TensorOrNull(3, "bias")),
        ["linear"] = a => a.Tensor(0).Linear(a.Tensor(1), a.TensorOrNull(2, "bias")),
    };

    private static Results AddProduct(Arguments a)
        => (a.Tensor(0) * a.Number(3, "beta", 1)) + (a.Tensor(1).MatMul(a.Tensor(2)) * a.Number(4, "alpha", 1));
}
