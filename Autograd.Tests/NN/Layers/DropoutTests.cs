using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

public class DropoutTests
{
    private const int Count = 100_000;

    [TestCase(0.1)]
    [TestCase(0.5)]
    [TestCase(0.9)]
    public void Drops_the_given_share_and_scales_the_rest(double p)
    {
        var y = new Dropout(p, new Generator(1)).Forward(Tensor.Ones([Count], DType.Float64)).ToArray<double>();
        var dropped = y.Count(value => value == 0);
        Assert.That(dropped / (double)Count, Is.EqualTo(p).Within(4 * Math.Sqrt(p * (1 - p) / Count)));
        Assert.That(y.Where(value => value != 0), Is.All.EqualTo(1 / (1 - p)).Within(1e-12));
    }

    [Test]
    public void Is_the_identity_in_evaluation()
    {
        var x = Tensor.Ones([10]);
        Assert.That(new Dropout(0.5).Eval().Forward(x), Is.SameAs(x));
        Assert.That(new Dropout(1).Eval().Forward(x), Is.SameAs(x));
        Assert.That(new Dropout(0).Forward(x), Is.SameAs(x));
    }

    [Test]
    public void Of_probability_one_gives_zeros_and_a_gradient_of_zeros()
    {
        var x = Tensor.From([1.0, double.PositiveInfinity, double.NaN], requiresGrad: true);
        var y = new Dropout(1).Forward(x);
        Assert.That(y.ToArray<double>(), Is.EqualTo([0.0, 0, 0]));
        y.Sum().Backward();
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([0.0, 0, 0]));
    }

    [Test]
    public void Is_repeatable_from_a_seed_and_differs_from_call_to_call()
    {
        var x = Tensor.Ones([100]);
        var (one, same) = (new Dropout(0.5, new Generator(7)), new Dropout(0.5, new Generator(7)));
        var first = one.Forward(x).ToArray<float>();
        Assert.That(same.Forward(x).ToArray<float>(), Is.EqualTo(first));
        Assert.That(one.Forward(x).ToArray<float>(), Is.Not.EqualTo(first));

        Generator.Seed(7);
        Assert.That(new Dropout(0.5).Forward(x).ToArray<float>(), Is.EqualTo(first));
    }

    [Test]
    public void Drops_the_same_elements_in_either_precision()
    {
        var (single, twice) = (new Dropout(0.5, new Generator(7)), new Dropout(0.5, new Generator(7)));
        Assert.That(twice.Forward(Tensor.Ones([1000], DType.Float64)).ToArray<double>(), Is.EqualTo(single.Forward(Tensor.Ones([1000])).ToArray<float>()));
    }

    [Test]
    public void Gradient_flows_through_what_was_kept()
        => GradCheck.Verify(x => new Dropout(0.5, new Generator(3)).Forward(x.Square()), Tensor.Randn([4, 5], DType.Float64, generator: new Generator(1)), new() { Order = 2 });

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void The_probability_lies_between_zero_and_one(double p)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ = new Dropout(p))!;
        Assert.That(error.Message, Does.Contain("Dropout"));
    }
}
