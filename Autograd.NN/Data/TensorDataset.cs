namespace Autograd.NN;

/// <summary>Inputs and targets that lie in two tensors: an example is a row of each.</summary>
/// <example><code>
/// var data = new TensorDataset(Tensor.Rand([100, 4]), Tensor.RandInt(0, 3, [100]));
/// var loader = new DataLoader&lt;(Tensor X, Tensor Y)&gt;(data, batchSize: 32, shuffle: true);
/// foreach (var (inputs, targets) in loader) { }
/// </code></example>
public sealed class TensorDataset : Dataset<(Tensor X, Tensor Y)>
{
    /// <summary>Examples from the rows of two tensors.</summary>
    /// <param name="x">Inputs, [n, …].</param>
    /// <param name="y">Targets, [n, …].</param>
    /// <exception cref="ShapeException">They do not have as many rows, or have none at all.</exception>
    public TensorDataset(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Rank == 0 || y.Rank == 0 || x.Shape[0] != y.Shape[0])
        {
            throw new ShapeException($"TensorDataset: inputs of shape {x.Shape} and targets of shape {y.Shape} must have one first dimension in common, that of the examples.");
        }

        (X, Y) = (x.Detach(), y.Detach());
    }

    /// <summary>All inputs.</summary>
    public Tensor X { get; }

    /// <summary>All targets.</summary>
    public Tensor Y { get; }

    /// <inheritdoc/>
    public override int Count => X.Shape[0];

    /// <inheritdoc/>
    public override (Tensor X, Tensor Y) this[int index] => (X[index], Y[index]);

    /// <summary>The examples of all numbers, taken out together.</summary>
    /// <param name="indices">Their numbers.</param>
    /// <param name="generator">Not used.</param>
    public override (Tensor X, Tensor Y) GetBatch(ReadOnlySpan<int> indices, Generator generator)
    {
        var places = Tensor.From(indices);
        return (X.IndexSelect(0, places), Y.IndexSelect(0, places));
    }
}
