using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

/// <summary>Every layer of the library, one row each. A layer without a row fails the suite.</summary>
internal static partial class LayerTable
{
    private const DType Real = DType.Float64;

    /// <summary>Modules that only hold others, and have tests of their own.</summary>
    public static readonly Type[] Containers = [typeof(Sequential), typeof(ModuleList<>), typeof(ModuleDictionary<>), typeof(Lambda), typeof(Identity)];

    public static IEnumerable<LayerRow> Rows => [.. Simple, .. Activations, .. Spatial, .. Normalizations, .. Sequences];

    private static IEnumerable<LayerRow> Simple =>
    [
        Row<Linear>((s, g) => LayerCase.Of(new Linear(s.C, s.Out, s.Is(0), g, Real), s.N, s.C)),
        Row<Bilinear>((s, g) => Two(new Bilinear(s.C, s.L, s.Out, s.Is(0), g, Real), [s.N, s.C], [s.N, s.L])),
        Row<Flatten>((s, g) => LayerCase.Of(new Flatten(), s.N, s.C, s.L)),
        Row<Unflatten>((s, g) => LayerCase.Of(new Unflatten(1, s.C, -1), s.N, s.C * s.L)),
        Row<Pad>((s, g) => LayerCase.Of(new Pad([1, 1], (PaddingMode)(s.Option % 4)), s.N, s.L)),
        Row<Maxout>((s, g) => LayerCase.Of(new Maxout(s.C, s.Out, 2, g, Real), s.N, s.C)),
        Row<Standardization>((s, g) => LayerCase.Of(Standardization.Fit(Tensor.Randn([4, s.C], Real, generator: g)), s.N, s.C)),
        Row<Prelu>((s, g) => LayerCase.Of(new Prelu(s.Is(0) ? s.C : 1, dtype: Real), s.N, s.C)),
        Row<Dropout>((s, g) => LayerCase.Of(new Dropout(0.4), s.N, s.C)),
        Row<Dropout1d>((s, g) => LayerCase.Of(new Dropout1d(0.4), s.N, s.C, s.L)),
        Row<Dropout2d>((s, g) => LayerCase.Of(new Dropout2d(0.4), s.C, s.L, 2)),
        Row<Dropout3d>((s, g) => LayerCase.Of(new Dropout3d(0.4), s.N, s.C, s.L, 2, 1)),
        Row<AlphaDropout>((s, g) => LayerCase.Of(new AlphaDropout(0.4), s.N, s.C)),
        Row<FeatureAlphaDropout>((s, g) => LayerCase.Of(new FeatureAlphaDropout(0.4), s.N, s.C, s.L)),
        Row<GaussianNoise>((s, g) => LayerCase.Of(new GaussianNoise(0.3), s.N, s.C)),
        Row<WeightNoise>((s, g) => LayerCase.Of(new WeightNoise(new Linear(s.C, s.Out, true, g, Real), 0.3), s.N, s.C)),
        new LayerRow(typeof(WeightNorm<>), (s, g) => LayerCase.Of(new WeightNorm<Linear>(new Linear(s.C, s.Out, s.Is(0), g, Real)), s.N, s.C)),
        new LayerRow(typeof(SpectralNorm<>), (s, g) => LayerCase.Of(new SpectralNorm<Conv1d>(new Conv1d(s.C, s.Out, 2, generator: g, dtype: Real), generator: g), s.N, s.C, s.L)) { IsFunctionInTraining = false },
        Row<Upsample>((s, g) => LayerCase.Of(s.Is(0) ? new Upsample(s.L + 1, s.Is(1) ? InterpolationMode.Linear : InterpolationMode.Nearest) : new Upsample([1.5], InterpolationMode.Cubic), s.N, 1, s.L)),
        Row<PixelShuffle>((s, g) => LayerCase.Of(new PixelShuffle(2), 1, 4, s.L, 2)),
        Row<PixelUnshuffle>((s, g) => LayerCase.Of(new PixelUnshuffle(2), 1, s.C, 2, 4)),
        Row<SinusoidalPositionalEncoding>((s, g) => LayerCase.Of(new SinusoidalPositionalEncoding(s.C, 8), s.N, s.L, s.C)),
        Row<LearnedPositionalEncoding>((s, g) => LayerCase.Of(new LearnedPositionalEncoding(s.L + 1, s.C, g, Real), s.N, s.L, s.C)),
        Row<RotaryPositionalEncoding>((s, g) => LayerCase.Of(new RotaryPositionalEncoding(4, 100, s.Is(0)), s.N, s.L, 4)),
    ];

    public static IEnumerable<LayerRow> Activations =>
    [
        .. from layer in (Func<Layer>[])
           [
               () => new Relu(), () => new LeakyRelu(0.1), () => new Relu6(), () => new Elu(0.7), () => new Selu(), () => new Celu(0.7), () => new Softplus(), () => new Sigmoid(), () => new LogSigmoid(),
               () => new HardSigmoid(), () => new Tanh(), () => new Hardtanh(-0.5, 0.7), () => new Softsign(), () => new Step(), () => new Sign(), () => new Silu(), () => new HardSwish(), () => new Mish(),
               () => new Gelu(), () => new Sinc(), () => new Softmax(), () => new LogSoftmax(), () => new Softmin(), () => new Hardshrink(0.3), () => new Softshrink(0.3), () => new Tanhshrink(), () => new Threshold(0.1, -0.2),
           ]
           select new LayerRow(layer().GetType(), (s, _) => LayerCase.Of(layer(), s.N, s.C)),
        Row<Glu>((s, g) => LayerCase.Of(new Glu(), s.N, 2 * s.C)),
    ];

    private static LayerRow Row<T>(Func<LayerSizes, Generator, LayerCase> make) => new(typeof(T), make);

    private static LayerCase Two(Bilinear layer, int[] first, int[] second) => new(layer, [first, second], x => layer.Forward(x[0], x[1]));
}
