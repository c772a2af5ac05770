namespace Autograd.Tests.Golden.Operations;

/// <summary>The family elementwise_unary.</summary>
internal static class ElementwiseUnary
{
    public static readonly OperationRows Rows = new()
    {
        ["neg"] = a => -a.Tensor(0),
        ["exp"] = a => a.Tensor(0).Exp(),
        ["exp2"] = a => a.Tensor(0).Exp2(),
        ["expm1"] = a => a.Tensor(0).Expm1(),
        ["log"] = a => a.Tensor(0).Log(),
        ["log2"] = a => a.Tensor(0).Log2(),
        ["log10"] = a => a.Tensor(0).Log10(),
        ["log1p"] = a => a.Tensor(0).Log1p(),
        ["sqrt"] = a => a.Tensor(0).Sqrt(),
        ["rsqrt"] = a => a.Tensor(0).Rsqrt(),
        ["square"] = a => a.Tensor(0).Square(),
        ["abs"] = a => a.Tensor(0).Abs(),
        ["sign"] = a => a.Tensor(0).Sign(),
        ["sin"] = a => a.Tensor(0).Sin(),
        ["cos"] = a => a.Tensor(0).Cos(),
        ["tan"] = a => a.Tensor(0).Tan(),
        ["asin"] = a => a.Tensor(0).Asin(),
        ["acos"] = a => a.Tensor(0).Acos(),
        ["atan"] = a => a.Tensor(0).Atan(),
        ["sinh"] = a => a.Tensor(0).Sinh(),
        ["cosh"] = a => a.Tensor(0).Cosh(),
        ["tanh"] = a => a.Tensor(0).Tanh(),
        ["asinh"] = a => a.Tensor(0).Asinh(),
        ["acosh"] = a => a.Tensor(0).Acosh(),
        ["atanh"] = a => a.Tensor(0).Atanh(),
        ["sinc"] = a => a.Tensor(0).Sinc(),
        ["erf"] = a => a.Tensor(0).Erf(),
        ["erfc"] = a => a.Tensor(0).Erfc(),
        ["sigmoid"] = a => a.Tensor(0).Sigmoid(),
        ["reciprocal"] = a => a.Tensor(0).Reciprocal(),
        ["round"] = a => a.Tensor(0).Round(),
        ["round/decimals"] = a => a.Tensor(0).Round(a.Int(1, "decimals")),
        ["floor"] = a => a.Tensor(0).Floor(),
        ["ceil"] = a => a.Tensor(0).Ceil(),
        ["trunc"] = a => a.Tensor(0).Trunc(),
        ["frac"] = a => a.Tensor(0).Frac(),
    };
}
