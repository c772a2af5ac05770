namespace Autograd.NN;

/// <summary>A layer whose weight is w = g·v/‖v‖, with the norm over all dimensions but the first, so that length and direction of each unit's weights are learned apart.
/// (Salimans, Kingma, "Weight normalization", 2016.)</summary>
/// <remarks>The layer's own <c>weight</c> is v; <see cref="G"/> starts with its norms, so that the layer starts as it was.</remarks>
/// <typeparam name="TLayer">The type of the layer.</typeparam>
public sealed class WeightNorm<TLayer> : Layer
    where TLayer : Layer
{
    private readonly Parameter v;

    /// <summary>A layer with a normalized weight.</summary>
    /// <param name="layer">A layer with a parameter <c>weight</c> of at least two dimensions.</param>
    /// <exception cref="ModuleException">The layer has no such parameter.</exception>
    public WeightNorm(TLayer layer)
    {
        Inner = layer;
        v = WeightOf.Layer(layer, "WeightNorm");
        G = new Parameter(Norms().Detach());
    }

    /// <summary>The layer.</summary>
    [ParameterName("")]
    public TLayer Inner { get; }

    /// <summary>g: the lengths, of shape [out, 1, …].</summary>
    [ParameterName("weight_g")]
    public Parameter G { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        using (Variable.Substitute([new(v, v * (G / Norms()))]))
        {
            return Inner.Forward(x);
        }
    }

    private Tensor Norms() => v.Square().Sum([.. Enumerable.Range(1, v.Rank - 1)], keepDim: true).Sqrt();
}

/// <summary>Finds the weight that a reparametrization is about.</summary>
internal static class WeightOf
{
    /// <summary>The layer's own parameter <c>weight</c>.</summary>
    public static Parameter Layer(Layer layer, string wrapper)
    {
        ArgumentNullException.ThrowIfNull(layer);
        foreach (var (name, parameter) in layer.NamedParameters())
        {
            if (name == "weight" && parameter.Rank >= 2)
            {
                return parameter;
            }
        }

        throw new ModuleException($"{wrapper}: {layer.TypeName} has no parameter 'weight' of two or more dimensions; its parameters are {string.Join(", ", layer.NamedParameters().Select(pair => $"{pair.Key} {pair.Value.Shape}"))}.");
    }
}
