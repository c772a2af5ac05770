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
        ["dot"] = a => a.Tensor(0).MatMul(a.Tensor(1)),
        ["addmm"] = AddProduct,
        ["baddbmm"] = AddProduct,
        ["outer"] = a => a.Tensor(0).Unsqueeze(1) * a.Tensor(1),
        ["linear"] = a => a.TensorOrNull(2, "bias") is { } bias ? a.Tensor(0).MatMul(a.Tensor(1).T) + bias : a.Tensor(0).MatMul(a.Tensor(1).T),
    };

    private static Results AddProduct(Arguments a)
        => (a.Tensor(0) * a.Number(3, "beta", 1)) + (a.Tensor(1).MatMul(a.Tensor(2)) * a.Number(4, "alpha", 1));
}
