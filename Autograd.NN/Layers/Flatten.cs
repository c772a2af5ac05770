namespace Autograd.NN;

/// <summary>Makes several neighbouring dimensions one: [batch, channels, height, width] becomes [batch, channels·height·width].</summary>
/// <param name="startDim">The first of them; left out, 1, so that the examples of a batch stay apart.</param>
/// <param name="endDim">The last of them; negative numbers count from the last.</param>
public sealed class Flatten(int startDim = 1, int endDim = -1) : Layer
{
    /// <inheritdoc/>
    protected override string HyperParameters => $"startDim: {startDim}, endDim: {endDim}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Flatten(startDim, endDim);
}
