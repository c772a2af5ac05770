using System.Diagnostics;
using System.Runtime.InteropServices;
using Autograd.NN;

namespace Autograd.Optim.Training;

/// <summary>One run of <see cref="Trainer"/>'s Fit.</summary>
internal sealed partial class TrainingRun<TInput, TOutput, TTarget>
{
    private readonly Module<TInput, TOutput> model;
    private readonly DataLoader<(TInput, TTarget)> data;
    private readonly Func<TOutput, TTarget, Tensor> loss;
    private readonly Optimizer optimizer;
    private readonly FitOptions<TInput, TOutput, TTarget> options;
    private readonly Scheduler? scheduler;
    private readonly Measures<TOutput, TTarget> training;
    private readonly Improvement? stopping;
    private readonly History history = new();
    private readonly TrainingContext context;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private GeneratorState seed;
    private int epoch;
    private int batch;
    private double normSum;
    private long samples;
    private int batchesHere;

    public TrainingRun(Module<TInput, TOutput> model, DataLoader<(TInput, TTarget)> data, Func<TOutput, TTarget, Tensor> loss, Optimizer optimizer, FitOptions<TInput, TOutput, TTarget> options)
    {
        (this.model, this.data, this.loss, this.optimizer, this.options, seed) = (model, data, loss, optimizer, options, data.Seed);
        if (OutOfRange() is { Name: { } name } number)
        {
            throw new ArgumentOutOfRangeException(nameof(options), number.Value, $"Trainer.Fit: {name} must be {number.Least} or more.");
        }

        if (Contradiction() is { } contradiction)
        {
            throw new ArgumentException($"Trainer.Fit: {contradiction}.", nameof(options));
        }

        if (options.Checkpoint is { } checkpoint)
        {
            // Rather now than after hours of training.
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(checkpoint.Path))!);
        }

        scheduler = options.Schedule is null ? null : new Scheduler(optimizer, options.Schedule);
        training = new(options.Metrics);
        stopping = options.EarlyStopping is null ? null : new Improvement(options.EarlyStopping);
        context = new(model, optimizer, history);
    }

    public History Run()
    {
        Resume();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        using var interrupt = options.StopOnInterrupt ? PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = Cancel(cancellation)) : null;
        while (epoch < options.Epochs && context.StopReason is null)
        {
            RunEpoch(cancellation.Token);
        }

        if (stopping is { Best: { } best } && options.EarlyStopping!.RestoreBest && !history.WasCancelled)
        {
            model.LoadState(best);
            options.Average?.TakeOver();
        }

        model.Eval();
        history.StopReason = context.StopReason;
        Report(history.Count == 0 ? training.Values() : history[^1].Values, isEpochEnd: true, isEnd: true);
        return history;
    }

    private static bool Cancel(CancellationTokenSource cancellation)
    {
        var isFirst = !cancellation.IsCancellationRequested;
        cancellation.Cancel();
        return isFirst;
    }

    private void RunEpoch(CancellationToken cancellation)
    {
        model.Train();
        context.Epoch = epoch + 1;
        if (batch == 0)
        {
            training.Reset();
            normSum = 0;
            Each(callback => callback.OnEpochBegin(context));
        }

        foreach (var (input, target) in data.Epoch(epoch, batch, seed))
        {
            Train(input, target);
            batch++;
            samples += BatchSize.Of(input);
            batchesHere++;
            context.Batch = batch;
            context.Values = training.Values();
            Each(callback => callback.OnBatchEnd(context));
            Report(context.Values, isEpochEnd: false, isEnd: false);
            var isStep = batch % options.AccumulateBatches == 0 || batch == data.Count;
            if (cancellation.IsCancellationRequested && isStep)
            {
                context.Stop("cancelled");
                history.WasCancelled = true;
            }

            if (context.StopReason is not null && isStep && batch < data.Count)
            {
                SaveIf(options.Checkpoint is not null);
                return;
            }

            SaveIf(isStep && batch < data.Count && options.Checkpoint is { EverySteps: > 0 } checkpoint && context.StepCount % checkpoint.EverySteps == 0);
        }

        EndEpoch();
    }

    private void EndEpoch()
    {
        context.Values = training.Values();
        if (options.ClipNorm is not null)
        {
            context.Values["gradient_norm"] = normSum / Math.Max(1, data.Count);
        }

        Validate(context.Values);
        context.Values["learning_rate"] = optimizer.LearningRate;
        context.Values["seconds"] = watch.Elapsed.TotalSeconds;
        Each(callback => callback.OnEpochEnd(context));
        history.Add(new(epoch + 1, context.Values));
        (epoch, batch) = (epoch + 1, 0);
        if (scheduler is not null && !options.ScheduleBySteps)
        {
            scheduler.Step();
        }

        if (options.Plateau is not null || stopping is not null)
        {
            Judge();
        }

        Report(context.Values, isEpochEnd: true, isEnd: false);
        SaveIf(options.Checkpoint is { } checkpoint && (epoch == options.Epochs || context.StopReason is not null || (checkpoint.EveryEpochs > 0 && epoch % checkpoint.EveryEpochs == 0)));
    }

    /// <summary>Looks whether the epoch was an improvement.</summary>
    private void Judge()
    {
        var name = options.Monitor ?? (options.Validation is null ? "loss" : "val_loss");
        if (!context.Values.TryGetValue(name, out var value))
        {
            throw new TrainingException($"Trainer.Fit: there is no '{name}' to monitor; there are {string.Join(", ", context.Values.Keys)}.");
        }

        options.Plateau?.Step(value);

        // The best model is the one that was measured, with averages in place of its weights if there are any.
        using var averaged = stopping is null || options.Validation is null ? null : options.Average?.InPlace();
        if (stopping is not null && !stopping.Take(value, model))
        {
            context.Stop($"no improvement of {name} in {options.EarlyStopping!.Patience + 1} epochs");
        }
    }

    private void Validate(OrderedDictionary<string, double> values)
    {
        if (options.Validation is null)
        {
            return;
        }

        using (options.Average?.InPlace())
        {
            foreach (var (name, value) in Trainer.Evaluate(model, options.Validation, loss, options.Metrics))
            {
                values["val_" + name] = value;
            }
        }
    }

    private void Report(IReadOnlyDictionary<string, double> values, bool isEpochEnd, bool isEnd)
    {
        if (options.Progress is not null)
        {
            // After the end of an epoch, the numbers of the next one are 0.
            var (shownEpoch, shownBatch) = isEpochEnd ? (epoch, data.Count) : (epoch + 1, batch);
            var left = ((long)(options.Epochs - epoch) * data.Count) - batch;
            var seconds = watch.Elapsed.TotalSeconds;
            options.Progress.Report(new(
                shownEpoch, options.Epochs, shownBatch, data.Count, values, samples / Math.Max(seconds, 1e-9), watch.Elapsed, TimeSpan.FromSeconds(isEnd ? 0 : Math.Max(0, seconds / Math.Max(1, batchesHere) * left)), isEpochEnd, isEnd));
        }
    }

    private void Each(Action<TrainingCallback> action)
    {
        foreach (var callback in options.Callbacks)
        {
            action(callback);
        }
    }
}
