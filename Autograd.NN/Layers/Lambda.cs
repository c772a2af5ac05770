namespace Autograd.NN;

/// <summary>A function as a layer. It has no parameters: those that the function uses are not found; a class derived from <see cref="Layer"/> finds its own.</summary>
/// <param name="function">The formula.</param>
/// <param name="name">What it is called when the model is printed.</param>
/// <example><code>var model = new Sequential(new Linear(2, 2), new Lambda(x => x.Square(), "square"));</code></example>
public sealed class Lambda(Func<Tensor, Tensor> function, string name = "") : Layer
{
    private readonly Func<Tensor, Tensor> function = function ?? throw new ArgumentNullException(nameof(function));

    /// <inheritdoc/>
    protected override string HyperParameters => name;

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => function(x);
}
