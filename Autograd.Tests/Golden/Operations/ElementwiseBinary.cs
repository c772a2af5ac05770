namespace Autograd.Tests.Golden.Operations;

/// <summary>The family elementwise_binary.</summary>
internal static class ElementwiseBinary
{
    public static readonly OperationRows Rows = new()
    {
        ["add"] = a => a.Has(2, "alpha") ? a.Tensor(0).Add(a.Tensor(1), a.Scalar(2, "alpha")) : a.IsTensor(1) ? a.Tensor(0) + a.Tensor(1) : a.Tensor(0) + a.Scalar(1),
        ["sub"] = a => a.IsTensor(1) ? a.Tensor(0) - Scaled(a) : a.Tensor(0) - a.Scalar(1),
        ["mul"] = a => a.IsTensor(1) ? a.Tensor(0) * a.Tensor(1) : a.Tensor(0) * a.Scalar(1),
        ["div/no_rounding_mode"] = a => a.IsTensor(1) ? a.Tensor(0) / a.Tensor(1) : a.Tensor(0) / a.Scalar(1),
        ["div/floor_rounding"] = a => a.Without(2, "rounding_mode").IsTensor(1) ? a.Tensor(0).FloorDivide(a.Tensor(1)) : a.Tensor(0).FloorDivide(a.Scalar(1)),
        ["div/trunc_rounding"] = a => (a.Without(2, "rounding_mode").IsTensor(1) ? a.Tensor(0) / a.Tensor(1) : a.Tensor(0) / a.Scalar(1)).Trunc(),
        ["pow/tensor_tensor"] = a => a.Tensor(0).Pow(a.Tensor(1)),
        ["pow/tensor_scalar"] = a => a.Tensor(0).Pow(a.Scalar(1)),
        ["pow/scalar_tensor"] = a => Tensor.From(a.Scalar(0), DType.Float64).Pow(a.Tensor(1)),
        ["atan2"] = a => a.Tensor(0).Atan2(a.Tensor(1)),
        ["clamp"] = a => a.IsTensor(1, "min") || a.IsTensor(2, "max")
            ? a.Tensor(0).Clamp(a.TensorOrNull(1, "min"), a.TensorOrNull(2, "max"))
            : a.Tensor(0).Clamp(Bound(a, 1, "min"), Bound(a, 2, "max")),
        ["maximum"] = a => a.Tensor(0).Maximum(a.Tensor(1)),
        ["minimum"] = a => a.Tensor(0).Minimum(a.Tensor(1)),
        ["max/binary"] = a => a.Tensor(0).Maximum(a.Tensor(1)),
        ["min/binary"] = a => a.Tensor(0).Minimum(a.Tensor(1)),
        ["where"] = a => Tensor.Where(a.Tensor(0), a.Tensor(1), a.Tensor(2)),
        ["lerp"] = a => a.IsTensor(2) ? a.Tensor(0).Lerp(a.Tensor(1), a.Tensor(2)) : a.Tensor(0).Lerp(a.Tensor(1), a.Scalar(2)),
        ["addcmul"] = a => a.Tensor(0).AddCMul(a.Tensor(1), a.Tensor(2), a.Number(3, "value", 1)),
        ["addcdiv"] = a => a.Tensor(0).AddCDiv(a.Tensor(1), a.Tensor(2), a.Number(3, "value", 1)),
        ["fmod"] = a => a.IsTensor(1) ? a.Tensor(0).Fmod(a.Tensor(1)) : a.Tensor(0).Fmod(a.Scalar(1)),
        ["remainder"] = a => a.IsTensor(1) ? a.Tensor(0) % a.Tensor(1) : a.Tensor(0) % a.Scalar(1),
        ["xlogy"] = a => a.IsTensor(1) ? a.Tensor(0).Xlogy(a.Tensor(1)) : a.Tensor(0).Xlogy(a.Scalar(1)),
        ["hypot"] = a => a.Tensor(0).Hypot(a.Tensor(1)),
        ["logaddexp"] = a => a.Tensor(0).LogAddExp(a.Tensor(1)),
    };

    private static Tensor Scaled(Arguments a) => a.Has(2, "alpha") ? a.Tensor(1) * a.Scalar(2, "alpha") : a.Tensor(1);

    private static Scalar? Bound(Arguments a, int position, string name) => a.Has(position, name) ? a.Scalar(position, name) : null;
}
