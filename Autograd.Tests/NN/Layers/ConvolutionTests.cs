using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

public class ConvolutionTests
{
    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    [Test]
    public void Is_the_convolution_with_the_weights_plus_the_bias()
    {
        var generator = new Generator(1);
        var x = Tensor.Randn([2, 4, 5, 6], generator: generator);
        var layer = new Conv2d(4, 6, [3, 2], stride: [1, 2], padding: 1, dilation: [2, 1], groups: 2, generator: generator);
        Assert.That(layer.Forward(x).AllClose(x.Conv2d(layer.Weight, layer.Bias, [1, 2], 1, [2, 1], 2), 0, 0));
        Assert.That(layer.Forward(x[0]).Shape.ToArray(), Is.EqualTo([6, 3, 4]));
        Assert.That(new Conv1d(4, 3, 3, padding: "same").Forward(x[.., .., 0]).Shape.ToArray(), Is.EqualTo([2, 3, 6]));
        Assert.That(new Conv3d(2, 3, 2, bias: false).Forward(Tensor.Ones([1, 2, 3, 4, 5])).Shape.ToArray(), Is.EqualTo([1, 3, 2, 3, 4]));
    }

    [Test]
    public void Gradients_are_right_to_second_order()
    {
        var layer = new Conv2d(2, 3, 2, padding: 1, generator: new Generator(1), dtype: DType.Float64);
        var x = Tensor.Randn([2, 2, 3, 3], DType.Float64, generator: new Generator(2));
        GradCheck.Verify(() => layer.Forward(x).Tanh().Sum(), layer.NamedParameters(), SecondOrder);
        GradCheck.Verify(t => layer.Forward(t).Tanh(), x, SecondOrder);
    }

    [Test]
    public void Starts_evenly_within_one_over_the_root_of_its_inputs()
    {
        var layer = new Conv2d(8, 200, 5, groups: 2, generator: new Generator(1));
        Assert.That(layer.Weight.Abs().Amax().Item(), Is.InRange(0.0999, 0.1f));
        Assert.That(layer.Weight.Var().Item(), Is.EqualTo(0.01 / 3).Within(2).Percent);
        Assert.That(layer.Bias!.Abs().Amax().Item(), Is.LessThanOrEqualTo(0.1f));
    }

    [Test]
    public void Prints_what_is_not_usual()
    {
        Assert.That($"{new Conv2d(3, 8, 3)}", Does.Contain("inChannels: 3, outChannels: 8, kernelSize: [3, 3]").And.Not.Contain("stride"));
        Assert.That($"{new Conv1d(4, 8, 3, stride: 2, padding: "same", groups: 2, bias: false)}", Does.Contain("kernelSize: [3], stride: [2], padding: same, groups: 2, bias: false"));
    }

    [Test]
    public void What_is_refused()
    {
        Assert.That(() => new Conv2d(0, 1, 3), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Conv2d(3, 0, 3), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Conv2d(3, 4, 3, groups: 2), Throws.ArgumentException.With.Message.Contains("2 groups must divide 3"));
        Assert.That(() => new Conv2d(3, 4, [3, 3, 3]), Throws.ArgumentException.With.Message.Contains("or 2 of them"));
        Assert.That(() => new Conv2d(3, 4, 3, stride: 2, padding: "same", paddingMode: PaddingMode.Reflect), Throws.ArgumentException.With.Message.Contains("goes with stride 1"));
        Assert.That(() => new Conv2d(3, 4, 0), Throws.ArgumentException);
        Assert.That(() => new Conv2d(3, 4, 3).Forward(Tensor.Ones([1, 4, 8, 8])), Throws.TypeOf<ShapeException>().With.Message.Contains("4 channels"));
    }
}
