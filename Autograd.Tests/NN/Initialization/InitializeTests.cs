using Autograd.NN;

namespace Autograd.Tests.NN.Initialization;

public class InitializeTests
{
    private static readonly double TanhGain = Initialize.Gain(Nonlinearity.Tanh);

    /// <summary>A method, the standard deviation it is to give weights of shape [200, 300], and whether it is the even distribution of that deviation.</summary>
    private static IEnumerable<TestCaseData> Scaled =>
    [
        Case("HeUniform", w => Initialize.HeUniform(w, generator: new(1)), Math.Sqrt(2.0 / 300), even: true),
        Case("HeUniform, fan out", w => Initialize.HeUniform(w, fan: Fan.Out, generator: new(1)), Math.Sqrt(2.0 / 200), even: true),
        Case("HeNormal", w => Initialize.HeNormal(w, generator: new(1)), Math.Sqrt(2.0 / 300), even: false),
        Case("HeNormal, tanh", w => Initialize.HeNormal(w, TanhGain, generator: new(1)), 5.0 / 3 / Math.Sqrt(300), even: false),
        Case("XavierUniform", w => Initialize.XavierUniform(w, generator: new(1)), Math.Sqrt(2.0 / 500), even: true),
        Case("XavierNormal", w => Initialize.XavierNormal(w, generator: new(1)), Math.Sqrt(2.0 / 500), even: false),
        Case("XavierNormal, tanh", w => Initialize.XavierNormal(w, TanhGain, generator: new(1)), 5.0 / 3 * Math.Sqrt(2.0 / 500), even: false),
        Case("Uniform", w => Initialize.Uniform(w, -2, 2, new(1)), 4 / Math.Sqrt(12), even: true),
        Case("Normal", w => Initialize.Normal(w, 0, 0.3, new(1)), 0.3, even: false),
    ];

    [TestCaseSource(nameof(Scaled))]
    public void Values_have_the_stated_distribution(Func<Parameter, Parameter> initialize, double deviation, bool even)
    {
        var weight = new Parameter(Tensor.Zeros([200, 300], DType.Float64));
        Assert.That(initialize(weight), Is.SameAs(weight));

        // The standard error of the mean is 1/√60,000 = 0.4 %, that of the deviation at most 0.3 % of σ.
        Assert.That(weight.Mean().Item(), Is.Zero.Within(0.016 * deviation));
        Assert.That(weight.Std().Item(), Is.EqualTo(deviation).Within(1.2).Percent);
        var greatest = weight.Abs().Amax().Item() / deviation;
        Assert.That(greatest, even ? Is.InRange(1.73, Math.Sqrt(3)) : Is.InRange(3.5, 6));
    }

    [TestCaseSource(nameof(Scaled))]
    public void The_same_generator_gives_the_same_bits(Func<Parameter, Parameter> initialize, double deviation, bool even)
    {
        var (one, same) = (new Parameter(Tensor.Zeros([200, 300])), new Parameter(Tensor.Zeros([200, 300])));
        Assert.That(initialize(one).ToArray<float>(), Is.EqualTo(initialize(same).ToArray<float>()));
        Assert.That(one.DType, Is.EqualTo(DType.Float32));
    }

    [Test]
    public void A_kernel_counts_for_every_place()
    {
        var weight = Initialize.HeNormal(new(Tensor.Zeros([64, 32, 3, 3], DType.Float64)), generator: new(1));
        Assert.That(weight.Std().Item(), Is.EqualTo(Math.Sqrt(2.0 / (32 * 9))).Within(2).Percent);
    }

    [Test]
    public void Constants_fill()
    {
        var parameter = new Parameter(Tensor.Zeros([2]));
        Assert.That(Initialize.Ones(parameter).ToArray<float>(), Is.EqualTo([1f, 1]));
        Assert.That(Initialize.Zeros(parameter).ToArray<float>(), Is.EqualTo([0f, 0]));
        Assert.That(Initialize.Constant(parameter, 0.5).ToArray<float>(), Is.EqualTo([0.5f, 0.5]));
    }

    [Test]
    public void The_parameter_stays_a_leaf()
    {
        var parameter = Initialize.HeNormal(new(Tensor.Zeros([2, 2])));
        (parameter * 2).Sum().Backward();
        Assert.That(parameter.Grad!.ToArray<float>(), Is.All.EqualTo(2));
    }

    [Test]
    public void A_model_is_initialized_layer_by_layer()
    {
        Sequential Build() => new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 1)).Apply(module =>
        {
            if (module is Linear layer)
            {
                Initialize.XavierUniform(layer.Weight);
                Initialize.Zeros(layer.Bias!);
            }
        });

        Generator.Seed(4);
        var one = Build();
        Generator.Seed(4);
        var same = Build();
        Assert.That(one.Parameters().Zip(same.Parameters()).All(pair => pair.First.Eq(pair.Second).All().Item<bool>()));
        Assert.That(((Linear)one[0]).Bias!.ToArray<float>(), Is.All.Zero);
    }

    [TestCase(Nonlinearity.Linear, 1)]
    [TestCase(Nonlinearity.Sigmoid, 1)]
    [TestCase(Nonlinearity.Relu, 1.4142135623730951)]
    [TestCase(Nonlinearity.LeakyRelu, 1.4141428569978354)]
    [TestCase(Nonlinearity.Selu, 0.75)]
    public void Gains_are_those_of_the_table(Nonlinearity nonlinearity, double gain)
        => Assert.That(Initialize.Gain(nonlinearity), Is.EqualTo(gain).Within(1e-15));

    [Test]
    public void A_bias_has_no_fans()
    {
        var error = Assert.Throws<ShapeException>(() => Initialize.XavierNormal(new(Tensor.Zeros([3]))))!;
        Assert.That(error.Message, Does.Contain("Initialize.XavierNormal").And.Contain("[3]").And.Contain("Initialize.Zeros"));
    }

    private static TestCaseData Case(string name, Func<Parameter, Parameter> initialize, double deviation, bool even)
        => new TestCaseData(initialize, deviation, even).SetArgDisplayNames(name);
}
