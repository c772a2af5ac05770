using Autograd.Optim;

namespace Autograd.Tests.Optim;

/// <summary>Gradients through updates, against central differences.</summary>
internal sealed class UnrolledTests
{
    private static readonly Tensor Data = Tensor.From([0.3, -1.1, 0.7, 2.0]);

    private static Tensor Training(Tensor w) => ((w * Data).Sin() + (w * w * 0.3)).Sum();

    private static Tensor Validation(Tensor w) => (w - 0.4).Square().Sum();

    private static Optimizer<TState> Typed<TState>(Optimizer optimizer)
        where TState : class, IOptimizerState<TState>
        => (Optimizer<TState>)optimizer;

    private static Unrolled Unroll(Optimizer optimizer, Tensor? rate, Tensor? decay) => optimizer switch
    {
        Optimizer<Running> o => o.Unroll(rate, decay),
        Optimizer<Moments> o => o.Unroll(rate, decay),
        Optimizer<RmsProp.Averages> o => o.Unroll(rate, decay),
        Optimizer<Rprop.Steps> o => o.Unroll(rate, decay),
        _ => Typed<Adafactor.Factors>(optimizer).Unroll(rate, decay),
    };

    private static Tensor AfterThreeSteps(string name, Tensor start, Tensor rate, Tensor decay)
    {
        var parameter = new Parameter(start.Detach());
        var inner = Unroll(OptimizerCatalogue.Make(name, [parameter]), rate, decay);
        Tensor Current() => inner.Values[0];
        for (var i = 0; i < 3; i++)
        {
            inner.Step(Training(Current()));
        }

        return Validation(Current());
    }

    [Test]
    public void HyperGradientsAreRight([ValueSource(typeof(OptimizerCatalogue), nameof(OptimizerCatalogue.Recorded))] string name)
    {
        var start = Tensor.From([0.9, -0.8, 1.5, 0.6]);
        GradCheck.Verify(
            hyper => AfterThreeSteps(name, start, hyper[0], hyper[1]),
            [Tensor.From(0.05, DType.Float64), Tensor.From(0.02, DType.Float64)]);
    }

    [Test]
    public void GradientsFlowToTheFirstValues()
    {
        // The meta-gradient of MAML: of the loss after a step, with respect to the values before it.
        var w = new Parameter(Tensor.From([0.9, -0.8, 1.5, 0.6]));
        var inner = new Sgd([w], 0.1).Unroll();
        inner.Step(Training(w));
        inner.Step(Training(inner.Values[0]));
        Validation(inner.Values[0]).Backward();

        var central = new double[4];
        for (var i = 0; i < 4; i++)
        {
            central[i] = (After(i, 1e-5) - After(i, -1e-5)) / 2e-5;
        }

        Assert.That(w.Grad!.ToArray<double>(), Is.EqualTo(central).Within(1e-8));
        Assert.That(w.ToArray<double>(), Is.EqualTo(new[] { 0.9, -0.8, 1.5, 0.6 }), "The parameters stay as they are.");

        static double After(int index, double change)
        {
            double[] values = [0.9, -0.8, 1.5, 0.6];
            values[index] += change;
            var moved = new Parameter(Tensor.From(values));
            var optimizer = new Sgd([moved], 0.1);
            for (var i = 0; i < 2; i++)
            {
                optimizer.Step(() => Training(moved));
            }

            return Validation(moved).Item();
        }
    }

    [Test]
    public void ARecordedStepIsTheOptimizersOwn([ValueSource(typeof(OptimizerCatalogue), nameof(OptimizerCatalogue.Recorded))] string name)
    {
        var (recorded, plain) = (new Parameter(Data), new Parameter(Data));
        var inner = Unroll(OptimizerCatalogue.Make(name, [recorded]), null, null);
        var optimizer = OptimizerCatalogue.Make(name, [plain]);
        for (var i = 0; i < 3; i++)
        {
            inner.Step(Training(inner.Values[0]));
            optimizer.Step(() => Training(plain));
        }

        Assert.That(inner.Values[0].ToArray<double>(), Is.EqualTo(plain.ToArray<double>()).Within(1e-14));
    }

    [Test]
    public void MisuseIsExplained()
    {
        var w = new Parameter(Tensor.Ones([2]));
        Assert.That(() => new Sgd([w]).Unroll(learningRate: Tensor.Ones([2])), Throws.InstanceOf<ShapeException>().With.Message.Contains("rank 0"));
        Assert.That(() => new Sgd([w]).Unroll().Step([]), Throws.ArgumentException.With.Message.Contains("0 gradients for 1"));
    }
}
