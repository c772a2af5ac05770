using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

/// <summary>Layers against their twins in PyTorch: the state loads unchanged; outputs and gradients of inputs and parameters agree (Data/make_layers.py).</summary>
internal sealed class PyTorchTwinTests
{
    private static readonly Lazy<OrderedDictionary<string, Tensor>> Data = new(() => Safetensors.Load(Path.Combine(AppContext.BaseDirectory, "NN", "Data", "layers.safetensors")));

    private static readonly Tensor Later = Tensor.Ones([4, 4], DType.Bool).Triu(1);
    private static readonly Tensor Padding = Tensor.From([false, false, true, false, true, true], [2, 3]);
    private static readonly Tensor Labels = Tensor.From([3L, 0, -1, 1, 2, 2, 0, -1, -1, 0, 1, 2], [3, 4]);
    private static readonly Tensor Lengths = Tensor.From([4L, 2, 3]);

    private static readonly Dictionary<string, (Module Module, Func<Tensor[], Tensor> Forward)> Twins = new(StringComparer.Ordinal)
    {
        ["Conv1d"] = Of(new Conv1d(3, 4, 3, stride: 2, padding: 1, dilation: 2)),
        ["Conv2d reflect"] = Of(new Conv2d(4, 2, [3, 2], padding: [1, 2], groups: 2, paddingMode: PaddingMode.Reflect)),
        ["Conv2d replicate"] = Of(new Conv2d(4, 2, [3, 2], padding: [1, 2], groups: 2, paddingMode: PaddingMode.Replicate)),
        ["Conv2d circular"] = Of(new Conv2d(4, 2, [3, 2], padding: [1, 2], groups: 2, paddingMode: PaddingMode.Circular)),
        ["Conv2d same"] = Of(new Conv2d(4, 2, [4, 3], padding: "same", paddingMode: PaddingMode.Reflect, bias: false)),
        ["Conv3d"] = Of(new Conv3d(2, 2, 2, padding: 1)),
        ["ConvTranspose1d"] = Of(new ConvTranspose1d(3, 4, 3, stride: 2, padding: 1, outputPadding: 1)),
        ["ConvTranspose2d"] = Of(new ConvTranspose2d(4, 6, 3, stride: 2, padding: 1, groups: 2, dilation: 2)),
        ["ConvTranspose3d"] = Of(new ConvTranspose3d(2, 3, 2, bias: false)),
        ["Bilinear"] = new Bilinear(3, 4, 2) is var bilinear ? (bilinear, x => bilinear.Forward(x[0], x[1])) : default,
        ["BatchNorm3d"] = Of(new BatchNorm3d(2)),
        ["BatchNorm1d eval"] = Of(new BatchNorm1d(3).Eval()),
        ["InstanceNorm1d"] = Of(new InstanceNorm1d(3)),
        ["InstanceNorm2d"] = Of(new InstanceNorm2d(4, affine: true, trackRunningStats: true)),
        ["InstanceNorm3d"] = Of(new InstanceNorm3d(2, eps: 0.1, affine: true)),
        ["LayerNorm"] = Of(new LayerNorm([5, 4])),
        ["RmsNorm"] = Of(new RmsNorm(4)),
        ["GroupNorm"] = Of(new GroupNorm(2, 4)),
        ["LocalResponseNorm"] = Of(new LocalResponseNorm(3, alpha: 0.5)),
        ["AdaptiveAvgPool2d"] = Of(new AdaptiveAvgPool2d([3, 2])),
        ["AdaptiveMaxPool1d"] = Of(new AdaptiveMaxPool1d(3)),
        ["MaxPool3d"] = Of(new MaxPool3d(2, stride: 1)),
        ["AvgPool2d"] = Of(new AvgPool2d(2, padding: 1, countIncludePad: false)),
        ["Upsample"] = Of(new Upsample([1.5], InterpolationMode.Linear)),
        ["PixelShuffle"] = Of(new PixelShuffle(2)),
        ["PixelUnshuffle"] = Of(new PixelUnshuffle(2)),
        ["Pad"] = Of(new Pad([1, 2, 0, 1], PaddingMode.Reflect)),
        ["Embedding"] = Of(new Embedding(6, 3, paddingIdx: 1)),
        ["EmbeddingBag mean"] = Bag(BagMode.Mean),
        ["EmbeddingBag sum"] = Bag(BagMode.Sum),
        ["EmbeddingBag max"] = Bag(BagMode.Max),
        ["Embedding max_norm"] = Of(new Embedding(6, 3, maxNorm: 0.6, normType: 1)),
        ["EmbeddingBag max_norm"] = new EmbeddingBag(6, 3, 0.5, mode: BagMode.Sum) is var limited ? (limited, x => limited.Forward(x[0], x[1])) : default,
        ["Hardshrink"] = Of(new Hardshrink(0.4)),
        ["Softshrink"] = Of(new Softshrink(0.4)),
        ["Tanhshrink"] = Of(new Tanhshrink()),
        ["Threshold"] = Of(new Threshold(0.2, -3)),
        ["Softmin"] = Of(new Softmin(1)),
        ["RnnCell"] = new RnnCell(3, 4, nonlinearity: Nonlinearity.Relu) is var rnn ? (rnn, x => rnn.Forward(x[0], x[1])) : default,
        ["GruCell"] = new GruCell(3, 4) is var gruCell ? (gruCell, x => gruCell.Forward(x[0], x[1])) : default,
        ["LstmCell"] = new LstmCell(3, 4) is var lstmCell ? (lstmCell, x => lstmCell.Forward(x[0], (x[1], x[2])) is var (h, c) ? Tensor.Concatenate([h, c]) : x[0]) : default,
        ["Lstm lengths"] = new Lstm(2, 3, 2, bidirectional: true, batchFirst: true) is var lstm
            ? (lstm, x => lstm.Forward(x[0], lengths: Lengths) is var (y, s) ? Tensor.Concatenate([y.Flatten(), Tensor.Concatenate([s.Hidden, s.Cell], -1).Flatten()]) : x[0]) : default,
        ["Gru lengths"] = new Gru(2, 3, bidirectional: true, batchFirst: true) is var gru
            ? (gru, x => gru.Forward(x[0], lengths: Lengths) is var (y, s) ? Tensor.Concatenate([y.Flatten(), s.Flatten()]) : x[0]) : default,
        ["MultiheadAttention causal"] = new MultiheadAttention(6, 2, batchFirst: true) is var attention
            ? (attention, x => attention.Forward(new AttentionInput(x[0]) { IsCausal = true }).Output) : default,
        ["MultiheadAttention further keys"] = new MultiheadAttention(6, 2, addBiasKv: true, addZeroAttn: true) is var further
            ? (further, x => further.Forward(new AttentionInput(x[0]) { AttnMask = Later, KeyPaddingMask = Tensor.From([false, false, false, true, false, true, true, true], [2, 4]), NeedWeights = true }) is var (y, w)
                ? Tensor.Concatenate([y.Flatten(), w!.Flatten()]) : x[0]) : default,
        ["MultiheadAttention learned key"] = new MultiheadAttention(6, 3, bias: false, addBiasKv: true, kDim: 4, vDim: 5, batchFirst: true) is var learned
            ? (learned, x => learned.Forward(x[0], x[1], x[2]).Output) : default,
        ["Transformer"] = new Transformer(4, 2, 1, 2, 5, 0, new Gelu(), batchFirst: true) is var transformer
            ? (transformer, x => transformer.Forward(new TransformerInput(x[0], x[1]) { SrcKeyPaddingMask = Padding, MemoryKeyPaddingMask = Padding, TgtIsCausal = true })) : default,
        ["Transformer norm first"] = new Transformer(4, 2, 2, 1, 5, 0, normFirst: true) is var normFirst ? (normFirst, x => normFirst.Forward(x[0], x[1])) : default,
        ["MultiLabelMargin"] = new Identity() is var labels ? (labels, x => Loss.MultiLabelMargin(labels.Forward(x[0]), Labels, Reduction.None)) : default,
        ["TripletMarginWithDistance"] = new Identity() is var triplet
            ? (triplet, x => Loss.TripletMarginWithDistance(triplet.Forward(x[0]), x[1], x[2], (a, b) => 1 - Tensor.CosineSimilarity(a, b, -1), Reduction.None, 0.7, swap: true)) : default,
        ["TransformerEncoder"] = new TransformerEncoder(() => new(4, 2, 5, 0, new Gelu(), batchFirst: true, normFirst: true), 2, new LayerNorm(4)) is var encoder
            ? (encoder, x => encoder.Forward(x[0], mask: null, srcKeyPaddingMask: Padding)) : default,
        ["TransformerDecoder"] = new TransformerDecoder(() => new(4, 2, 5, 0, batchFirst: true), 2) is var decoder
            ? (decoder, x => decoder.Forward(new DecoderInput(x[0], x[1]) { TgtMask = Later, MemoryKeyPaddingMask = Padding })) : default,
        ["TransformerDecoderLayer first"] = new TransformerDecoderLayer(4, 1, 3, 0, normFirst: true) is var decoderLayer ? (decoderLayer, x => decoderLayer.Forward(x[0], x[1])) : default,
    };

    private static IEnumerable<string> Names => Twins.Keys;

    [Test]
    public void Every_case_has_a_twin() => Assert.That(Data.Value.Keys.Select(key => key.Split('/')[0]).Distinct(StringComparer.Ordinal), Is.EquivalentTo(Twins.Keys));

    [TestCaseSource(nameof(Names))]
    public void Agrees(string name)
    {
        var (module, forward) = Twins[name];
        module.To(DType.Float64).LoadState(Part(name, "state"));
        module.ZeroGrad();
        Tensor[] inputs = [.. Part(name, "input").Values.Select(x => x.DType == DType.Float64 ? x.AsLeaf() : x)];
        var y = forward(inputs);
        Same(y, Data.Value[$"{name}/output"], "output");
        (y.Flatten() * Tensor.Arange(y.ElementCount).To(DType.Float64).Cos()).Sum().Backward();
        var gradients = module.NamedParameters().ToDictionary(entry => entry.Key, entry => (Tensor)entry.Value, StringComparer.Ordinal);
        for (var i = 0; i < inputs.Length; i++)
        {
            gradients.Add($"{i}", inputs[i]);
        }

        foreach (var (key, expected) in Part(name, "gradient"))
        {
            Same(gradients[key].Grad!, expected, $"gradient of {key}");
        }
    }

    private static (Module Module, Func<Tensor[], Tensor> Forward) Of(Layer layer) => (layer, x => layer.Forward(x[0]));

    private static (Module Module, Func<Tensor[], Tensor> Forward) Bag(BagMode mode)
    {
        var bag = new EmbeddingBag(6, 3, mode: mode);
        return (bag, x => bag.Forward(x[0], x[1]));
    }

    private static Dictionary<string, Tensor> Part(string name, string part)
        => Data.Value.Where(entry => entry.Key.StartsWith($"{name}/{part}/", StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[(name.Length + part.Length + 2)..], entry => entry.Value, StringComparer.Ordinal);

    private static void Same(Tensor actual, Tensor expected, string what)
    {
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape), what);
        Assert.That((actual - expected).Abs().Amax().Item(), Is.LessThanOrEqualTo(1e-12 + (1e-10 * expected.Abs().Amax().Item())), what);
    }
}
