namespace Autograd.NN;

/// <summary>Makes one dimension several: the reverse of <see cref="Flatten"/>.</summary>
/// <param name="dim">The dimension; negative numbers count from the last.</param>
/// <param name="sizes">The sizes that it becomes; one may be −1.</param>
public sealed class Unflatten(int dim, params int[] sizes) : Layer
{
    private readonly int[] sizes = [.. sizes];

    /// <inheritdoc/>
    protected override string HyperParameters => $"dim: {dim}, sizes: [{string.Join(", ", sizes)}]";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Unflatten(dim, sizes);
}
