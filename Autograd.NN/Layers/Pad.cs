namespace Autograd.NN;

/// <summary>A border around the last dimensions.</summary>
/// <param name="padding">Pairs (before, after), beginning with the last dimension; negative numbers crop.</param>
/// <param name="mode">What the border is made of.</param>
/// <example><code>var model = new Sequential(new Pad([1, 1, 1, 1], PaddingMode.Reflect), new Conv2d(3, 8, 3));</code></example>
public sealed class Pad(int[] padding, PaddingMode mode = PaddingMode.Constant) : Layer
{
    private readonly int[] padding = [.. padding];

    /// <inheritdoc/>
    protected override string HyperParameters => $"padding: [{string.Join(", ", padding)}], mode: {mode}";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => x.Pad(padding, mode);
}
