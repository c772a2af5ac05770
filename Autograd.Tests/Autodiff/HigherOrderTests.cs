namespace Autograd.Tests.Autodiff;

/// <summary>Derivatives of derivatives against closed forms.</summary>
internal sealed class HigherOrderTests
{
    private static readonly double[] Points = [-1.7, -0.4, 0, 0.3, 1, 2.2];

    private static IEnumerable<TestCaseData> Cases =>
    [
        Case("x⁵ by Pow", x => x.Pow(5), x => Math.Pow(x, 5), x => 5 * Math.Pow(x, 4), x => 20 * Math.Pow(x, 3), x => 60 * x * x, x => 120 * x, _ => 120, _ => 0, _ => 0),
        Case("x⁵ by products", x => x * x * x * x * x, x => Math.Pow(x, 5), x => 5 * Math.Pow(x, 4), x => 20 * Math.Pow(x, 3), x => 60 * x * x, x => 120 * x, _ => 120, _ => 0, _ => 0),
        Case("sin x · eˣ", x => x.Sin() * x.Exp(), x => S(x) * E(x), x => (S(x) + C(x)) * E(x), x => 2 * C(x) * E(x), x => 2 * (C(x) - S(x)) * E(x), x => -4 * S(x) * E(x)),
        Case("sin(eˣ)", x => x.Exp().Sin(), x => S(E(x)), x => C(E(x)) * E(x), x => (C(E(x)) * E(x)) - (S(E(x)) * E(2 * x)), x => (C(E(x)) * (E(x) - E(3 * x))) - (3 * S(E(x)) * E(2 * x))),
        Case("tanh", x => x.Tanh(), Math.Tanh, x => 1 - T2(x), x => -2 * Math.Tanh(x) * (1 - T2(x)), x => (6 * T2(x) - 2) * (1 - T2(x)), x => 8 * Math.Tanh(x) * (2 - (3 * T2(x))) * (1 - T2(x))),
        Case("sigmoid", x => x.Sigmoid(), G, x => G(x) * (1 - G(x)), x => G(x) * (1 - G(x)) * (1 - (2 * G(x))), x => G(x) * (1 - G(x)) * (1 - (6 * G(x)) + (6 * G(x) * G(x)))),
        Case("softplus", x => x.Softplus(), x => Math.Log(1 + E(x)), G, x => G(x) * (1 - G(x)), x => G(x) * (1 - G(x)) * (1 - (2 * G(x)))),
        Case("1/(1 + x²)", x => (x * x + 1).Reciprocal(), x => 1 / D(x), x => -2 * x / Math.Pow(D(x), 2), x => ((6 * x * x) - 2) / Math.Pow(D(x), 3), x => 24 * x * (1 - (x * x)) / Math.Pow(D(x), 4)),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Derivatives_of_every_order(Func<Tensor, Tensor> function, Func<double, double>[] closedForms)
    {
        var x = Tensor.From(Points, requiresGrad: true);
        var y = function(x);
        for (var order = 0; order < closedForms.Length; order++)
        {
            var expected = Array.ConvertAll(Points, point => closedForms[order](point));
            Assert.That(y.ToArray<double>(), Is.EqualTo(expected).Within(1e-11).Percent.Or.EqualTo(expected).Within(1e-11), $"Order {order}");
            if (order + 1 < closedForms.Length)
            {
                // The highest derivatives of a polynomial no longer depend on x.
                y = Differentiate.Gradients(y.Sum(), [x], createGraph: true, allowUnused: true)[0];
            }
        }
    }

    /// <summary>∂²pᵢ/∂xⱼ∂xₖ = pᵢ((δᵢⱼ − pⱼ)(δᵢₖ − pₖ) − pⱼ(δⱼₖ − pₖ)), and one order more by a central difference of that.</summary>
    [Test]
    public void Second_and_third_derivatives_of_softmax()
    {
        double[] point = [0.3, -1.2, 0.8];
        var x = Tensor.From(point, requiresGrad: true);
        for (var i = 0; i < 3; i++)
        {
            var first = Differentiate.Gradients(x.Softmax(0)[i], [x], createGraph: true)[0];
            for (var j = 0; j < 3; j++)
            {
                var second = Differentiate.Gradients(first[j], [x], createGraph: true)[0];
                for (var k = 0; k < 3; k++)
                {
                    Assert.That(second[k].Item(), Is.EqualTo(SoftmaxSecond(point, i, j, k)).Within(1e-13));
                    var third = Differentiate.Gradients(second[k], [x], retainGraph: true)[0];
                    for (var l = 0; l < 3; l++)
                    {
                        double[] above = [.. point], below = [.. point];
                        (above[l], below[l]) = (point[l] + 1e-5, point[l] - 1e-5);
                        var difference = (SoftmaxSecond(above, i, j, k) - SoftmaxSecond(below, i, j, k)) / 2e-5;
                        Assert.That(third[l].Item(), Is.EqualTo(difference).Within(1e-9));
                    }
                }
            }
        }
    }

    /// <summary>f = xᵀAx: ∇f = (A + Aᵀ)x, ∇²f = A + Aᵀ.</summary>
    [Test]
    public void Hessian_of_a_quadratic_form()
    {
        var generator = new Generator(3);
        var a = Tensor.Randn([4, 4], DType.Float64, generator: generator);
        var x = Tensor.Randn([4], DType.Float64, generator: generator).AsLeaf();
        var gradient = Differentiate.Gradients(x.MatMul(a.MatMul(x)), [x], createGraph: true)[0];
        Assert.That(gradient.AllClose((a + a.T).MatMul(x), 1e-12));
        for (var i = 0; i < 4; i++)
        {
            Assert.That(Differentiate.Gradients(gradient[i], [x], retainGraph: true)[0].AllClose((a + a.T)[i], 1e-12));
        }
    }

    /// <summary>∂²aᵇ/∂a∂b = aᵇ⁻¹(1 + b ln a), in whichever order, also where the exponent is 0.</summary>
    [Test]
    public void Mixed_derivatives_of_a_power_agree_at_every_exponent([Values(-1.0, 0, 0.5, 1, 2)] double exponent)
    {
        var (a, b) = (Tensor.From([1.7], requiresGrad: true), Tensor.From([exponent], requiresGrad: true));
        var expected = Math.Pow(1.7, exponent - 1) * (1 + (exponent * Math.Log(1.7)));
        var y = a.Pow(b);
        var (byBase, byExponent) = (Differentiate.Gradients(y, [a], createGraph: true)[0], Differentiate.Gradients(y, [b], createGraph: true)[0]);
        Assert.That(Differentiate.Gradients(byBase, [b])[0].Item(), Is.EqualTo(expected).Within(1e-12));
        Assert.That(Differentiate.Gradients(byExponent, [a])[0].Item(), Is.EqualTo(expected).Within(1e-12));
    }

    /// <summary>aᵇ ln a → 0 and its derivative b aᵇ⁻¹ ln a + aᵇ⁻¹ → 0 for a → 0, b = 2.</summary>
    [Test]
    public void Second_derivatives_of_a_power_at_base_zero_are_finite()
    {
        var (a, b) = (Tensor.From([0.0], requiresGrad: true), Tensor.From([2.0], requiresGrad: true));
        var byExponent = Differentiate.Gradients(a.Pow(b), [b], createGraph: true)[0];
        var again = Differentiate.Gradients(byExponent, [a, b]);
        Assert.That((byExponent.Item(), again[0].Item(), again[1].Item()), Is.EqualTo((0.0, 0.0, 0.0)));
    }

    private static TestCaseData Case(string name, Func<Tensor, Tensor> function, params Func<double, double>[] closedForms) => new TestCaseData(function, closedForms).SetArgDisplayNames(name);

    private static double S(double x) => Math.Sin(x);

    private static double C(double x) => Math.Cos(x);

    private static double E(double x) => Math.Exp(x);

    private static double G(double x) => 1 / (1 + Math.Exp(-x));

    private static double T2(double x) => Math.Tanh(x) * Math.Tanh(x);

    private static double D(double x) => 1 + (x * x);

    private static double SoftmaxSecond(double[] x, int i, int j, int k)
    {
        var sum = x.Sum(Math.Exp);
        var p = Array.ConvertAll(x, value => Math.Exp(value) / sum);
        static double Delta(int a, int b) => a == b ? 1 : 0;
        return p[i] * (((Delta(i, j) - p[j]) * (Delta(i, k) - p[k])) - (p[j] * (Delta(j, k) - p[k])));
    }
}
