using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

/// <summary>Noise, and normalization of activations and weights.</summary>
internal sealed class NoiseAndNormTests
{
    [Test]
    public void Whole_channels_are_dropped()
    {
        var y = new Dropout2d(0.5, new Generator(1)).Forward(Tensor.Ones([10, 20, 3, 3])).Flatten(2);
        var means = y.Mean(-1);
        Assert.That((means.Eq(0) | means.Eq(2)).All().Item<bool>());
        Assert.That(means.Mean().Item(), Is.EqualTo(1).Within(0.2));
        Assert.That(() => new Dropout2d().Forward(Tensor.Ones([2, 3])), Throws.TypeOf<ShapeException>().With.Message.Contains("Dropout2d").And.Message.Contains("[N, C, size, size]"));
        Assert.That(() => new AlphaDropout(2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("AlphaDropout"));
    }

    [Test]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        var x = Tensor.Randn([200_000], DType.Float64, generator: new(1));
        foreach (var p in (double[])[0.1, 0.5])
        {
            var y = new AlphaDropout(p, new Generator(2)).Forward(x);
            Assert.That(y.Mean().Item(), Is.Zero.Within(0.02));
            Assert.That(y.Var().Item(), Is.EqualTo(1).Within(0.02));
        }
    }

    [Test]
    public void Noise_acts_in_training_only_and_on_a_layers_weights_for_a_call()
    {
        var x = Tensor.Zeros([10_000], DType.Float64);
        var noise = new GaussianNoise(0.3, new Generator(1));
        Assert.That(noise.Forward(x).Std().Item(), Is.EqualTo(0.3).Within(0.02));
        Assert.That(noise.Eval().Forward(x), Is.SameAs(x));
        var linear = new Linear(3, 2, dtype: DType.Float64);
        var before = linear.Weight.Detach();
        var noisy = new WeightNoise(linear, 0.5, new Generator(2));
        var input = Tensor.Randn([4, 3], DType.Float64);
        Assert.That(noisy.Forward(input).AllClose(linear.Forward(input)), Is.False);
        Assert.That(linear.Weight.AllClose(before, 0, 0));
        Assert.That(noisy.NamedParameters().Select(entry => entry.Key), Is.EqualTo((string[])["weight", "bias"]));
        Assert.That(noisy.Eval().Forward(input).AllClose(linear.Forward(input), 0, 0));
        Assert.That(() => new GaussianNoise(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Weight_norm_starts_as_the_layer_was_and_learns_the_length_apart()
    {
        var linear = new Linear(3, 2, dtype: DType.Float64);
        var x = Tensor.Randn([4, 3], DType.Float64);
        var y = linear.Forward(x);
        var normed = new WeightNorm<Linear>(linear);
        Assert.That(normed.Forward(x).AllClose(y, 1e-12, 1e-12));
        linear.Weight.Assign(linear.Weight * 5);
        Assert.That(normed.Forward(x).AllClose(y, 1e-12, 1e-12), "v's length does not count");
        Assert.That(normed.NamedParameters().Select(entry => entry.Key), Is.EquivalentTo((string[])["weight", "bias", "weight_g"]));
        Assert.That(() => new WeightNorm<Sequential>(new Sequential(new Linear(2, 2))), Throws.TypeOf<ModuleException>().With.Message.Contains("'weight'").And.Message.Contains("0.weight"));
    }

    [Test]
    public void Spectral_norm_makes_the_greatest_singular_value_one()
    {
        var linear = new Linear(4, 3, bias: false, generator: new(1), dtype: DType.Float64);
        var normed = new SpectralNorm<Linear>(linear, nPowerIterations: 50, generator: new(2));
        var w = normed.Forward(Tensor.Eye(4, dtype: DType.Float64)).T;
        Assert.That(Linalg.Svdvals(w)[0].Item(), Is.EqualTo(1).Within(1e-9));
        Assert.That(normed.NamedBuffers().Select(entry => entry.Key), Is.EqualTo((string[])["weight_u", "weight_v"]));
        var u = normed.U.Detach();
        normed.Eval().Forward(Tensor.Ones([1, 4], DType.Float64));
        Assert.That(normed.U.AllClose(u, 0, 0), "nothing moves in evaluation");
    }

    [Test]
    public void Batch_norm_refuses_other_shapes_and_single_examples()
    {
        Assert.That(() => new BatchNorm2d(3).Forward(Tensor.Ones([2, 4, 5, 5])), Throws.TypeOf<ShapeException>().With.Message.Contains("BatchNorm2d(numFeatures: 3").And.Message.Contains("[N, 3, size, size]"));
        Assert.That(() => new BatchNorm2d(3).Forward(Tensor.Ones([2, 3])), Throws.TypeOf<ShapeException>());
        Assert.That(() => new BatchNorm1d(3).Forward(Tensor.Ones([1, 3])), Throws.TypeOf<ShapeException>().With.Message.Contains("only one element"));
        Assert.That(new BatchNorm1d(3).Eval().Forward(Tensor.Ones([1, 3])).Shape.ToArray(), Is.EqualTo([1, 3]));
        Assert.That(() => new GroupNorm(2, 3), Throws.ArgumentException.With.Message.Contains("2 groups must divide 3"));
        Assert.That(() => new BatchNorm1d(3).Forward(Tensor.Ones([2, 3], DType.Float64)), Throws.TypeOf<DTypeException>().With.Message.Contains("BatchNorm1d(").And.Message.Contains("model.To(DType.Float64)"));
        Assert.That(() => new LayerNorm(3).Forward(Tensor.Ones([2, 3], DType.Float64)), Throws.TypeOf<DTypeException>().With.Message.Contains("LayerNorm("));
        Assert.That(() => new LayerNorm([]), Throws.ArgumentException.With.Message.Contains("normalizedShape"));
        Assert.That(() => new GlobalAvgPool().Forward(Tensor.Ones([2, 3])), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void Containers_name_their_modules()
    {
        ModuleList<Linear> list = [new(2, 3), new(3, 1)];
        Assert.That(list.NamedParameters().Select(entry => entry.Key), Is.EqualTo((string[])["0.weight", "0.bias", "1.weight", "1.bias"]));
        Assert.That((list.Count, list[1].Weight.Shape[0]), Is.EqualTo((2, 1)));
        var named = new ModuleDictionary<Linear> { ["b"] = new(2, 3), ["a"] = new(3, 1, bias: false) };
        Assert.That(named.NamedParameters().Select(entry => entry.Key), Is.EqualTo((string[])["b.weight", "b.bias", "a.weight"]));
        Assert.That(named.Contains("a") && named.Names.Count == 2);
        Assert.That(() => named["c"], Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("'c'"));
        Assert.That(() => named["a.b"] = new Linear(1, 1), Throws.ArgumentException.With.Message.Contains("has a dot"));
        Assert.That(named.Clone().NamedParameters(), Has.Count.EqualTo(3));
        Assert.That(list.Clone()[0], Is.Not.SameAs(list[0]));
    }
}
