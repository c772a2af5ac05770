using Autograd.NN;

namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>A network that both sides have, with its input and its loss.</summary>
/// <param name="Module">The network; its parameters have the peer's names.</param>
/// <param name="Output">The output for the input.</param>
/// <param name="Loss">The loss of an output.</param>
internal sealed record ComparedNetwork(Module Module, Func<Tensor> Output, Func<Tensor, Tensor> Loss)
{
    private const int InputPhase = 1000;
    private const int TargetPhase = 1001;

    /// <summary>The networks by name: what each reads of its description, and then how it is made.</summary>
    public static readonly Dictionary<string, Func<WorkloadParameters, DType, Func<ComparedNetwork>>> All = new(StringComparer.Ordinal)
    {
        ["convolutional"] = (p, dtype) => Classifier(p, dtype, 1, size => new Sequential(
            new Conv2d(1, 32, 3, padding: 1, dtype: dtype), new Relu(), new MaxPool2d(2), new Conv2d(32, 64, 3, padding: 1, dtype: dtype), new Relu(), new MaxPool2d(2),
            new Flatten(), new Linear(64 * (size / 4) * (size / 4), 128, dtype: dtype), new Relu(), new Linear(128, 10, dtype: dtype))),
        ["residual"] = (p, dtype) => Classifier(p, dtype, 3, _ => new ResidualNetwork(dtype)),
        ["lstm"] = (p, dtype) => Recurrent(p, dtype, (inputs, width) => new Lstm(inputs, width, dtype: dtype), (layer, x) => layer.Forward(x).Output),
        ["gru"] = (p, dtype) => Recurrent(p, dtype, (inputs, width) => new Gru(inputs, width, dtype: dtype), (layer, x) => layer.Forward(x).Output),
        ["languageModel"] = LanguageModel,
        ["attention"] = (p, dtype) => Sequence(p, dtype, (width, heads) => new MultiheadAttention(width, heads, batchFirst: true, dtype: dtype), (layer, x) => layer.Forward(x, x, x).Output),
        ["encoder"] = (p, dtype) => p.Size("hidden") is var hidden
            ? Sequence(p, dtype, (width, heads) => new TransformerEncoderLayer(width, heads, hidden, 0, batchFirst: true, dtype: dtype), (layer, x) => layer.Forward(x)) : null!,
        ["gpt"] = (p, dtype) => p.Size("hidden") is var hidden
            ? Sequence(p, dtype, (width, heads) => new TransformerEncoderLayer(width, heads, hidden, 0, new Gelu(), batchFirst: true, normFirst: true, isCausal: true, dtype: dtype), (layer, x) => layer.Forward(x)) : null!,
        ["embedding"] = Embedding,
    };

    private static Func<ComparedNetwork> Classifier(WorkloadParameters p, DType dtype, int channels, Func<int, Layer> make)
    {
        var (batch, size) = (p.Size("batch"), p.Size("size"));
        return () =>
        {
            var (layer, x, target) = (make(size), Inputs.Numbers([batch, channels, size, size], dtype, InputPhase), Inputs.Classes(batch, 10, TargetPhase));
            return new(layer, () => layer.Forward(x), y => NN.Loss.CrossEntropy(y, target));
        };
    }

    private static Func<ComparedNetwork> Recurrent<TModule>(WorkloadParameters p, DType dtype, Func<int, int, TModule> make, Func<TModule, Tensor, Tensor> forward)
        where TModule : Module
    {
        var (batch, inputs, width, length) = (p.Size("batch"), p.Size("inputs"), p.Size("width"), p.Size("length"));
        return () =>
        {
            var (module, x) = (make(inputs, width), Inputs.Numbers([length, batch, inputs], dtype, InputPhase));
            return new(module, () => forward(module, x), y => y.Square().Mean());
        };
    }

    private static Func<ComparedNetwork> Sequence<TModule>(WorkloadParameters p, DType dtype, Func<int, int, TModule> make, Func<TModule, Tensor, Tensor> forward)
        where TModule : Module
    {
        var (batch, width, length, heads) = (p.Size("batch"), p.Size("width"), p.Size("length"), p.Size("heads"));
        p.Require(width % heads == 0, "\"heads\" divides \"width\"");
        return () =>
        {
            var (module, x) = (make(width, heads), Inputs.Numbers([batch, length, width], dtype, InputPhase));
            return new(module, () => forward(module, x), y => y.Square().Mean());
        };
    }

    private static Func<ComparedNetwork> LanguageModel(WorkloadParameters p, DType dtype)
    {
        var (batch, inputs, width, length, vocabulary) = (p.Size("batch"), p.Size("inputs"), p.Size("width"), p.Size("length"), p.Size("vocabulary"));
        return () =>
        {
            var model = new RecurrentLanguageModel(vocabulary, inputs, width, dtype);
            var tokens = Inputs.Classes(length * batch, vocabulary, InputPhase).Reshape(length, batch);
            var target = Inputs.Classes(length * batch, vocabulary, TargetPhase);
            return new(model, () => model.Forward(tokens), y => NN.Loss.CrossEntropy(y.Flatten(0, 1), target));
        };
    }

    private static Func<ComparedNetwork> Embedding(WorkloadParameters p, DType dtype)
    {
        var (batch, width, length, vocabulary) = (p.Size("batch"), p.Size("width"), p.Size("length"), p.Size("vocabulary"));
        return () =>
        {
            var layer = new Embedding(vocabulary, width, dtype: dtype);
            var tokens = Inputs.Classes(batch * length, vocabulary, InputPhase).Reshape(batch, length);
            return new(layer, () => layer.Forward(tokens), y => y.Square().Mean());
        };
    }
}

/// <summary>A small residual network. (He et al., "Deep residual learning for image recognition", 2015.)</summary>
internal sealed class ResidualNetwork(DType dtype) : Layer
{
    private readonly Conv2d stem = new(3, 16, 3, padding: 1, bias: false, dtype: dtype);
    private readonly BatchNorm2d stemNorm = new(16, dtype: dtype);
    private readonly ResidualBlock[] blocks = [new(16, 16, 1, dtype), new(16, 32, 2, dtype), new(32, 64, 2, dtype)];
    private readonly Linear head = new(64, 10, dtype: dtype);

    protected override Tensor Compute(Tensor x)
    {
        var y = stemNorm.Forward(stem.Forward(x)).Relu();
        foreach (var block in blocks)
        {
            y = block.Forward(y);
        }

        return head.Forward(y.Mean([2, 3]));
    }
}

/// <summary>Two convolutions, and a way around them.</summary>
internal sealed class ResidualBlock(int inputs, int outputs, int stride, DType dtype) : Layer
{
    private readonly Conv2d conv1 = new(inputs, outputs, 3, stride, 1, bias: false, dtype: dtype);
    private readonly BatchNorm2d norm1 = new(outputs, dtype: dtype);
    private readonly Conv2d conv2 = new(outputs, outputs, 3, padding: 1, bias: false, dtype: dtype);
    private readonly BatchNorm2d norm2 = new(outputs, dtype: dtype);
    private readonly Conv2d? shortcut = stride == 1 ? null : new(inputs, outputs, 1, stride, bias: false, dtype: dtype);

    protected override Tensor Compute(Tensor x)
    {
        var y = norm2.Forward(conv2.Forward(norm1.Forward(conv1.Forward(x)).Relu()));
        return (y + (shortcut?.Forward(x) ?? x)).Relu();
    }
}

/// <summary>Embedding, LSTM, and a linear map to the vocabulary.</summary>
internal sealed class RecurrentLanguageModel(int vocabulary, int inputs, int width, DType dtype) : Layer
{
    private readonly Embedding embedding = new(vocabulary, inputs, dtype: dtype);
    private readonly Lstm lstm = new(inputs, width, dtype: dtype);
    private readonly Linear head = new(width, vocabulary, dtype: dtype);

    protected override Tensor Compute(Tensor x) => head.Forward(lstm.Forward(embedding.Forward(x)).Output);
}
