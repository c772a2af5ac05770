using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Autograd.NN;

/// <summary>Layers one after the other: y = fₙ(… f₂(f₁(x))). They are named <c>0</c>, <c>1</c>, ….</summary>
/// <example><code>
/// var model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1));
/// Sequential same = [new Linear(2, 8), new Tanh(), new Linear(8, 1)];
/// var features = model[..^1];                                             // without the last layer, sharing the others
/// </code></example>
[SuppressMessage("Naming", "CA1710", Justification = "The field's name of this layer; that its parts can be enumerated is not what it is.")]
public class Sequential : Layer, IEnumerable<Layer>
{
    [ParameterName("")]
    private readonly List<Layer> layers;

    /// <summary>A chain of the given layers; of none, it returns its input.</summary>
    /// <param name="layers">The layers, the first to be applied first.</param>
    /// <exception cref="ArgumentNullException">A layer is null.</exception>
    public Sequential(params ReadOnlySpan<Layer> layers)
    {
        this.layers = new List<Layer>(layers.Length);
        foreach (var layer in layers)
        {
            Add(layer);
        }
    }

    /// <summary>The number of layers.</summary>
    public int Count => layers.Count;

    /// <summary>The layer at a place.</summary>
    /// <param name="index">0 to Count − 1; <c>^1</c> is the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Layer this[int index] => layers[index];

    /// <summary>Adds a layer at the end.</summary>
    /// <param name="layer">The layer.</param>
    /// <exception cref="ArgumentNullException">The layer is null.</exception>
    public void Add(Layer layer)
    {
        if (layer is null)
        {
            throw new ArgumentNullException(nameof(layer), $"Sequential: layer {layers.Count} is null.");
        }

        layers.Add(layer);
    }

    /// <summary>Some of the layers as a chain of their own; they are shared, not copied. <c>model[1..3]</c> calls it.</summary>
    /// <param name="start">The first layer.</param>
    /// <param name="length">How many.</param>
    /// <exception cref="ArgumentException">They are not all there.</exception>
    public Sequential Slice(int start, int length) => [.. layers.GetRange(start, length)];

    /// <summary>An enumerator over the layers.</summary>
    public IEnumerator<Layer> GetEnumerator() => layers.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => layers.GetEnumerator();

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        foreach (var layer in layers)
        {
            x = layer.Forward(x);
        }

        return x;
    }
}
