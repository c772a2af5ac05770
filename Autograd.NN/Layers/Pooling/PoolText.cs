namespace Autograd.NN;

/// <summary>The hyper-parameters of pooling layers, those that are not usual.</summary>
internal static class PoolText
{
    public static string Of(SpatialSizes kernelSize, SpatialSizes stride, SpatialSizes padding, bool ceilMode)
        => $"kernelSize: {kernelSize}" + (stride == default ? "" : $", stride: {stride}") + (padding == default ? "" : $", padding: {padding}") + (ceilMode ? ", ceilMode: true" : "");
}
