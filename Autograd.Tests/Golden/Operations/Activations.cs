namespace Autograd.Tests.Golden.Operations;

/// <summary>The family activations.</summary>
internal static class Activations
{
    public static readonly OperationRows Rows = new()
    {
        ["logsigmoid"] = a => a.Tensor(0).LogSigmoid(),
        ["softplus"] = a => a.Tensor(0).Softplus(a.Number(1, "beta", 1), a.Number(2, "threshold", 20)),
        ["softsign"] = a => a.Tensor(0).Softsign(),
        ["relu"] = a => a.Tensor(0).Relu(),
        ["leaky_relu"] = a => a.Tensor(0).LeakyRelu(a.Number(1, "negative_slope", 0.01)),
        ["elu"] = a => a.Tensor(0).Elu(a.Number(1, "alpha", 1)),
        ["selu"] = a => a.Tensor(0).Selu(),
        ["celu"] = a => a.Tensor(0).Celu(a.Number(1, "alpha", 1)),
        ["gelu"] = a => a.Text(1, "approximate", "none") == "tanh" ? a.Tensor(0).GeluTanh() : a.Tensor(0).Gelu(),
        ["silu"] = a => a.Tensor(0).Silu(),
        ["mish"] = a => a.Tensor(0).Mish(),
        ["hardtanh"] = a => a.Tensor(0).Hardtanh(a.Number(1, "min_val", -1), a.Number(2, "max_val", 1)),
        ["hardsigmoid"] = a => a.Tensor(0).HardSigmoid(),
        ["hardswish"] = a => a.Tensor(0).HardSwish(),
        ["prelu"] = a => a.Tensor(0).Prelu(a.Tensor(1, "weight")),
        ["relu6"] = a => a.Tensor(0).Relu6(),
        ["threshold"] = a => Tensor.Where(a.Tensor(0) <= a.Scalar(1, "threshold"), a.Scalar(2, "value"), a.Tensor(0)),
        ["softmax"] = a => a.Tensor(0).Softmax(a.Int(1, "dim")),
        ["log_softmax"] = a => a.Tensor(0).LogSoftmax(a.Int(1, "dim")),
    };

    // PyTorch's threshold, above which it returns x, is an approximation that the library does not make.
}
