using System.Globalization;
using Autograd.NN;

namespace Autograd.Tests.NN;

/// <summary>A module's text: the tree with its hyper-parameters.</summary>
public class PrintedModuleTests
{
    [Test]
    public void A_model_prints_as_a_tree() => Assert.That(
        new Sequential(new Linear(2, 8), new Sequential(new Tanh(), new Dropout(0.25)), new Block()).ToString(),
        Is.EqualTo(
            """
            Sequential(
              (0): Linear(inFeatures: 2, outFeatures: 8, bias: true)
              (1): Sequential(
                (0): Tanh()
                (1): Dropout(p: 0.25)
              )
              (2): Block(
                (inner_layer): Linear(inFeatures: 8, outFeatures: 1, bias: false)
                (heads.left): Identity()
              )
            )
            """));

    private static IEnumerable<TestCaseData> Hyperparameters =>
    [
        new(new LeakyRelu(0.1), "LeakyRelu(slope: 0.1)"),
        new(new Elu(), "Elu(alpha: 1)"),
        new(new Celu(0.5), "Celu(alpha: 0.5)"),
        new(new Hardtanh(-2, 2.5), "Hardtanh(min: -2, max: 2.5)"),
        new(new Hardshrink(0.25), "Hardshrink(lambda: 0.25)"),
        new(new Threshold(0.5, -1), "Threshold(threshold: 0.5, value: -1)"),
        new(new Embedding(3, 2, maxNorm: 0.5), "Embedding(numEmbeddings: 3, embeddingDim: 2, maxNorm: 0.5)"),
        new(new Gelu(approximate: true), "Gelu(approximate: true)"),
        new(new Softmax(1), "Softmax(dim: 1)"),
        new(new LogSoftmax(), "LogSoftmax(dim: -1)"),
        new(new Glu(0), "Glu(dim: 0)"),
        new(new Prelu(3), "Prelu(parameterCount: 3)"),
        new(new Flatten(), "Flatten(startDim: 1, endDim: -1)"),
        new(new Lambda(x => x, "nothing"), "Lambda(nothing)"),
        new(new Maxout(2, 3), "Maxout(pieces: 2\n  (linear): Linear(inFeatures: 2, outFeatures: 6, bias: true)\n)"),
        new(new Sequential(), "Sequential()"),
        new(new Generic<int>(), "Generic()"),
    ];

    [TestCaseSource(nameof(Hyperparameters))]
    [SetCulture("de-DE")]
    public void Hyper_parameters_are_written_in_any_culture_alike(object module, string text)
    {
        Assert.That(CultureInfo.CurrentCulture.Name, Is.EqualTo("de-DE"));
        Assert.That(module.ToString(), Is.EqualTo(text));
    }

    [Test]
    public void A_cycle_prints_without_end() => Assert.That(new Cyclic().ToString(), Is.EqualTo("Cyclic(\n  (itself): Cyclic(…)\n)"));

#pragma warning disable CA1823, IDE0052 // Fields that nothing reads
    private sealed class Block : Layer
    {
        private readonly Linear innerLayer = new(8, 1, bias: false);
        private readonly Dictionary<string, Layer> heads = new(StringComparer.Ordinal) { ["left"] = new Identity() };

        protected override Tensor Compute(Tensor x) => innerLayer.Forward(x);
    }

    private sealed class Cyclic : Module
    {
        private readonly Module itself;

        public Cyclic() => itself = this;
    }
#pragma warning restore

    private sealed class Generic<T> : Module
    {
        public T? Item { get; set; }
    }
}
