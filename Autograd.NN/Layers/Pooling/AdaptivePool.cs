namespace Autograd.NN;

/// <summary>A signal, [N, C, L] or without N, brought to a given size: each element the mean of its share of the input.</summary>
/// <param name="outputSize">The sizes of the output.</param>
public sealed class AdaptiveAvgPool1d(SpatialSizes outputSize) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"outputSize: {outputSize}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AdaptiveAvgPool1d(outputSize);
}

/// <summary>An image, [N, C, H, W] or without N, brought to a given size: each element the mean of its share of the input.</summary>
/// <param name="outputSize">The sizes of the output.</param>
public sealed class AdaptiveAvgPool2d(SpatialSizes outputSize) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"outputSize: {outputSize}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AdaptiveAvgPool2d(outputSize);
}

/// <summary>A volume, [N, C, D, H, W] or without N, brought to a given size: each element the mean of its share of the input.</summary>
/// <param name="outputSize">The sizes of the output.</param>
public sealed class AdaptiveAvgPool3d(SpatialSizes outputSize) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"outputSize: {outputSize}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AdaptiveAvgPool3d(outputSize);
}

/// <summary>A signal, [N, C, L] or without N, brought to a given size: each element the greatest element of its share of the input.</summary>
/// <param name="outputSize">The sizes of the output.</param>
public sealed class AdaptiveMaxPool1d(SpatialSizes outputSize) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"outputSize: {outputSize}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AdaptiveMaxPool1d(outputSize);
}

/// <summary>An image, [N, C, H, W] or without N, brought to a given size: each element the greatest element of its share of the input.</summary>
/// <param name="outputSize">The sizes of the output.</param>
public sealed class AdaptiveMaxPool2d(SpatialSizes outputSize) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"outputSize: {outputSize}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AdaptiveMaxPool2d(outputSize);
}

/// <summary>A volume, [N, C, D, H, W] or without N, brought to a given size: each element the greatest element of its share of the input.</summary>
/// <param name="outputSize">The sizes of the output.</param>
public sealed class AdaptiveMaxPool3d(SpatialSizes outputSize) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"outputSize: {outputSize}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.AdaptiveMaxPool3d(outputSize);
}
