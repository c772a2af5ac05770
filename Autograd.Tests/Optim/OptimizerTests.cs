using Autograd.Optim;

namespace Autograd.Tests.Optim;

internal sealed class OptimizerTests
{
    private static Parameter Weight(params double[] values) => new(Tensor.From(values));

    private static void Descend(Optimizer optimizer, int steps, Func<Tensor> loss)
    {
        for (var i = 0; i < steps; i++)
        {
            optimizer.ZeroGrad();
            loss().Backward();
            optimizer.Step();
        }
    }

    [Test]
    public void SgdFollowsItsFormula()
    {
        var w = Weight(1, -2);
        Descend(new Sgd([w], learningRate: 0.1), 1, () => w.Square().Sum());
        Assert.That(w.ToArray<double>(), Is.EqualTo(new[] { 0.8, -1.6 }).Within(1e-15));
    }

    [Test]
    public void MomentumAndDecayFollowTheirFormulas([Values] bool nesterov)
    {
        var (alpha, mu, lambda) = (0.1, 0.9, 0.01);
        var w = Weight(1, -2);
        var (expected, velocity) = (new[] { 1.0, -2.0 }, new double[2]);
        for (var step = 0; step < 4; step++)
        {
            for (var i = 0; i < 2; i++)
            {
                var g = (2 * expected[i]) + (lambda * expected[i]);
                velocity[i] = step == 0 ? g : (mu * velocity[i]) + g;
                expected[i] -= alpha * (nesterov ? g + (mu * velocity[i]) : velocity[i]);
            }
        }

        Descend(new Sgd([w], alpha, mu, weightDecay: lambda, nesterov: nesterov), 4, () => w.Square().Sum());
        Assert.That(w.ToArray<double>(), Is.EqualTo(expected).Within(1e-14));
    }

    [Test]
    public void AdamFollowsItsFormula()
    {
        var (alpha, b1, b2, epsilon, lambda) = (0.1, 0.8, 0.95, 1e-3, 0.02);
        var w = Weight(1, -2, 0.5);
        double[] expected = [1, -2, 0.5];
        var (m, v) = (new double[3], new double[3]);
        for (var t = 1; t <= 5; t++)
        {
            for (var i = 0; i < 3; i++)
            {
                var g = (3 * expected[i] * expected[i]) + (lambda * expected[i]);
                m[i] = (b1 * m[i]) + ((1 - b1) * g);
                v[i] = (b2 * v[i]) + ((1 - b2) * g * g);
                expected[i] -= alpha * (m[i] / (1 - Math.Pow(b1, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(b2, t))) + epsilon);
            }
        }

        Descend(new Adam([w], alpha, b1, b2, epsilon, lambda), 5, () => w.Pow(3).Sum());
        Assert.That(w.ToArray<double>(), Is.EqualTo(expected).Within(1e-13));
    }

    [Test]
    public void DecayAsAnOptionEqualsDecayAsATermOfTheLoss()
    {
        var (option, term) = (Weight(1, -2), Weight(1, -2));
        Descend(new Adam([option], 0.1, weightDecay: 0.3), 10, () => option.Sin().Sum());
        Descend(new Adam([term], 0.1), 10, () => term.Sin().Sum() + (term.Square().Sum() * 0.15));
        Assert.That(option.ToArray<double>(), Is.EqualTo(term.ToArray<double>()).Within(1e-12));
    }

    [Test]
    public void ParametersWithoutAGradientStayAsTheyAre()
    {
        var (used, unused) = (Weight(1), Weight(5));
        Descend(new Adam([used, unused], 0.1), 1, () => used.Sum());
        Assert.That((unused.Item(), used.Item() < 1), Is.EqualTo((5.0, true)));
    }

    [Test]
    public void StepIsNotRecorded()
    {
        var w = Weight(1);
        var optimizer = new Sgd([w], 0.1, momentum: 0.9);
        Descend(optimizer, 3, () => w.Square().Sum());
        Assert.That((w.IsLeaf, w.RequiresGrad), Is.EqualTo((true, true)));
    }

    [Test]
    public void MisuseIsExplained()
    {
        var w = Weight(1);
        var error = Assert.Throws<GradientException>(() => new Sgd([w]).Step());
        Assert.That(error!.Message, Does.Contain("loss.Backward() before Step()"));
        Assert.That(() => new Sgd([]), Throws.ArgumentException.With.Message.Contains("no parameters"));
        Assert.That(() => new Adam([w, w]), Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => new Sgd([w], nesterov: true), Throws.ArgumentException.With.Message.Contains("momentum"));
        Assert.That(() => new Adam([w], beta1: 1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("beta1"));
        Assert.That(() => new Adam([w], learningRate: double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
