namespace Autograd.NN;

/// <summary>y = x: a place for a layer that is not there.</summary>
public sealed class Identity : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x;
}
