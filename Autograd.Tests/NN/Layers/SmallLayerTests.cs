using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

/// <summary>Flatten, Identity, Lambda, Maxout, Prelu.</summary>
public class SmallLayerTests
{
    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    [Test]
    public void Flatten_keeps_the_batch()
    {
        Assert.That(new Flatten().Forward(Tensor.Ones([2, 3, 4])).Shape.ToArray(), Is.EqualTo([2, 12]));
        Assert.That(new Flatten(0, 1).Forward(Tensor.Ones([2, 3, 4])).Shape.ToArray(), Is.EqualTo([6, 4]));
    }

    [Test]
    public void Identity_returns_its_input()
    {
        var x = Tensor.Ones([2]);
        Assert.That(new Identity().Forward(x), Is.SameAs(x));
    }

    [Test]
    public void Lambda_needs_a_function() => Assert.Throws<ArgumentNullException>(() => _ = new Lambda(null!));

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Maxout_is_the_greatest_of_its_linear_maps(int pieces)
    {
        var layer = new Maxout(3, 2, pieces, new Generator(1), DType.Float64);
        var x = Tensor.Randn([4, 3], DType.Float64, generator: new Generator(2));
        var (weight, bias) = (layer.Parameters()[0], layer.Parameters()[1]);
        Tensor? expected = null;
        for (var k = 0; k < pieces; k++)
        {
            var piece = x.MatMul(weight.Narrow(0, 2 * k, 2).T) + bias.Narrow(0, 2 * k, 2);
            expected = expected is null ? piece : expected.Maximum(piece);
        }

        Assert.That(layer.Forward(x).AllClose(expected!, 1e-12));
        Assert.That(NameTests.Names(layer), Is.EqualTo(["linear.weight", "linear.bias"]));
        GradCheck.Verify(() => layer.Forward(x).Tanh().Sum(), layer.NamedParameters(), SecondOrder);
    }

    [Test]
    public void Prelu_learns_its_slopes()
    {
        var layer = new Prelu(3, dtype: DType.Float64);
        var x = Tensor.From([1.0, -2, 3, -4, 5, -6], [2, 3]);
        Assert.That(layer.Forward(x).ToArray<double>(), Is.EqualTo([1, -0.5, 3, -1, 5, -1.5]));
        GradCheck.Verify(() => layer.Forward(x).Square().Sum(), layer.NamedParameters(), SecondOrder);
        Assert.That(new Prelu(dtype: DType.Float64).Forward(x).ToArray<double>(), Is.EqualTo([1, -0.5, 3, -1, 5, -1.5]));
    }
}
