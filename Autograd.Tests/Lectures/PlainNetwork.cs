namespace Autograd.Tests.Lectures;

/// <summary>A fully connected network with backpropagation written out in plain arrays, after the textbook: z⁽ˡ⁾ = W⁽ˡ⁾a⁽ˡ⁻¹⁾ + b⁽ˡ⁾, a⁽ˡ⁾ = g(z⁽ˡ⁾),
/// δ⁽ˡ⁾ = (W⁽ˡ⁺¹⁾ᵀδ⁽ˡ⁺¹⁾)·g′(z⁽ˡ⁾), ∂J/∂W⁽ˡ⁾ = δ⁽ˡ⁾a⁽ˡ⁻¹⁾ᵀ, ∂J/∂b⁽ˡ⁾ = δ⁽ˡ⁾; δ of the last layer is given by the loss. (Rumelhart, Hinton, Williams 1986.)</summary>
internal sealed class PlainNetwork
{
    private readonly Func<double, double> slope;
    private readonly Func<double, double> activation;

    /// <summary>A network with random weights.</summary>
    /// <param name="sizes">The number of units of each layer, the inputs first.</param>
    /// <param name="activation">g of the hidden layers; the last layer gives z.</param>
    /// <param name="slope">g′, as a function of z.</param>
    /// <param name="seed">The seed of the weights.</param>
    public PlainNetwork(int[] sizes, Func<double, double> activation, Func<double, double> slope, ulong seed)
    {
        (this.activation, this.slope) = (activation, slope);
        var generator = new Generator(seed);
        for (var layer = 1; layer < sizes.Length; layer++)
        {
            var (weights, bias) = (new double[sizes[layer], sizes[layer - 1]], new double[sizes[layer]]);
            for (var i = 0; i < sizes[layer]; i++)
            {
                bias[i] = Tensor.Randn([], DType.Float64, generator: generator).Item();
                for (var j = 0; j < sizes[layer - 1]; j++)
                {
                    weights[i, j] = Tensor.Randn([], DType.Float64, generator: generator).Item();
                }
            }

            Weights.Add(weights);
            Biases.Add(bias);
        }
    }

    public List<double[,]> Weights { get; } = [];

    public List<double[]> Biases { get; } = [];

    /// <summary>z of the last layer for one example.</summary>
    public double[] Forward(double[] x) => Layers(x).Z[^1];

    /// <summary>The gradients of the cost of one example.</summary>
    /// <param name="x">The example.</param>
    /// <param name="lastDelta">δ = ∂J/∂z of the last layer, given its z.</param>
    public (List<double[,]> Weights, List<double[]> Biases) Gradients(double[] x, Func<double[], double[]> lastDelta)
    {
        var (z, a) = Layers(x);
        var (byWeights, byBiases) = (new List<double[,]>(), new List<double[]>());
        var delta = lastDelta(z[^1]);
        for (var layer = Weights.Count - 1; layer >= 0; layer--)
        {
            byWeights.Insert(0, OuterProduct(delta, a[layer]));
            byBiases.Insert(0, delta);
            if (layer > 0)
            {
                delta = Back(Weights[layer], delta, z[layer - 1]);
            }
        }

        return (byWeights, byBiases);
    }

    private (List<double[]> Z, List<double[]> A) Layers(double[] x)
    {
        var (z, a) = (new List<double[]>(), new List<double[]> { x });
        for (var layer = 0; layer < Weights.Count; layer++)
        {
            z.Add(new double[Biases[layer].Length]);
            for (var i = 0; i < z[^1].Length; i++)
            {
                z[^1][i] = Biases[layer][i];
                for (var j = 0; j < a[^1].Length; j++)
                {
                    z[^1][i] += Weights[layer][i, j] * a[^1][j];
                }
            }

            a.Add(Array.ConvertAll(z[^1], value => activation(value)));
        }

        return (z, a);
    }

    private double[] Back(double[,] weights, double[] delta, double[] z)
    {
        var previous = new double[z.Length];
        for (var j = 0; j < previous.Length; j++)
        {
            for (var i = 0; i < delta.Length; i++)
            {
                previous[j] += weights[i, j] * delta[i];
            }

            previous[j] *= slope(z[j]);
        }

        return previous;
    }

    private static double[,] OuterProduct(double[] delta, double[] a)
    {
        var product = new double[delta.Length, a.Length];
        for (var i = 0; i < delta.Length; i++)
        {
            for (var j = 0; j < a.Length; j++)
            {
                product[i, j] = delta[i] * a[j];
            }
        }

        return product;
    }
}
