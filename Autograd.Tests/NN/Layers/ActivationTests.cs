using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

/// <summary>Every activation module against its formula in plain C#, and its gradient to second order.</summary>
public class ActivationTests
{
    // Off every kink of the functions below (0, ±1, ±3, 6 and what they are shifted by), on both sides of each.
    private static readonly double[] Points = [-7.3, -3.4, -2.6, -1.4, -0.6, -0.05, 0.05, 0.45, 0.8, 1.3, 2.7, 3.3, 5.6, 6.5];

    private static IEnumerable<TestCaseData> Formulas =>
    [
        Case(new Sigmoid(), Logistic),
        Case(new LogSigmoid(), x => Math.Log(Logistic(x))),
        Case(new HardSigmoid(), x => Math.Clamp((x + 3) / 6, 0, 1)),
        Case(new Tanh(), Math.Tanh),
        Case(new Hardtanh(), x => Math.Clamp(x, -1, 1)),
        Case(new Hardtanh(-2, 3.1), x => Math.Clamp(x, -2, 3.1)),
        Case(new Softsign(), x => x / (1 + Math.Abs(x))),
        Case(new Step(), x => x > 0 ? 1 : 0),
        Case(new Sign(), x => Math.Sign(x)),
        Case(new Relu(), x => Math.Max(x, 0)),
        Case(new LeakyRelu(), x => x > 0 ? x : 0.01 * x),
        Case(new LeakyRelu(0.1), x => x > 0 ? x : 0.1 * x),
        Case(new Relu6(), x => Math.Clamp(x, 0, 6)),
        Case(new Elu(), x => x > 0 ? x : Math.Exp(x) - 1),
        Case(new Elu(0.7), x => x > 0 ? x : 0.7 * (Math.Exp(x) - 1)),
        Case(new Selu(), x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1))),
        Case(new Celu(1.5), x => x > 0 ? x : 1.5 * (Math.Exp(x / 1.5) - 1)),
        Case(new Softplus(), x => Math.Log(1 + Math.Exp(x))),
        Case(new Silu(), x => x * Logistic(x)),
        Case(new HardSwish(), x => x * Math.Clamp(x + 3, 0, 6) / 6),
        Case(new Mish(), x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        Case(new Gelu(), x => x * Cumulative(x), 1e-10),
        Case(new Gelu(approximate: true), x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))),
        Case(new Sinc(), x => Math.Sin(Math.PI * x) / (Math.PI * x)),
        Case(new Hardshrink(), x => Math.Abs(x) > 0.5 ? x : 0),
        Case(new Softshrink(0.7), x => x > 0.7 ? x - 0.7 : x < -0.7 ? x + 0.7 : 0),
        Case(new Tanhshrink(), x => x - Math.Tanh(x)),
        Case(new Threshold(0.1, 20), x => x > 0.1 ? x : 20),
        Case(new Prelu(dtype: DType.Float64), x => x > 0 ? x : 0.25 * x),
    ];

    [TestCaseSource(nameof(Formulas))]
    public void Value_is_that_of_the_formula(object activation, Func<double, double> formula, double tolerance)
        => Assert.That(((Layer)activation).Forward(Tensor.From(Points)).ToArray<double>(), Is.EqualTo(Array.ConvertAll(Points, x => formula(x))).Within(tolerance));

    [TestCaseSource(nameof(Formulas))]
    public void Gradient_is_right_to_second_order(object activation, Func<double, double> formula, double tolerance)
        => GradCheck.Verify(((Layer)activation).Forward, Tensor.From(Points, [2, 7]), new() { Order = 2 });

    [TestCaseSource(nameof(Formulas))]
    public void Values_and_gradients_are_finite_far_out(object activation, Func<double, double> formula, double tolerance)
    {
        var x = Tensor.From([-1e4, 0, 1e4], requiresGrad: true);
        var y = ((Layer)activation).Forward(x);
        Assert.That(y.ToArray<double>(), Is.All.Matches<double>(double.IsFinite));
        Assert.That(Differentiate.Gradients(y.Sum(), [x], allowUnused: true)[0].ToArray<double>(), Is.All.Matches<double>(double.IsFinite));
    }

    [TestCaseSource(nameof(Formulas))]
    public void Has_no_state_but_the_learned_slope(object activation, Func<double, double> formula, double tolerance)
        => Assert.That(((Layer)activation).ParameterCount, Is.EqualTo(activation is Prelu ? 1 : 0));

    [Test]
    public void Every_activation_is_covered()
    {
        Type[] others = [typeof(Softmax), typeof(Softmin), typeof(LogSoftmax), typeof(Glu)];
        var all = LayerTable.Activations.Select(row => row.Type);
        Assert.That(all.Except(others).Except(Formulas.Select(test => test.Arguments[0]!.GetType())), Is.Empty);
    }

    [Test]
    public void Step_and_sign_are_zero_at_zero()
    {
        Assert.That(new Step().Forward(Tensor.From([0.0])).Item(), Is.Zero);
        Assert.That(new Sign().Forward(Tensor.From([0.0])).Item(), Is.Zero);
    }

    [Test]
    public void The_derivative_of_relu_at_zero_is_zero()
    {
        var x = Tensor.From([0.0], requiresGrad: true);
        new Relu().Forward(x).Sum().Backward();
        Assert.That(x.Grad!.Item(), Is.Zero);
    }

    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(1)]
    public void Softmax_adds_up_to_one_over_its_dimension(int dim)
    {
        var x = Tensor.Randn([3, 4], DType.Float64, generator: new Generator(1));
        var y = new Softmax(dim).Forward(x);
        Assert.That(y.Sum(dim).ToArray<double>(), Is.All.EqualTo(1).Within(1e-12));
        Assert.That(y.AllClose(x.Exp() / x.Exp().Sum(dim, keepDim: true), 1e-12));
        Assert.That(new LogSoftmax(dim).Forward(x).AllClose(y.Log(), 1e-12));
        Assert.That(new Softmax(dim).Forward(x + 1e4).AllClose(y, 1e-9));
        GradCheck.Verify(new Softmax(dim).Forward, x, new() { Order = 2 });
        GradCheck.Verify(new LogSoftmax(dim).Forward, x, new() { Order = 2 });
    }

    [Test]
    public void Glu_gates_one_half_by_the_other()
    {
        var x = Tensor.From([1.0, 2, 3, 4], [2, 2]);
        Assert.That(new Glu().Forward(x).ToArray<double>(), Is.EqualTo([1 * Logistic(2), 3 * Logistic(4)]).Within(1e-12));
        Assert.That(new Glu(0).Forward(x).ToArray<double>(), Is.EqualTo([1 * Logistic(3), 2 * Logistic(4)]).Within(1e-12));
        GradCheck.Verify(new Glu().Forward, x, new() { Order = 2 });
        Assert.Throws<ShapeException>(() => new Glu().Forward(Tensor.Ones([2, 3])));
    }

    private static TestCaseData Case(Layer activation, Func<double, double> formula, double tolerance = 1e-12)
        => new TestCaseData(activation, formula, tolerance).SetArgDisplayNames($"{activation}");

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>Φ(x), by Simpson's rule over the density.</summary>
    private static double Cumulative(double x)
    {
        const int Steps = 2000;
        var h = x / Steps;
        var sum = 0.0;
        for (var i = 0; i <= Steps; i++)
        {
            var factor = i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += factor * Math.Exp(-0.5 * i * h * i * h);
        }

        return 0.5 + (sum * h / 3 / Math.Sqrt(2 * Math.PI));
    }
}
