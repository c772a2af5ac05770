namespace Autograd.Tests.Golden.Operations;

/// <summary>The family normalization.</summary>
internal static class Normalizations
{
    public static readonly OperationRows Rows = new()
    {
        ["batch_norm/train"] = BatchNorm,
        ["batch_norm/eval"] = BatchNorm,
        ["instance_norm"] = InstanceNorm,
        ["layer_norm"] = a => a.Tensor(0).LayerNorm(a.Ints(1, "normalized_shape"), a.TensorOrNull(2, "weight"), a.TensorOrNull(3, "bias"), a.Number(4, "eps", 1e-5)),
        ["group_norm"] = a => a.Tensor(0).GroupNorm(a.Int(1, "num_groups"), a.TensorOrNull(2, "weight"), a.TensorOrNull(3, "bias"), a.Number(4, "eps", 1e-5)),
        ["rms_norm"] = a => a.Tensor(0).RmsNorm(a.Ints(1, "normalized_shape"), a.TensorOrNull(2, "weight"), a.Has(3, "eps") ? a.Number(3, "eps") : null),
        ["local_response_norm"] = a => a.Tensor(0).LocalResponseNorm(a.Int(1, "size"), a.Number(2, "alpha", 1e-4), a.Number(3, "beta", 0.75), a.Number(4, "k", 1)),
    };

    private static Results BatchNorm(Arguments a)
    {
        var (training, momentum) = (a.Flag(5, "training"), a.Number(6, "momentum", 0.1));
        var y = a.Tensor(0).BatchNorm(
            a.TensorOrNull(1, "running_mean"), a.TensorOrNull(2, "running_var"), a.TensorOrNull(3, "weight"), a.TensorOrNull(4, "bias"), training, momentum, a.Number(7, "eps", 1e-5));
        return WithChanged(y, training && momentum != 0);
    }

    private static Results InstanceNorm(Arguments a)
    {
        var (own, momentum) = (a.Flag(5, "use_input_stats", true), a.Number(6, "momentum", 0.1));
        var y = a.Tensor(0).InstanceNorm(
            a.TensorOrNull(1, "running_mean"), a.TensorOrNull(2, "running_var"), a.TensorOrNull(3, "weight"), a.TensorOrNull(4, "bias"), own, momentum, a.Number(7, "eps", 1e-5));
        return WithChanged(y, own && momentum != 0);
    }

    // PyTorch changes running statistics in place; the data list those that have changed.
    private static Tensor[] WithChanged((Tensor Output, Tensor? Mean, Tensor? Variance) y, bool changed)
        => changed && y is { Mean: { } mean, Variance: { } variance } ? [y.Output, mean, variance] : [y.Output];
}
