namespace Autograd.NN;

/// <summary>The mean of each channel: [N, C, …] becomes [N, C]. (Lin et al., "Network in network", 2013.)</summary>
public sealed class GlobalAvgPool : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => GlobalPool.Places(x, TypeName).Mean(-1);
}

/// <summary>The greatest element of each channel: [N, C, …] becomes [N, C].</summary>
public sealed class GlobalMaxPool : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => GlobalPool.Places(x, TypeName).Amax(-1);
}

/// <summary>What both share.</summary>
internal static class GlobalPool
{
    /// <summary>All places of a channel in one dimension.</summary>
    public static Tensor Places(Tensor x, string layer)
        => x.Rank > 2 ? x.Flatten(2) : throw new ShapeException($"{layer}: shape {x.Shape} must be [N, C, …] with at least one dimension behind the channels.");
}
