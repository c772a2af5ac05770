using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Tests.Training;

using Options = FitOptions<Tensor, Tensor, Tensor>;

/// <summary>Each option of Fit by itself, against the same run without it. The list of options comes from their types, so that a new one without a row here fails.</summary>
internal sealed class FitOptionTests
{
    private const double Rate = 0.05;

    private static readonly TensorDataset Line = new(Tensor.Linspace(-1, 1, 24, DType.Float64).Reshape(24, 1), ((Tensor.Linspace(-1, 1, 24, DType.Float64) * 3) + 0.5).Reshape(24, 1));

    private static readonly Dictionary<string, Action> Rows = new(StringComparer.Ordinal)
    {
        ["Epochs"] = () => Assert.That((Fit(new()).History.Count, Fit(new() { Epochs = 3 }).History.Count, Fit(new() { Epochs = 0 }).History.Count), Is.EqualTo((1, 3, 0))),
        ["Validation"] = () =>
        {
            Assert.That(Fit(new()).History.Columns, Has.None.EqualTo("val_loss"));
            var run = Fit(new() { Validation = Whole() });
            Assert.That(run.History["val_loss"][0], Is.EqualTo(Trainer.Evaluate(run.Model, Whole(), Loss.MeanSquaredError)["loss"]));
        },
        ["Metrics"] = () =>
        {
            var run = Fit(new() { Validation = Whole(), Metrics = [Metric.MeanAbsoluteError()] });
            Assert.That(run.History["val_mae"][0], Is.EqualTo(Trainer.Evaluate(run.Model, Whole(), Loss.MeanSquaredError, Metric.MeanAbsoluteError())["mae"]));
            Assert.That(run.History["mae"][0], Is.GreaterThan(run.History["val_mae"][0]));
        },
        ["Schedule"] = () => Assert.That(Fit(new() { Epochs = 2, Schedule = Schedule.Exponential(0.5) }).History["learning_rate"], Is.EqualTo(new[] { Rate, Rate / 2 })),
        ["ScheduleBySteps"] = () => Assert.That(Fit(new() { Epochs = 2, Schedule = Schedule.Exponential(0.5), ScheduleBySteps = true }).History["learning_rate"], Is.EqualTo(new[] { Rate / 16, Rate / 256 })),
        ["Plateau"] = () =>
        {
            var model = Model();
            var optimizer = new Sgd(model.Parameters(), Rate);
            Trainer.Fit(model, Loader(6), Loss.MeanSquaredError, optimizer, new() { Epochs = 3, Plateau = new(optimizer, maximize: true, patience: 0) });
            Assert.That(optimizer.LearningRate, Is.EqualTo(Rate / 100).Within(1e-12), "The loss never rises: two of three epochs are bad.");
        },
        ["Monitor"] = () =>
        {
            History Until(string? name) => Fit(new() { Epochs = 4, Metrics = [Metric.R2()], EarlyStopping = new(Patience: 0, Maximize: true), Monitor = name }).History;
            Assert.That((Until(null).Count, Until("r2").Count), Is.EqualTo((2, 4)), "The loss falls, R² rises.");
        },
        ["EarlyStopping"] = () => Assert.That(Fit(new() { Epochs = 9, EarlyStopping = new(Patience: 0, Maximize: true) }).History.StopReason, Does.Contain("no improvement of loss in 1 epochs")),
        ["EarlyStopping.Patience"] = () => Assert.That(Fit(new() { Epochs = 9, EarlyStopping = new(Patience: 3, Maximize: true) }).History.Count, Is.EqualTo(5)),
        ["EarlyStopping.MinDelta"] = () => Assert.That(Fit(new() { Epochs = 9, EarlyStopping = new(Patience: 0, MinDelta: 100) }).History.Count, Is.EqualTo(2)),
        ["EarlyStopping.Maximize"] = () => Assert.That((Fit(new() { Epochs = 3, EarlyStopping = new(0) }).History.Count, Fit(new() { Epochs = 3, EarlyStopping = new(0, Maximize: true) }).History.Count), Is.EqualTo((3, 2))),
        ["EarlyStopping.RestoreBest"] = () =>
        {
            // To maximize the loss, the first epoch is the best.
            double Weight(bool restores) => Fit(new() { Epochs = 9, EarlyStopping = new(Patience: 2, Maximize: true, RestoreBest: restores) }).Model.Weight.Item();
            Assert.That((Weight(true), Weight(false)), Is.EqualTo((Fit(new()).Model.Weight.Item(), Fit(new() { Epochs = 4 }).Model.Weight.Item())));
        },
        ["ClipNorm"] = () =>
        {
            var run = Fit(new() { ClipNorm = 0.01 });
            Assert.That(Math.Sqrt(run.Model.Parameters().Sum(parameter => parameter.Grad!.Square().Sum().Item())), Is.EqualTo(0.01).Within(1e-6));
            Assert.That(run.History["gradient_norm"][0], Is.GreaterThan(1));
        },
        ["ClipValue"] = () => Assert.That(Fit(new() { ClipValue = 0.01 }).Model.Parameters().Select(parameter => parameter.Grad!.Abs().Amax().Item()), Is.All.LessThanOrEqualTo(0.01).And.Some.EqualTo(0.01)),
        ["AccumulateBatches"] = () => Assert.That((Steps(new()), Steps(new() { AccumulateBatches = 3 })), Is.EqualTo((4, 2)), "Three batches, and the one that is left."),
        ["Average"] = () =>
        {
            var model = Model();
            var average = WeightAverage.Equal(model.Parameters());
            var history = Fit(new() { Average = average, Validation = Whole() }, model).History;
            Assert.That(history["val_loss"][0], Is.Not.EqualTo(Trainer.Evaluate(model, Whole(), Loss.MeanSquaredError)["loss"]));
            average.Apply();
            Assert.That((average.Count, history["val_loss"][0]), Is.EqualTo((4, Trainer.Evaluate(model, Whole(), Loss.MeanSquaredError)["loss"])));
        },
        ["Checkpoint"] = () => InFolder(path =>
        {
            Fit(new() { Epochs = 2, Checkpoint = new(path) });
            var (model, history) = Fit(new() { Epochs = 5, Checkpoint = new(path) });
            Assert.That((history.Count, model.Weight.Item()), Is.EqualTo((5, Fit(new() { Epochs = 5 }).Model.Weight.Item())));
            Assert.That(history.Notes.Single(), Does.Contain("in epoch 3, batch 1"));
        }),
        ["Checkpoint.Path"] = () => InFolder(path =>
        {
            Fit(new() { Checkpoint = new(Path.Combine(path, "deeper", "run")) });
            Assert.That(File.Exists(Path.Combine(path, "deeper", "run")), "The folder is made.");
        }),
        ["Checkpoint.EveryEpochs"] = () => InFolder(path => Assert.That((Saved(path, new(path, EveryEpochs: 2)), Saved(path, new(path, EveryEpochs: 0))), Is.EqualTo(("2 3", "3")), "At the end in any case.")),
        ["Checkpoint.EverySteps"] = () => InFolder(path => Assert.That(Saved(path, new(path, EveryEpochs: 0, EverySteps: 5)), Is.EqualTo("1.1 2.2 3"))),
        ["Checkpoint.Resume"] = () => InFolder(path =>
        {
            Fit(new() { Checkpoint = new(path) });
            Assert.That((Fit(new() { Checkpoint = new(path) }).History.Notes.Count, Fit(new() { Checkpoint = new(path, Resume: false) }).History.Notes.Count), Is.EqualTo((1, 0)));
        }),
        ["Progress"] = () =>
        {
            var reports = new List<TrainingProgress>();
            Fit(new() { Progress = new TrainerTests.Reports(reports) });
            Assert.That(reports.Select(report => report.Batch), Is.EqualTo(new[] { 1, 2, 3, 4, 4, 4 }));
        },
        ["Callbacks"] = () => Assert.That(Steps(new()), Is.EqualTo(4)),
        ["StopOnNaN"] = () =>
        {
            Assert.That(() => Fit(new(), around: Broken), Throws.InstanceOf<TrainingException>().With.Message.Contains("in epoch 1, batch 1 of 4"));
            Assert.That(double.IsFinite(Fit(new() { StopOnNaN = false }, around: Broken).History["loss"][0]), Is.False);
        },
        ["DetectAnomaly"] = () => Assert.That(() => Fit(new() { StopOnNaN = false, DetectAnomaly = true }, around: Broken), Throws.InstanceOf<AnomalyException>().With.Message.Contains("Log")),
        ["CancellationToken"] = () =>
        {
            var history = Fit(new() { Epochs = 9, CancellationToken = new(canceled: true) }).History;
            Assert.That((history.Count, history.WasCancelled, history.StopReason), Is.EqualTo((0, true, "cancelled")));
        },
        ["StopOnInterrupt"] = () => InFolder(path => Assert.That((ExitAfterInterrupt(path, "obey"), ExitAfterInterrupt(path, "ignore")), Is.EqualTo((0, 128 + 2)))),
    };

    private static IEnumerable<string> Names =>
    [
        .. typeof(Options).GetProperties().Select(property => property.Name),
        .. Parts<EarlyStopping>("EarlyStopping"),
        .. Parts<CheckpointOptions>("Checkpoint"),
    ];

    [TestCaseSource(nameof(Names))]
    public void TheOptionDoesWhatItSays(string name)
    {
        Assert.That(Rows.Keys, Contains.Item(name), $"The option {name} of Fit has no test: add a row.");
        Rows[name]();
    }

    [Test]
    public void ThereIsNoRowWithoutAnOption() => Assert.That(Rows.Keys, Is.EquivalentTo(Names));

    [Test]
    public void ContradictionsAreExplained()
    {
        void Refuses(Options options, string message) => Assert.That(() => Fit(options), Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));
        Refuses(new() { Epochs = -1 }, "Epochs must be 0 or more");
        Refuses(new() { ClipNorm = -1 }, "ClipNorm must be 0 or more");
        Refuses(new() { ClipValue = double.NaN }, "ClipValue must be 0 or more");
        Refuses(new() { EarlyStopping = new(Patience: -1) }, "EarlyStopping.Patience");
        Refuses(new() { EarlyStopping = new(MinDelta: -1) }, "EarlyStopping.MinDelta");
        Refuses(new() { Checkpoint = new("x", EverySteps: -1) }, "Checkpoint.EverySteps");
        Refuses(new() { Checkpoint = new(" ") }, "Checkpoint.Path is empty");
        Refuses(new() { Monitor = "val_loss" }, "neither EarlyStopping nor Plateau is set");
        Refuses(new() { ScheduleBySteps = true }, "but no Schedule");
        Refuses(new() { Metrics = [Metric.R2(), Metric.R2()] }, "loss, r2, r2");
        Refuses(new() { Plateau = new(new Sgd(Model().Parameters())) }, "Plateau is of another optimizer");
        Refuses(new() { Validation = new(Line, 100, dropLast: true) }, "Validation has no batches: 24 examples");
    }

    [Test]
    public void MisuseIsExplained()
    {
        var (model, other) = (Model(), Model());
        Assert.That(() => Trainer.Fit(model, Loader(6), Loss.MeanSquaredError, new Sgd(other.Parameters())), Throws.ArgumentException.With.Message.Contains("Sgd has none of the model's parameters"));
        Assert.That(() => Trainer.Fit(model, Loader(6), (y, target) => (y - target).Square(), new Sgd(model.Parameters())), Throws.InstanceOf<ShapeException>().With.Message.Contains("the loss must be one number, but it has shape [6, 1]"));
        Assert.That(() => Trainer.Evaluate(model, new DataLoader<(Tensor X, Tensor Y)>(Line, 100, dropLast: true), Loss.MeanSquaredError), Throws.ArgumentException.With.Message.Contains("no batches: 24 examples in batches of 100"));
    }

    [Test]
    public void TheBestAverageIsRestored()
    {
        var model = Model();
        var average = WeightAverage.Exponential(model.Parameters(), 0.9);
        var history = Fit(new() { Epochs = 30, Average = average, Validation = Whole(), Schedule = Schedule.Lambda(step => Math.Pow(1.6, step)), EarlyStopping = new(Patience: 2) }, model).History;
        Assert.That(history.Count, Is.LessThan(30));
        var best = history["val_loss"].Min();
        Assert.That(Trainer.Evaluate(model, Whole(), Loss.MeanSquaredError)["loss"], Is.EqualTo(best));
        average.Apply();
        Assert.That(Trainer.Evaluate(model, Whole(), Loss.MeanSquaredError)["loss"], Is.EqualTo(best));
    }

    private static IEnumerable<string> Parts<T>(string name) => typeof(T).GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters().Select(parameter => $"{name}.{parameter.Name}");

    private static Linear Model()
    {
        Generator.Seed(3);
        return new Linear(1, 1).To(DType.Float64);
    }

    private static Sequential Broken(Linear model) => new(model, new Lambda(x => (x * 0).Log()));

    private static DataLoader<(Tensor X, Tensor Y)> Loader(int batchSize) => new(Line, batchSize, shuffle: true);

    private static DataLoader<(Tensor X, Tensor Y)> Whole() => new(Line, 24);

    /// <summary>Four batches an epoch.</summary>
    private static (Linear Model, History History) Fit(Options options, Linear? model = null, Func<Linear, Sequential>? around = null)
    {
        model ??= Model();
        return (model, Trainer.Fit(around?.Invoke(model) ?? (Module<Tensor, Tensor>)model, Loader(6), Loss.MeanSquaredError, new Sgd(model.Parameters(), Rate), options));
    }

    /// <summary>The optimizer's steps, as a callback sees them.</summary>
    private static int Steps(Options options)
    {
        var model = Model();
        var steps = 0;
        Trainer.Fit(model, Loader(6), Loss.MeanSquaredError, new Sgd(model.Parameters(), Rate), new Options { AccumulateBatches = options.AccumulateBatches, Callbacks = [new AtBatch(run => steps = run.StepCount)] });
        return steps;
    }

    /// <summary>After which epochs, or which batches of the next, a run of three was saved.</summary>
    private static string Saved(string path, CheckpointOptions checkpoint)
    {
        var places = new List<string>();
        void Look(TrainingContext? run)
        {
            if (File.Exists(path))
            {
                var position = Checkpoint.Load(path)!.Texts["position"].Split(' ');
                places.Add(position[1] == "0" ? position[0] : $"{position[0]}.{position[1]}");
            }
        }

        Fit(new() { Epochs = 3, Checkpoint = checkpoint with { Resume = false }, Callbacks = [new AtBatch(Look)] });
        Look(null);
        File.Delete(path);
        File.Delete(path + ".previous");
        return string.Join(' ', places.Distinct(StringComparer.Ordinal));
    }

    private static int ExitAfterInterrupt(string path, string manner)
    {
        using var process = ChildProcess.Talk(path, manner);
        ChildProcess.Interrupt(process.Id);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void InFolder(Action<string> action)
    {
        var folder = Directory.CreateTempSubdirectory("autograd").FullName;
        action(Path.Combine(folder, "run.safetensors"));
        Directory.Delete(folder, recursive: true);
    }

    private sealed class AtBatch(Action<TrainingContext> action) : TrainingCallback
    {
        public override void OnBatchEnd(TrainingContext run) => action(run);
    }
}
