namespace Autograd.Tests.Lectures;

/// <summary>Backward() gives what the backpropagation formulas of the textbook give, worked out by hand in plain arrays.</summary>
internal sealed class BackpropagationTests
{
    private static readonly double[] X = [0.8, -1.1, 0.4];

    /// <summary>J = ½ Σ (h − y)² with h = g(z): δ = (h − y)·g′(z).</summary>
    [Test]
    public void A_3_3_1_network_of_sigmoids_with_squared_error()
    {
        var network = new PlainNetwork([3, 3, 1], Sigmoid, SigmoidSlope, seed: 1);
        const double Y = 0.9;
        Compare(
            network,
            z => [(Sigmoid(z[0]) - Y) * SigmoidSlope(z[0])],
            a => a.Sigmoid(),
            z => (z.Sigmoid() - Y).Square().Sum() / 2.0);
    }

    /// <summary>J = ½ Σ (z − y)²: δ = z − y.</summary>
    [Test]
    public void Three_hidden_layers_of_tanh_with_a_linear_output()
    {
        var network = new PlainNetwork([3, 5, 4, 3, 2], Math.Tanh, z => 1 - (Math.Tanh(z) * Math.Tanh(z)), seed: 2);
        double[] y = [0.3, -0.7];
        Compare(
            network,
            z => [z[0] - y[0], z[1] - y[1]],
            a => a.Tanh(),
            z => (z - Tensor.From(y)).Square().Sum() / 2.0);
    }

    /// <summary>J = −Σ yₖ ln hₖ with h = softmax z: δ = h − y.</summary>
    [Test]
    public void ReLU_layers_with_softmax_and_cross_entropy()
    {
        var network = new PlainNetwork([3, 6, 5, 4], z => Math.Max(0, z), z => z > 0 ? 1 : 0, seed: 3);
        double[] y = [0, 0, 1, 0];
        Compare(
            network,
            z =>
            {
                var sum = z.Sum(Math.Exp);
                return [.. z.Select((value, k) => (Math.Exp(value) / sum) - y[k])];
            },
            a => a.Relu(),
            z => -(z.LogSoftmax(0) * Tensor.From(y)).Sum());
    }

    /// <summary>The same through softmax and the logarithm, one after the other.</summary>
    [Test]
    public void Cross_entropy_of_a_softmax_written_out()
    {
        var network = new PlainNetwork([3, 4, 3], Sigmoid, SigmoidSlope, seed: 4);
        double[] y = [0.2, 0.5, 0.3];
        Compare(
            network,
            z =>
            {
                var sum = z.Sum(Math.Exp);
                return [.. z.Select((value, k) => (Math.Exp(value) / sum) - y[k])];
            },
            a => a.Sigmoid(),
            z => -(z.Softmax(0).Log() * Tensor.From(y)).Sum());
    }

    /// <summary>J = −y ln h − (1 − y) ln(1 − h) with h = σ(z): δ = h − y.</summary>
    [TestCase(0.0)]
    [TestCase(1.0)]
    public void Log_loss_with_a_sigmoid(double y)
    {
        var network = new PlainNetwork([3, 4, 1], Math.Tanh, z => 1 - (Math.Tanh(z) * Math.Tanh(z)), seed: 5);
        Compare(
            network,
            z => [Sigmoid(z[0]) - y],
            a => a.Tanh(),
            z =>
            {
                var h = z.Sigmoid();
                return -((y * h.Log()) + ((1 - y) * (1 - h).Log())).Sum();
            });
    }

    /// <summary>The gradient of a batch is the sum over its examples.</summary>
    [Test]
    public void A_batch_adds_up_its_examples()
    {
        var network = new PlainNetwork([3, 4, 2], Math.Tanh, z => 1 - (Math.Tanh(z) * Math.Tanh(z)), seed: 6);
        double[][] batch = [[0.8, -1.1, 0.4], [0.1, 0.2, -0.3], [-2, 1, 0.5]];
        var (parameters, z) = Record(network, Tensor.From([.. batch.SelectMany(x => x)], [3, 3]), a => a.Tanh());
        (z.Square().Sum() / 2.0).Backward();
        var byHand = batch.Select(x => network.Gradients(x, last => last)).ToArray();
        for (var layer = 0; layer < parameters.Count; layer++)
        {
            var sum = byHand.Select(gradients => Tensor.From(gradients.Weights[layer])).Aggregate((a, b) => a + b);
            Assert.That(parameters[layer].Weights.Grad!.AllClose(sum, 1e-12, 1e-12), $"Weights of layer {layer + 1}");
            var biasSum = byHand.Select(gradients => Tensor.From(gradients.Biases[layer])).Aggregate((a, b) => a + b);
            Assert.That(parameters[layer].Bias.Grad!.AllClose(biasSum, 1e-12, 1e-12), $"Bias of layer {layer + 1}");
        }
    }

    private static void Compare(PlainNetwork network, Func<double[], double[]> lastDelta, Func<Tensor, Tensor> activation, Func<Tensor, Tensor> cost)
    {
        var (parameters, z) = Record(network, Tensor.From(X), activation);
        Assert.That(z.ToArray<double>(), Is.EqualTo(network.Forward(X)).Within(1e-12));
        cost(z).Backward();
        var (weights, biases) = network.Gradients(X, lastDelta);
        for (var layer = 0; layer < parameters.Count; layer++)
        {
            Assert.That(parameters[layer].Weights.Grad!.ToArray<double>(), Is.EqualTo(weights[layer].Cast<double>()).Within(1e-12), $"∂J/∂W of layer {layer + 1}");
            Assert.That(parameters[layer].Bias.Grad!.ToArray<double>(), Is.EqualTo(biases[layer]).Within(1e-12), $"∂J/∂b of layer {layer + 1}");
            Assert.That(weights[layer].Cast<double>(), Has.Some.Not.EqualTo(0), "Nothing was compared.");
        }
    }

    /// <summary>The network in tensors: z = a Wᵀ + b, for one example or the rows of a batch.</summary>
    private static (List<(Parameter Weights, Parameter Bias)> Parameters, Tensor Z) Record(PlainNetwork network, Tensor a, Func<Tensor, Tensor> activation)
    {
        var parameters = network.Weights.Zip(network.Biases, (weights, bias) => (new Parameter(Tensor.From(weights)), new Parameter(Tensor.From(bias, [bias.Length])))).ToList();
        var z = a;
        for (var layer = 0; layer < parameters.Count; layer++)
        {
            var (weights, bias) = parameters[layer];
            z = (layer == 0 ? a : activation(z)).MatMul(weights.T) + bias;
        }

        return (parameters, z);
    }

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    private static double SigmoidSlope(double z) => Sigmoid(z) * (1 - Sigmoid(z));
}
