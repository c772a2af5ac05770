using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

public class LinearTests
{
    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    [Test]
    public void Is_the_product_with_the_weights_plus_the_bias()
    {
        var layer = new Linear(2, 3, dtype: DType.Float64);
        layer.Weight.Assign(Tensor.From([1.0, 2, 3, 4, 5, 6], [3, 2]));
        layer.Bias!.Assign(Tensor.From([0.5, -0.5, 1]));
        Assert.That(layer.Forward(Tensor.From([1.0, -1, 2, 0], [2, 2])).ToArray<double>(), Is.EqualTo([-0.5, -1.5, 0, 2.5, 5.5, 11]));
        Assert.That(layer.Forward(Tensor.From([1.0, -1])).ToArray<double>(), Is.EqualTo([-0.5, -1.5, 0]));
    }

    [TestCase(new[] { 2 }, new[] { 3 })]
    [TestCase(new[] { 4, 2 }, new[] { 4, 3 })]
    [TestCase(new[] { 5, 4, 2 }, new[] { 5, 4, 3 })]
    [TestCase(new[] { 0, 2 }, new[] { 0, 3 })]
    public void Keeps_the_dimensions_before_the_last(int[] input, int[] output)
        => Assert.That(new Linear(2, 3).Forward(Tensor.Ones(input)).Shape.ToArray(), Is.EqualTo(output));

    [TestCase(true)]
    [TestCase(false)]
    public void Gradients_are_right_to_second_order(bool bias)
    {
        var layer = new Linear(3, 2, bias, new Generator(1), DType.Float64);
        var x = Tensor.Randn([2, 4, 3], DType.Float64, generator: new Generator(2));
        GradCheck.Verify(() => layer.Forward(x).Tanh().Sum(), layer.NamedParameters(), SecondOrder);
        GradCheck.Verify(t => layer.Forward(t).Tanh(), x, SecondOrder);
    }

    [Test]
    public void Starts_evenly_within_one_over_the_root_of_its_inputs()
    {
        var layer = new Linear(100, 400, generator: new Generator(1));
        var weights = layer.Weight.ToArray<float>();
        Assert.That(weights.Max(), Is.InRange(0.0999f, 0.1f));
        Assert.That(weights.Min(), Is.InRange(-0.1f, -0.0999f));
        Assert.That(layer.Weight.Var().Item(), Is.EqualTo(0.01 / 3).Within(1).Percent);
        Assert.That(layer.Bias!.Var().Item(), Is.EqualTo(0.01 / 3).Within(20).Percent);
        Assert.That(layer.Bias!.Abs().Amax().Item(), Is.LessThanOrEqualTo(0.1f));
    }

    [Test]
    public void The_same_seed_gives_the_same_bits()
    {
        Sequential Build(ulong seed)
        {
            var generator = new Generator(seed);
            return new(new Linear(3, 4, generator: generator), new Linear(4, 2, generator: generator));
        }

        var (one, same, other) = (Build(5), Build(5), Build(6));
        foreach (var (a, b) in one.Parameters().Zip(same.Parameters()))
        {
            Assert.That(a.ToArray<float>(), Is.EqualTo(b.ToArray<float>()));
        }

        Assert.That(((Linear)one[0]).Weight.ToArray<float>(), Is.Not.EqualTo(((Linear)other[0]).Weight.ToArray<float>()));
        Assert.That(((Linear)one[0]).Bias!.ToArray<float>(), Is.Not.EqualTo(((Linear)one[0]).Weight.ToArray<float>().Take(4)));
    }

    [Test]
    public void The_ambient_generator_is_used_unless_one_is_given()
    {
        Generator.Seed(3);
        var first = new Linear(2, 2).Weight.ToArray<float>();
        Generator.Seed(3);
        Assert.That(new Linear(2, 2).Weight.ToArray<float>(), Is.EqualTo(first));
    }

    [TestCase(new[] { 4, 2, 4, 4 }, "Flatten()")]
    [TestCase(new[] { 32, 7 }, "Transpose it")]
    [TestCase(new[] { 5, 7 }, "inFeatures: 7")]
    [TestCase(new int[0], "inFeatures: 1")]
    public void A_wrong_shape_is_an_error_that_names_layer_shape_and_fix(int[] shape, string fix)
    {
        var error = Assert.Throws<ShapeException>(() => new Linear(32, 2).Forward(Tensor.Ones(shape)))!;
        Assert.That(error.Message, Does.Contain("Linear(inFeatures: 32, outFeatures: 2, bias: true)").And.Contain($"[{string.Join(", ", shape)}]").And.Contain(fix));
    }

    [TestCase(DType.Float64, "model.To(DType.Float64)")]
    [TestCase(DType.Int64, "x.To(DType.Float32)")]
    public void A_wrong_type_is_an_error_that_names_the_fix(DType dtype, string fix)
    {
        var error = Assert.Throws<DTypeException>(() => new Linear(2, 2).Forward(Tensor.Ones([1, 2], dtype)))!;
        Assert.That(error.Message, Does.Contain("Linear(").And.Contain(fix));
    }

    [TestCase(0, 1)]
    [TestCase(1, 0)]
    [TestCase(-1, 1)]
    public void Sizes_are_above_zero(int inFeatures, int outFeatures)
        => Assert.Throws<ArgumentOutOfRangeException>(() => _ = new Linear(inFeatures, outFeatures));
}
