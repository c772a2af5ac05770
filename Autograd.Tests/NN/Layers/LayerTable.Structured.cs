using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

/// <summary>Layers with channels, with statistics, and of sequences.</summary>
internal static partial class LayerTable
{
    private static IEnumerable<LayerRow> Spatial =>
    [
        Row<Conv1d>((s, g) => LayerCase.Of(new Conv1d(s.C, s.Out, 2, s.Is(1) ? 2 : 1, s.Is(1) ? 1 : "same", paddingMode: (PaddingMode)(s.Option % 4), generator: g, dtype: Real), s.N, s.C, s.L)),
        Row<Conv2d>((s, g) => LayerCase.Of(new Conv2d(2, 2, [2, 1], padding: [1, 0], groups: s.Is(0) ? 2 : 1, bias: s.Is(1), paddingMode: (PaddingMode)(s.Option % 4), generator: g, dtype: Real), 1, 2, s.L, 2)),
        Row<Conv3d>((s, g) => LayerCase.Of(new Conv3d(1, s.Out, [1, 2, 2], generator: g, dtype: Real), 1, 1, s.C, 2, 3)),
        Row<ConvTranspose1d>((s, g) => LayerCase.Of(new ConvTranspose1d(s.C, s.Out, 2, 2, 0, s.Is(0) ? 1 : 0, bias: s.Is(1), generator: g, dtype: Real), s.N, s.C, s.L)),
        Row<ConvTranspose2d>((s, g) => LayerCase.Of(new ConvTranspose2d(2, 2, 2, padding: 1, groups: s.Is(0) ? 2 : 1, generator: g, dtype: Real), 1, 2, s.L, 2)),
        Row<ConvTranspose3d>((s, g) => LayerCase.Of(new ConvTranspose3d(1, s.Out, [1, 2, 2], generator: g, dtype: Real), 1, 1, s.C, 2, 2)),
        Row<MaxPool1d>((s, g) => LayerCase.Of(new MaxPool1d(2, s.Is(0) ? 1 : default(SpatialSizes), ceilMode: s.Is(1)), s.N, s.C, s.L)),
        Row<MaxPool2d>((s, g) => LayerCase.Of(new MaxPool2d(2, padding: s.Is(0) ? 1 : 0), s.N, s.C, s.L, 3)),
        Row<MaxPool3d>((s, g) => LayerCase.Of(new MaxPool3d([1, 2, 2]), 1, s.C, 2, s.L, 3)),
        Row<AvgPool1d>((s, g) => LayerCase.Of(new AvgPool1d(2, s.Is(0) ? 1 : default(SpatialSizes), ceilMode: s.Is(1)), s.N, s.C, s.L)),
        Row<AvgPool2d>((s, g) => LayerCase.Of(new AvgPool2d(2, padding: s.Is(0) ? 1 : 0, countIncludePad: s.Is(1)), s.N, s.C, s.L, 3)),
        Row<AvgPool3d>((s, g) => LayerCase.Of(new AvgPool3d([1, 2, 2], divisorOverride: s.Is(0) ? 3 : null), 1, s.C, 2, s.L, 3)),
        Row<AdaptiveAvgPool1d>((s, g) => LayerCase.Of(new AdaptiveAvgPool1d(s.Out), s.N, s.C, s.L)),
        Row<AdaptiveAvgPool2d>((s, g) => LayerCase.Of(new AdaptiveAvgPool2d([s.Out, 2]), s.N, s.C, s.L, 3)),
        Row<AdaptiveAvgPool3d>((s, g) => LayerCase.Of(new AdaptiveAvgPool3d([1, s.Out, 2]), 1, 1, 2, s.L, 3)),
        Row<AdaptiveMaxPool1d>((s, g) => LayerCase.Of(new AdaptiveMaxPool1d(s.Out), s.N, s.C, s.L)),
        Row<AdaptiveMaxPool2d>((s, g) => LayerCase.Of(new AdaptiveMaxPool2d([s.Out, 2]), s.N, s.C, s.L, 3)),
        Row<AdaptiveMaxPool3d>((s, g) => LayerCase.Of(new AdaptiveMaxPool3d([1, s.Out, 2]), 1, 1, 2, s.L, 3)),
        Row<GlobalAvgPool>((s, g) => LayerCase.Of(new GlobalAvgPool(), s.N, s.C, s.L, 2)),
        Row<GlobalMaxPool>((s, g) => LayerCase.Of(new GlobalMaxPool(), s.N, s.C, s.L)),
    ];

    private static IEnumerable<LayerRow> Normalizations =>
    [
        Row<BatchNorm1d>((s, g) => LayerCase.Of(new BatchNorm1d(s.C, momentum: s.Is(0) ? null : 0.1, affine: s.Is(1), trackRunningStats: s.Is(2), dtype: Real), 3, s.C, s.L)),
        Row<BatchNorm2d>((s, g) => LayerCase.Of(new BatchNorm2d(s.C, eps: 0.01, dtype: Real), 2, s.C, s.L, 2)),
        Row<BatchNorm3d>((s, g) => LayerCase.Of(new BatchNorm3d(s.C, dtype: Real), 2, s.C, s.L, 2, 1)),
        Row<InstanceNorm1d>((s, g) => LayerCase.Of(new InstanceNorm1d(s.C, 0.01, affine: s.Is(0), trackRunningStats: s.Is(1), dtype: Real), s.Is(2) ? [s.C, s.L + 1] : [s.N, s.C, s.L + 1])),
        Row<InstanceNorm2d>((s, g) => LayerCase.Of(new InstanceNorm2d(s.C, 0.01, affine: true, dtype: Real), s.N, s.C, s.L, 2)),
        Row<InstanceNorm3d>((s, g) => LayerCase.Of(new InstanceNorm3d(s.C, 0.01, affine: true, dtype: Real), 1, s.C, s.L, 2, 2)),
        Row<LayerNorm>((s, g) => LayerCase.Of(new LayerNorm([s.L, 2], 0.01, s.Is(0), s.Is(1), Real), s.N, s.L, 2)),
        Row<RmsNorm>((s, g) => LayerCase.Of(new RmsNorm(s.L, s.Is(0) ? 0.01 : null, s.Is(1), Real), s.N, s.L)),
        Row<GroupNorm>((s, g) => LayerCase.Of(new GroupNorm(2, 4, 0.01, s.Is(0), Real), s.N, 4, s.L)),
        Row<LocalResponseNorm>((s, g) => LayerCase.Of(new LocalResponseNorm(2, 0.5), s.N, s.C + 1, s.L)),
    ];

    private static IEnumerable<LayerRow> Sequences =>
    [
        Row<Embedding>((s, g) => Table(new Embedding(4, s.C, generator: g, dtype: Real), [s.N, s.L], s)),
        Row<EmbeddingBag>((s, g) => Bags(new EmbeddingBag(4, s.C, mode: (BagMode)(s.Option % 3), paddingIdx: s.Is(2) ? 0 : null, generator: g, dtype: Real), s)),
        Row<Rnn>((s, g) => Recurrent(new Rnn(s.C, 2, s.Is(0) ? 2 : 1, s.Is(1) ? Nonlinearity.Relu : Nonlinearity.Tanh, s.Is(2), true, 0.3, s.Is(3), null, Real), s, (m, x, l) => m.Forward(x, null, l).Output)),
        Row<Gru>((s, g) => Recurrent(new Gru(s.C, 2, s.Is(0) ? 2 : 1, s.Is(1), true, 0, s.Is(2), g, Real), s, (m, x, l) => m.Forward(x, null, l).Output)),
        Row<Lstm>((s, g) => Recurrent(new Lstm(s.C, 2, 1, s.Is(0), true, 0, s.Is(1), s.Is(2) ? 1 : 0, g, Real), s, (m, x, l) => m.Forward(x, null, l) is var (y, state) ? y.Flatten(1).Sum(1) + state.Cell.Sum([0, 2]) : x)),
        Row<RnnCell>((s, g) => new RnnCell(s.C, 2, s.Is(0), generator: g, dtype: Real) is var cell ? new(cell, [[s.N, s.C], [s.N, 2]], x => cell.Forward(x[0], x[1])) : null!),
        Row<GruCell>((s, g) => new GruCell(s.C, 2, s.Is(0), g, Real) is var cell ? new(cell, [[s.N, s.C], [s.N, 2]], x => cell.Forward(x[0], x[1])) : null!),
        Row<LstmCell>((s, g) => new LstmCell(s.C, 2, s.Is(0), g, Real) is var cell ? new(cell, [[s.C], [2], [2]], x => cell.Forward(x[0], (x[1], x[2])) is var (h, c) ? h + c : x[0]) : null!),
        Row<MultiheadAttention>((s, g) => Attention(new MultiheadAttention(4, 2, s.Is(0) ? 0.3 : 0, s.Is(1), s.Is(2), s.Is(3), s.Is(2) ? 3 : null, s.Is(2) ? 1 : null, true, s.Is(3) ? new(2) : null, null, Real), s)),
        Row<TransformerEncoderLayer>((s, g) => LayerCase.Of(new TransformerEncoderLayer(2, 1, 3, 0.2, new Gelu(), 0.01, s.Is(0), s.Is(1), s.Is(2), s.Is(3), dtype: Real), s.L, 1, 2)),
        Row<TransformerEncoder>((s, g) => LayerCase.Of(new TransformerEncoder(() => new(2, 2, 2, 0, new Tanh(), 0.01, true, s.Is(0), generator: g, dtype: Real), 2, new LayerNorm(2, 0.01, dtype: Real)), 1, s.L, 2)),
        Row<Transformer>((s, g) => new Transformer(2, 1, 1, 1, 2, 0, new Tanh(), 0.01, true, s.Is(0), generator: g, dtype: Real) is var model
            ? new(model, [[1, s.L, 2], [1, 2, 2]], x => model.Forward(x[0], x[1], s.Is(1))) : null!),
        Row<TransformerDecoderLayer>((s, g) => Decoder(new TransformerDecoderLayer(2, 1, 2, 0.2, new Tanh(), 0.01, true, s.Is(0), s.Is(1), dtype: Real), s)),
        Row<TransformerDecoder>((s, g) => Decoder(new TransformerDecoder(() => new(2, 1, 2, 0, new Tanh(), 0.01, true, generator: g, dtype: Real), 2), s)),
    ];

    private static LayerCase Table(Embedding layer, int[] shape, LayerSizes s)
    {
        var numbers = Tensor.RandInt(0, 4, shape, generator: new Generator((ulong)s.Seed));
        return new(layer, [], _ => layer.Forward(numbers));
    }

    private static LayerCase Bags(EmbeddingBag layer, LayerSizes s)
    {
        var numbers = Tensor.RandInt(0, 4, [s.N, s.L], generator: new Generator((ulong)s.Seed));
        return new(layer, [], _ => layer.Forward(numbers));
    }

    // Batch first; of two sequences the second ends early.
    private static LayerCase Recurrent<TModule>(TModule module, LayerSizes s, Func<TModule, Tensor, Tensor?, Tensor> forward)
        where TModule : Module
        => new(module, [[s.N, s.L, s.C]], x => forward(module, x[0], s.N > 1 ? Tensor.From([(long)s.L, s.L - 1]) : null));

    private static LayerCase Attention(MultiheadAttention layer, LayerSizes s)
    {
        var (key, value) = (layer.KProjWeight?.Shape[1] ?? 4, layer.VProjWeight?.Shape[1] ?? 4);
        return new(layer, [[s.N, 2, 4], [s.N, s.L, key], [s.N, s.L, value]], x => layer.Forward(new AttentionInput(x[0], x[1], x[2]) { IsCausal = s.Is(1) }).Output);
    }

    private static LayerCase Decoder(Module<DecoderInput, Tensor> layer, LayerSizes s) => new(layer, [[1, s.L, 2], [1, 2, 2]], x => layer.Forward(new(x[0], x[1]) { TgtIsCausal = s.Is(2) }));
}
