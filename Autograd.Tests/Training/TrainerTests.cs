using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Tests.Training;

/// <summary>Every option of Fit does what it says.</summary>
internal sealed class TrainerTests
{
    private static readonly TensorDataset Line = new(Tensor.Linspace(-1, 1, 24, DType.Float64).Reshape(24, 1), (Tensor.Linspace(-1, 1, 24, DType.Float64) * 3 + 0.5).Reshape(24, 1));

    private static Linear Model()
    {
        Generator.Seed(3);
        return new Linear(1, 1).To(DType.Float64);
    }

    private static DataLoader<(Tensor X, Tensor Y)> Loader(int batchSize = 6, TensorDataset? data = null) => new(data ?? Line, batchSize, shuffle: true);

    private static (Linear Model, History History, Sgd Optimizer) Fit(FitOptions<Tensor, Tensor, Tensor> options, double rate = 0.1, TensorDataset? data = null, Func<Sgd, FitOptions<Tensor, Tensor, Tensor>>? with = null)
    {
        var model = Model();
        var optimizer = new Sgd(model.Parameters(), rate, momentum: 0.5);
        return (model, Trainer.Fit(model, Loader(data: data), Loss.MeanSquaredError, optimizer, with?.Invoke(optimizer) ?? options), optimizer);
    }

    [Test]
    public void FitIsThePlainLoop()
    {
        var (model, history, _) = Fit(new() { Epochs = 3 });
        var plain = Model();
        var optimizer = new Sgd(plain.Parameters(), 0.1, momentum: 0.5);
        var loader = Loader();
        var losses = new List<double>();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var sum = 0.0;
            foreach (var (x, y) in loader)
            {
                var loss = Loss.MeanSquaredError(plain.Forward(x), y);
                optimizer.ZeroGrad();
                loss.Backward();
                optimizer.Step();
                sum += loss.Item() * x.Shape[0];
            }

            losses.Add(sum / 24);
        }

        Assert.That(model.Parameters().Select(parameter => parameter.Item()), Is.EqualTo(plain.Parameters().Select(parameter => parameter.Item())));
        Assert.That(history["loss"], Is.EqualTo(losses));
        Assert.That((history.Count, history.StopReason, history.WasCancelled, model.IsTraining), Is.EqualTo((3, (string?)null, false, false)));
    }

    [Test]
    public void ValidationAndMetricsAreMeasuredInEvaluationMode()
    {
        var modes = new List<bool>();
        var model = Model();
        var watching = new Sequential(model, new Lambda(x =>
        {
            modes.Add(model.IsTraining);
            return x;
        }));
        var history = Trainer.Fit(watching, Loader(), Loss.MeanSquaredError, new Adam(model.Parameters()), new() { Validation = Loader(12), Metrics = [Metric.MeanAbsoluteError(), Metric.R2()] });
        Assert.That(modes, Is.EqualTo(new[] { true, true, true, true, false, false }));
        Assert.That(history.Columns, Is.EqualTo(new[] { "loss", "mae", "r2", "val_loss", "val_mae", "val_r2", "learning_rate", "seconds" }));
        var measured = Trainer.Evaluate(watching, Loader(5), Loss.MeanSquaredError, Metric.MeanAbsoluteError());
        Assert.That(measured["loss"], Is.EqualTo(history["val_loss"][0]).Within(1e-14));
        Assert.That(measured["mae"], Is.EqualTo(history["val_mae"][0]).Within(1e-14));
    }

    [Test]
    public void SchedulesGoByEpochsOrSteps()
    {
        Assert.That(Fit(new() { Epochs = 3, Schedule = Schedule.Exponential(0.5) }).History["learning_rate"], Is.EqualTo(new[] { 0.1, 0.05, 0.025 }));
        Assert.That(Fit(new() { Epochs = 2, Schedule = Schedule.Exponential(0.5), ScheduleBySteps = true }).History["learning_rate"], Is.EqualTo(new[] { 0.1 / 16, 0.1 / 256 }));
    }

    [Test]
    public void APlateauLowersTheRate()
    {
        var (_, history, optimizer) = Fit(new(), with: sgd => new() { Epochs = 6, Plateau = new(sgd, maximize: true, patience: 1), Monitor = "loss" });
        Assert.That(optimizer.LearningRate, Is.EqualTo(0.001).Within(1e-12), "The loss never rises, so that it is lowered after every second epoch.");
        Assert.That(history["learning_rate"], Is.EqualTo(new[] { 0.1, 0.1, 0.1, 0.01, 0.01, 0.001 }).Within(1e-12));
    }

    [Test]
    public void EarlyStoppingEndsAndRestoresTheBest()
    {
        // The rate grows until descent turns into climbing.
        var states = new List<double>();
        var (model, history, _) = Fit(new()
        {
            Epochs = 100,
            Validation = Loader(),
            Schedule = Schedule.Lambda(step => Math.Pow(1.6, step)),
            EarlyStopping = new(Patience: 2),
            Callbacks = [new Recorder(run => states.Add(run.Model.Parameters()[0].Item()))],
        });
        var best = Array.IndexOf(history["val_loss"], history["val_loss"].Min());
        Assert.That(history.Count, Is.EqualTo(best + 4).And.LessThan(100));
        Assert.That(history.StopReason, Does.Contain("no improvement of val_loss in 3 epochs"));
        Assert.That(model.Parameters()[0].Item(), Is.EqualTo(states[best]));
        var last = Fit(new() { Epochs = 100, Schedule = Schedule.Lambda(step => Math.Pow(1.6, step)), EarlyStopping = new(2, RestoreBest: false), Callbacks = [new Recorder(run => states.Add(run.Model.Parameters()[0].Item()))] });
        Assert.That(last.Model.Parameters()[0].Item(), Is.EqualTo(states[^1]));
        Assert.That(() => Fit(new() { EarlyStopping = new(), Monitor = "val_f1" }), Throws.InstanceOf<TrainingException>().With.Message.Contains("no 'val_f1' to monitor; there are loss"));
        Assert.That(Fit(new() { Epochs = 9, EarlyStopping = new(0, MinDelta: 1000) }).History.Count, Is.EqualTo(2));
        Assert.That(Fit(new() { Epochs = 9, EarlyStopping = new(3, Maximize: true) }).History.Count, Is.EqualTo(5));
    }

    [Test]
    public void GradientsAreClipped()
    {
        var (model, history, _) = Fit(new() { ClipNorm = 1e-3 });
        Assert.That(history["gradient_norm"][0], Is.GreaterThan(1));
        Assert.That(model.Parameters().Select(parameter => parameter.Grad!.Square().Sum().Item()).Sum(), Is.EqualTo(1e-6).Within(1e-8));
        Assert.That(Fit(new() { ClipValue = 1e-4 }).Model.Parameters().Select(parameter => Math.Abs(parameter.Grad!.Item())), Is.All.LessThanOrEqualTo(1e-4));
    }

    [Test]
    public void AccumulatedBatchesAreOneLargeBatch()
    {
        Linear Trained(int batchSize, int accumulate)
        {
            var model = Model();
            Trainer.Fit(model, new DataLoader<(Tensor X, Tensor Y)>(Line, batchSize), Loss.MeanSquaredError, new Sgd(model.Parameters(), 0.1), new() { Epochs = 2, AccumulateBatches = accumulate });
            return model;
        }

        Assert.That(Trained(3, 4).Parameters()[0].Item(), Is.EqualTo(Trained(12, 1).Parameters()[0].Item()).Within(1e-13));

        // The last group of 5 batches of 3 + 3 is shorter, and yet a mean.
        Assert.That(Trained(3, 8).Parameters()[0].Item(), Is.EqualTo(Trained(24, 1).Parameters()[0].Item()).Within(1e-13));
    }

    [Test]
    public void AnAverageIsUpdatedAndValidated()
    {
        var model = Model();
        var average = WeightAverage.Equal(model.Parameters());
        var history = Trainer.Fit(model, Loader(), Loss.MeanSquaredError, new Sgd(model.Parameters(), 0.1), new() { Epochs = 2, Average = average, Validation = Loader(24) });
        Assert.That(average.Count, Is.EqualTo(8));
        average.Apply();
        Assert.That(Trainer.Evaluate(model, Loader(24), Loss.MeanSquaredError)["loss"], Is.EqualTo(history["val_loss"][1]).Within(1e-14));
    }

    [Test]
    public void ProgressIsReportedAndCallbacksAreCalled()
    {
        var reports = new List<TrainingProgress>();
        var calls = new List<string>();
        Fit(new() { Epochs = 2, Progress = new Reports(reports), Callbacks = [new Recorder(null, calls)] });
        Assert.That(reports.Select(report => (report.Epoch, report.Batch, report.IsEpochEnd, report.IsEnd)), Is.EqualTo(new[]
        {
            (1, 1, false, false), (1, 2, false, false), (1, 3, false, false), (1, 4, false, false), (1, 4, true, false),
            (2, 1, false, false), (2, 2, false, false), (2, 3, false, false), (2, 4, false, false), (2, 4, true, false), (2, 4, true, true),
        }));
        Assert.That(reports.Select(report => report.Share), Is.Ordered);
        Assert.That(reports[^1].Share, Is.EqualTo(1));
        Assert.That(reports[2].ToString(), Does.StartWith("epoch 1 of 2, batch 3 of 4, loss "));
        Assert.That(reports[2].SamplesPerSecond, Is.GreaterThan(0));
        Assert.That(string.Join(' ', calls), Is.EqualTo("begin1 gradients batch1 gradients batch2 gradients batch3 gradients batch4 end1 begin2 gradients batch1 gradients batch2 gradients batch3 gradients batch4 end2"));
    }

    [Test]
    public void ACallbackCanStopTheRunAndAddNumbers()
    {
        var (_, history, _) = Fit(new()
        {
            Epochs = 50,
            Callbacks =
            [
                new Recorder(run =>
                {
                    run.Values["mine"] = run.Epoch * 10;
                    if (run.Epoch == 3)
                    {
                        run.Stop("enough");
                    }
                }),
            ],
        });
        Assert.That((history.Count, history.StopReason), Is.EqualTo((3, "enough")));
        Assert.That(history["mine"], Is.EqualTo(new[] { 10.0, 20, 30 }));
    }

    [Test]
    public void StatisticsOfGradientsAndActivationsGoIntoTheHistory()
    {
        var data = Synthetic.Moons(40, generator: new(1));
        var model = new Sequential(new Linear(2, 4), new Relu(), new Linear(4, 2));
        using var statistics = new TrainingStatistics(model);
        var history = Trainer.Fit(model, new DataLoader<(Tensor X, Tensor Y)>(data, 10), Loss.CrossEntropy, new Adam(model.Parameters()), new() { Callbacks = [statistics], Validation = new(data, 40) });
        Assert.That(history.Columns, Is.SupersetOf(new[] { "gradient/0.weight", "gradient/2.bias", "activation/0", "zeros/1" }));
        Assert.That(history["zeros/1"][0], Is.InRange(0.01, 0.99));
        Assert.That(history["gradient/0.weight"][0], Is.GreaterThan(0));
    }

    [Test]
    public void SearchingOptimizersAreTrainedToo()
    {
        var model = Model();
        var history = Trainer.Fit(model, Loader(24), Loss.MeanSquaredError, new Lbfgs(model.Parameters(), strongWolfe: true), new() { Epochs = 3 });
        Assert.That(history["loss"][^1], Is.LessThan(1e-9), "The tolerance of the change, at which a search ends.");
        Assert.That(() => Trainer.Fit(model, Loader(), Loss.MeanSquaredError, new Bfgs(model.Parameters()), new() { ClipNorm = 1 }), Throws.ArgumentException.With.Message.Contains("neither accumulated nor clipped"));
    }

    [Test]
    public void MisuseIsExplained()
    {
        Assert.That(() => Fit(new() { AccumulateBatches = 0 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("AccumulateBatches"));
        var model = Model();
        var empty = new DataLoader<(Tensor X, Tensor Y)>(Line, 100, dropLast: true);
        Assert.That(() => Trainer.Fit(model, empty, Loss.MeanSquaredError, new Sgd(model.Parameters())), Throws.ArgumentException.With.Message.Contains("the incomplete one is dropped"));
    }

    internal sealed class Reports(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }

    private sealed class Recorder(Action<TrainingContext>? atEpochEnd, List<string>? calls = null) : TrainingCallback
    {
        public override void OnEpochBegin(TrainingContext run) => calls?.Add($"begin{run.Epoch}");

        public override void OnGradients(TrainingContext run) => calls?.Add("gradients");

        public override void OnBatchEnd(TrainingContext run) => calls?.Add($"batch{run.Batch}");

        public override void OnEpochEnd(TrainingContext run)
        {
            calls?.Add($"end{run.Epoch}");
            atEpochEnd?.Invoke(run);
        }
    }
}
