namespace Autograd.NN;

/// <summary>sin(πx)/(πx), elementwise; 1 at 0.</summary>
public sealed class Sinc : Layer
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Sinc();
}
