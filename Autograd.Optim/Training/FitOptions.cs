using Autograd.NN;

namespace Autograd.Optim;

/// <summary>How <see cref="Trainer"/> trains. All of it may be left out.</summary>
/// <typeparam name="TInput">What the model takes.</typeparam>
/// <typeparam name="TOutput">What the model gives.</typeparam>
/// <typeparam name="TTarget">What it should give.</typeparam>
public sealed class FitOptions<TInput, TOutput, TTarget>
{
    /// <summary>Passes over the data; 1 unless set.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Data that are not trained on, measured after each epoch: <c>val_loss</c> and the metrics.</summary>
    public DataLoader<(TInput, TTarget)>? Validation { get; init; }

    /// <summary>What is measured besides the loss, on both training and validation data.</summary>
    public IReadOnlyList<Metric<TOutput, TTarget>> Metrics { get; init; } = [];

    /// <summary>The learning rate as a function of time.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Whether the steps of <see cref="Schedule"/> are the optimizer's; else they are epochs.</summary>
    public bool ScheduleBySteps { get; init; }

    /// <summary>Lowers the learning rate when the monitored number has stopped improving.</summary>
    public ReduceOnPlateau? Plateau { get; init; }

    /// <summary>The number that early stopping and <see cref="Plateau"/> look at; left out, <c>val_loss</c>, or <c>loss</c> without validation data.</summary>
    public string? Monitor { get; init; }

    /// <summary>Ends the run when the monitored number has stopped improving.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>The limit of the gradients' common norm (<see cref="Clip.Norm"/>). With it the history has <c>gradient_norm</c>, the mean before clipping.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>The limit of each gradient element (<see cref="Clip.Value"/>).</summary>
    public double? ClipValue { get; init; }

    /// <summary>Batches whose gradients are averaged before each step; 1 unless set.</summary>
    public int AccumulateBatches { get; init; } = 1;

    /// <summary>A running average of the weights, updated after each step, that validation uses. After the run, <see cref="WeightAverage.Apply"/> makes it the model's.
    /// With <see cref="EarlyStopping"/> by validation, the best epoch's average is what is restored, in both the model and the average.</summary>
    public WeightAverage? Average { get; init; }

    /// <summary>The file that keeps the whole state of the run. If it is there, the run goes on from it.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Is told after each batch where the run is.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Something to be done at certain moments.</summary>
    public IReadOnlyList<TrainingCallback> Callbacks { get; init; } = [];

    /// <summary>End with an error that names the operation when a loss is NaN or infinite; true unless set.</summary>
    public bool StopOnNaN { get; init; } = true;

    /// <summary>Check every operation of every batch for NaN and infinity (<see cref="Grad.DetectAnomaly"/>): slow.</summary>
    public bool DetectAnomaly { get; init; }

    /// <summary>Ends the run after the current batch, with everything saved.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Whether Ctrl-C ends the run after the current batch, with everything saved, and only a second one the program; true unless set.</summary>
    public bool StopOnInterrupt { get; init; } = true;
}

/// <summary>Ends a run when nothing improves any more.</summary>
/// <param name="Patience">How many epochs in a row without a new best are put up with; 0 or more.</param>
/// <param name="MinDelta">By how much a new best must be better; 0 or more.</param>
/// <param name="Maximize">Whether the number should rise, as an accuracy.</param>
/// <param name="RestoreBest">Whether the model gets back the parameters and buffers of the best epoch.</param>
public sealed record EarlyStopping(int Patience = 5, double MinDelta = 0, bool Maximize = false, bool RestoreBest = true);

/// <summary>When the state of a run is saved.</summary>
/// <param name="Path">The file, whose folder is made if it is not there; the one before is kept beside it as <c>path.previous</c>.</param>
/// <param name="EveryEpochs">After how many epochs; 1 unless set, 0 for never.</param>
/// <param name="EverySteps">After how many steps of the optimizer within an epoch; 0, unless set, for never.</param>
/// <param name="Resume">Whether a run goes on from the file, if it is there; else it begins anew.</param>
public sealed record CheckpointOptions(string Path, int EveryEpochs = 1, int EverySteps = 0, bool Resume = true);
