namespace Autograd.NN;

/// <summary>eˣ/Σ eˣ over one dimension: positive numbers that add up to 1. A loss takes logits instead: <see cref="Loss.CrossEntropy(Tensor, Tensor)"/>.</summary>
/// <param name="dim">The dimension; negative numbers count from the last.</param>
public sealed class Softmax(int dim = -1) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"dim: {dim}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softmax(dim);
}

/// <summary>softmax(−x) over one dimension: the least number has the most weight.</summary>
/// <param name="dim">The dimension; negative numbers count from the last.</param>
public sealed class Softmin(int dim = -1) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"dim: {dim}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Softmin(dim);
}

/// <summary>ln softmax x = x − ln Σ eˣ over one dimension.</summary>
/// <param name="dim">The dimension; negative numbers count from the last.</param>
public sealed class LogSoftmax(int dim = -1) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"dim: {dim}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.LogSoftmax(dim);
}
