using System.Runtime.InteropServices;
using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Tests.Training;

/// <summary>How runs end before their time, and what a trained model is used for.</summary>
internal sealed class EndingTests
{
    [Test]
    public void NaNEndsTheRunWithTheOperation()
    {
        var data = new TensorDataset(Tensor.From([1.0, 1, 1, 0], [4, 1]), Tensor.Ones([4, 1], DType.Float64));
        var model = new Linear(1, 1).To(DType.Float64);
        History Run(FitOptions<Tensor, Tensor, Tensor> options)
            => Trainer.Fit(new Sequential(model, new Lambda(x => (x * 0).Log())), new DataLoader<(Tensor X, Tensor Y)>(data, 2), Loss.MeanSquaredError, new Sgd(model.Parameters()), options);
        var error = Assert.Throws<TrainingException>(() => Run(new() { StopOnInterrupt = false }));
        Assert.That(error!.Message, Does.Contain("the loss is ∞ in epoch 1, batch 1 of 2").Or.Contain("the loss is Infinity in epoch 1, batch 1 of 2"));
        Assert.That(error.Message, Does.Contain("Log"));
        Assert.That(Run(new() { StopOnNaN = false }).Count, Is.EqualTo(1));
        Assert.That(() => Run(new() { DetectAnomaly = true }), Throws.InstanceOf<AnomalyException>());
    }

    [Test]
    public void AnInterruptEndsTheRunAfterTheBatch()
    {
        // SIGINT, as Ctrl-C sends it, to this very process: the run has taken it over.
        var model = new Linear(1, 1);
        var data = new TensorDataset(Tensor.Ones([4, 1]), Tensor.Ones([4, 1]));
        var history = Trainer.Fit(model, new DataLoader<(Tensor X, Tensor Y)>(data, 2), Loss.MeanSquaredError, new Sgd(model.Parameters()), new() { Epochs = 1000, Callbacks = [new AtEpochEnd(Interrupt)] });
        Assert.That((history.WasCancelled, history.StopReason), Is.EqualTo((true, "cancelled")));
        Assert.That(history.Count, Is.LessThan(1000));

        static void Interrupt(int epoch)
        {
            if (epoch == 1)
            {
                using var interrupted = new SemaphoreSlim(0);
                using var registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => interrupted.Release());
                ChildProcess.Interrupt(Environment.ProcessId);
                interrupted.Wait(TimeSpan.FromMinutes(1));
            }

            // The run's own registration may be told a moment after this one.
            Thread.Sleep(20);
        }
    }

    [Test]
    public void PredictionsGoThroughInBatchesAndDropoutsAreAveraged()
    {
        Generator.Seed(1);
        var model = new Sequential(new Linear(3, 50), new Dropout(0.5), new Linear(50, 1));
        var x = Tensor.Randn([10, 3]);
        var expected = model.Eval().Forward(x);
        model.Train();
        Assert.That(Trainer.Predict(model, x, batchSize: 4).AllClose(expected));
        Assert.That(model.IsTraining, "as before");
        var (mean, deviation) = Trainer.PredictWithDropout(model, x, 400);
        Assert.That((mean - expected).Abs().Amax().Item(), Is.LessThan(4 * deviation.Amax().Item() / 20));
        Assert.That(deviation.Amin().Item(), Is.GreaterThan(0));
    }

    private sealed class AtEpochEnd(Action<int> action) : TrainingCallback
    {
        public override void OnEpochEnd(TrainingContext run) => action(run.Epoch);
    }
}
