using Autograd.Optim;

namespace Autograd.Tests.Optim;

/// <summary>Optimizers that the reference data lack, against loops over plain numbers; searches against known answers.</summary>
internal sealed class FurtherOptimizerTests
{
    private const int Steps = 5;
    private const int ManySteps = 200;

    private static readonly double[] Start = [1, -2, 0.5, 0.1];

    /// <summary>The gradient of Σ sin: depends on the element alone.</summary>
    private static double[] Slope(double[] x) => [.. x.Select(Math.Cos)];

    private static Parameter Run(Func<Parameter, Optimizer> make, params int[] shape)
    {
        var w = new Parameter(Tensor.From(Start, shape.Length == 0 ? [4] : shape));
        var optimizer = make(w);
        for (var i = 0; i < Steps; i++)
        {
            optimizer.Step(() => w.Sin().Sum());
        }

        return w;
    }

    private static double[] Waves(int count) => [.. Enumerable.Range(1, count).Select(i => 1.5 * Math.Sin(i * 1.7))];

    private static void Descend(Parameter w, Optimizer optimizer, Func<Tensor, Tensor> loss)
    {
        for (var t = 0; t < ManySteps; t++)
        {
            optimizer.Step(() => loss(w).Sum());
        }
    }

    private static void AssertClose(Parameter actual, double[] expected) => Assert.That(actual.Flatten().ToArray<double>(), Is.EqualTo(expected).Within(1e-13));

    /// <summary>Against plain numbers, over many steps, on a parameter that is computed at once and one that is computed in a fused pass.</summary>
    [Test]
    public void LionFollowsItsFormula([Values(4, 700)] int count, [Values(0, 0.2)] double decay)
    {
        var x = Waves(count);
        var m = new double[count];
        var w = new Parameter(Tensor.From(x));
        Descend(w, new Lion([w], 0.01, 0.9, 0.95, weightDecay: decay), w => w.Sin());
        for (var t = 1; t <= ManySteps; t++)
        {
            for (var i = 0; i < count; i++)
            {
                var g = Math.Cos(x[i]);
                x[i] = (x[i] * (1 - (0.01 * decay))) - (0.01 * Math.Sign((0.9 * m[i]) + (0.1 * g)));
                m[i] = (0.95 * m[i]) + (0.05 * g);
            }
        }

        AssertClose(w, x);
    }

    /// <inheritdoc cref="LionFollowsItsFormula"/>
    [Test]
    public void LambFollowsItsFormula([Values(4, 700)] int count, [Values(0, 0.3)] double decay)
    {
        // A slope that is nowhere 0: there, its direction alone would count, and with it the last bit of every sum.
        const double Rate = 0.002;
        var x = Waves(count);
        var (m, v, u) = (new double[count], new double[count], new double[count]);
        var w = new Parameter(Tensor.From(x));
        Descend(w, new Lamb([w], Rate, 0.8, 0.9, weightDecay: decay), w => w.Exp());
        for (var t = 1; t <= ManySteps; t++)
        {
            for (var i = 0; i < count; i++)
            {
                var g = Math.Exp(x[i]);
                m[i] = (0.8 * m[i]) + (0.2 * g);
                v[i] = (0.9 * v[i]) + (0.1 * g * g);
                u[i] = (m[i] / (1 - Math.Pow(0.8, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.9, t))) + 1e-6)) + (decay * x[i]);
            }

            var ratio = Length(x) / Length(u);
            for (var i = 0; i < count; i++)
            {
                x[i] -= Rate * ratio * u[i];
            }
        }

        AssertClose(w, x);
    }

    [Test]
    public void LambOfNothingButZerosTakesAPlainStep()
    {
        var w = new Parameter(Tensor.Zeros([3], DType.Float64));
        new Lamb([w], 0.1).Step(() => w.Sum());
        Assert.That(w.ToArray<double>(), Is.All.EqualTo(-0.1).Within(1e-6), "Without a norm there is no ratio.");
    }

    [Test]
    public void AdafactorFollowsItsFormula([Values] bool matrix)
    {
        var (x, rows, columns, all) = ((double[])Start.Clone(), new double[2], new double[2], new double[4]);
        for (var t = 1; t <= Steps; t++)
        {
            var (g, share) = (Slope(x), Math.Pow(t, -0.8));
            var v = new double[4];
            for (var i = 0; i < 2; i++)
            {
                rows[i] += share * ((((g[2 * i] * g[2 * i]) + (g[(2 * i) + 1] * g[(2 * i) + 1])) / 2) - rows[i]);
                columns[i] += share * ((((g[i] * g[i]) + (g[i + 2] * g[i + 2])) / 2) - columns[i]);
            }

            for (var i = 0; i < 4; i++)
            {
                all[i] += share * ((g[i] * g[i]) - all[i]);
                v[i] = matrix ? rows[i / 2] * columns[i % 2] / ((rows[0] + rows[1]) / 2) : all[i];
            }

            double[] u = [.. g.Zip(v, (gi, vi) => gi / Math.Sqrt(vi))];
            var scale = Math.Max(1e-3, Length(x) / 2) * Math.Min(0.2, 1 / Math.Sqrt(t)) / Math.Max(1, Length(u) / 2 / 0.7);
            for (var i = 0; i < 4; i++)
            {
                x[i] = (x[i] * (1 - (0.2 * 0.1))) - (scale * u[i]);
            }
        }

        AssertClose(Run(w => new Adafactor([w], 0.2, clip: 0.7, weightDecay: 0.1), matrix ? [2, 2] : []), x);
    }

    [Test]
    public void AdamWithEpsilonInsideTheRootIsTheLectures()
    {
        var (x, s, r) = ((double[])Start.Clone(), new double[4], new double[4]);
        for (var t = 1; t <= Steps; t++)
        {
            var g = Slope(x);
            for (var i = 0; i < 4; i++)
            {
                s[i] = (0.9 * s[i]) + (0.1 * g[i]);
                r[i] = (0.99 * r[i]) + (0.01 * g[i] * g[i]);
                x[i] -= 0.1 * (s[i] / (1 - Math.Pow(0.9, t))) / Math.Sqrt((r[i] / (1 - Math.Pow(0.99, t))) + 0.01);
            }
        }

        AssertClose(Run(w => new Adam([w], 0.1, 0.9, 0.99, 0.01, epsilonInside: true)), x);
    }

    [Test]
    public void AveragingMomentumWithDecayIsTheLectures()
    {
        var (x, m) = ((double[])Start.Clone(), new double[4]);
        for (var t = 1; t <= Steps; t++)
        {
            var g = Slope(x);
            for (var i = 0; i < 4; i++)
            {
                m[i] = (0.8 * m[i]) + (0.2 * g[i]);
                x[i] -= 0.1 * (m[i] + (0.3 * x[i]));
            }
        }

        AssertClose(Run(w => new Sgd([w], 0.1, momentum: 0.8, averaging: true, weightDecay: 0.3, decoupledWeightDecay: true)), x);
    }

    [Test]
    public void NesterovsFormIsTheGradientAtThePointAhead()
    {
        // The lectures' form, v = av − εg(θ + av), θ += v, with the point ahead p = θ + av for the parameter.
        var (theta, v, p) = (1.0, 0.0, 1.0);
        for (var t = 0; t < Steps; t++)
        {
            v = (0.9 * v) - (0.1 * Math.Cos(p));
            theta += v;
            p = theta + (0.9 * v);
        }

        Assert.That(Run(w => new Sgd([w], 0.1, momentum: 0.9, nesterov: true)).Flatten()[0].Item(), Is.EqualTo(p).Within(1e-14));
    }

    [Test]
    public void LookaheadFollowsItsFormula()
    {
        var (fast, slow) = (1.0, 1.0);
        for (var t = 1; t <= Steps; t++)
        {
            fast -= 0.1 * Math.Cos(fast);
            if (t % 2 == 0)
            {
                fast = slow += 0.25 * (fast - slow);
            }
        }

        Assert.That(Run(w => new Lookahead(new Sgd([w], 0.1), 2, 0.25)).Flatten()[0].Item(), Is.EqualTo(fast).Within(1e-14));
    }

    [Test]
    public void AsgdKeepsTheMean()
    {
        var (x, sum) = (1.0, 0.0);
        for (var t = 1; t <= Steps; t++)
        {
            var eta = 0.1 / Math.Pow(1 + (0.1 * 0.2 * (t - 1)), 0.75);
            x = (x * (1 - (0.2 * eta))) - (eta * Math.Cos(x));
            sum += t > 1 ? x : 0;
        }

        var w = new Parameter(Tensor.From([1.0]));
        var optimizer = new Asgd([w], 0.1, lambd: 0.2, t0: 0);
        Assert.That(optimizer.Average(w), Is.Null);
        for (var i = 0; i < Steps; i++)
        {
            optimizer.Step(() => w.Sin().Sum());
        }

        Assert.That(w.Item(), Is.EqualTo(x).Within(1e-14));
        Assert.That(optimizer.Average(w)!.Item(), Is.EqualTo(sum / (Steps - 1)).Within(1e-14));
    }

    [Test]
    public void SearchesFindTheMinimumOfRosenbrocksValley([Values("Bfgs", "Lbfgs", "ConjugateGradients")] string name)
    {
        var w = new Parameter(Tensor.From([-1.2, 1, 0.5]));
        Optimizer optimizer = name switch
        {
            "Bfgs" => new Bfgs([w], maxIterations: 200),
            "Lbfgs" => new Lbfgs([w], maxIterations: 200, strongWolfe: true),
            _ => new ConjugateGradients([w], maxIterations: 400, toleranceChange: 1e-14),
        };
        optimizer.Step(() => (((w[1..] - w[..^1].Square()).Square() * 100) + (1 - w[..^1]).Square()).Sum());
        Assert.That(w.ToArray<double>(), Is.EqualTo(new[] { 1.0, 1, 1 }).Within(1e-4));
    }

    [Test]
    public void OfAQuadraticConjugateGradientsNeedOneIterationADimension()
    {
        var scales = Tensor.From([1.0, 3, 10, 30]);
        var w = new Parameter(Tensor.Ones([4], DType.Float64));
        var optimizer = new ConjugateGradients([w], maxIterations: 12, toleranceGradient: 1e-6);
        optimizer.Step(() => (w.Square() * scales).Sum());
        Assert.That(w.Abs().Amax().Item(), Is.LessThan(1e-4));
        Assert.That(optimizer.Iterations, Is.LessThanOrEqualTo(12));
    }

    [Test]
    public void ASearchNeedsTheFunction()
    {
        var w = new Parameter(Tensor.Ones([2]));
        w.Sum().Backward();
        Assert.That(() => new Lbfgs([w]).Step(), Throws.InvalidOperationException.With.Message.Contains("optimizer.Step(() =>"));
        Assert.That(() => new Bfgs([w, new Parameter(Tensor.Ones([1], DType.Float64))]), Throws.ArgumentException.With.Message.Contains("one element type"));
        Assert.That(() => new Lbfgs([w]).Step(() => Tensor.Ones([], requiresGrad: true) * 1), Throws.InstanceOf<GradientException>().With.Message.Contains("from the model's parameters"));
    }

    private static double Length(double[] x) => Math.Sqrt(x.Sum(element => element * element));
}
