using Autograd.NN;

namespace Autograd.Optim.Training;

/// <content>What can be known to be wrong before the first batch.</content>
internal sealed partial class TrainingRun<TInput, TOutput, TTarget>
{
    /// <summary>A number that is too small, or NaN; without a name if there is none.</summary>
    private (string? Name, double Value, double Least) OutOfRange()
    {
        (string? Name, double Value, double Least)[] numbers =
        [
            ("Epochs", options.Epochs, 0),
            ("AccumulateBatches", options.AccumulateBatches, 1),
            ("ClipNorm", options.ClipNorm ?? 0, 0),
            ("ClipValue", options.ClipValue ?? 0, 0),
            ("EarlyStopping.Patience", options.EarlyStopping?.Patience ?? 0, 0),
            ("EarlyStopping.MinDelta", options.EarlyStopping?.MinDelta ?? 0, 0),
            ("Checkpoint.EveryEpochs", options.Checkpoint?.EveryEpochs ?? 0, 0),
            ("Checkpoint.EverySteps", options.Checkpoint?.EverySteps ?? 0, 0),
        ];
        return Array.Find(numbers, number => !(number.Value >= number.Least));
    }

    /// <summary>What cannot be meant; null if all can.</summary>
    private string? Contradiction()
    {
        string[] names = ["loss", .. options.Metrics.Select(metric => metric.Name)];
        return optimizer is LineSearchOptimizer && (options.AccumulateBatches > 1 || options.ClipNorm is not null || options.ClipValue is not null)
            ? $"{optimizer.GetType().Name} computes the loss several times a step; gradients can be neither accumulated nor clipped"
            : !model.Parameters().Intersect(optimizer.Parameters).Any() ? $"{optimizer.GetType().Name} has none of the model's parameters; make it of model.Parameters()"
            : options.Monitor is { } monitor && options.EarlyStopping is null && options.Plateau is null ? $"Monitor is '{monitor}', but neither EarlyStopping nor Plateau is set, which would look at it"
            : options.Plateau?.IsOf(optimizer) == false ? "Plateau is of another optimizer than the one that trains"
            : options.ScheduleBySteps && options.Schedule is null ? "ScheduleBySteps is set, but no Schedule"
            : names.Distinct(StringComparer.Ordinal).Count() < names.Length ? $"two numbers of the history would have one name: {string.Join(", ", names)}"
            : options.Checkpoint is { } checkpoint && string.IsNullOrWhiteSpace(checkpoint.Path) ? "Checkpoint.Path is empty"
            : data.Count == 0 ? WithoutBatches("the data", data)
            : options.Validation is { Count: 0 } validation ? WithoutBatches("Validation", validation)
            : null;
    }

    private static string WithoutBatches(string what, DataLoader<(TInput, TTarget)> loader)
        => $"{what} has no batches: {loader.Dataset.Count} examples, batches of {loader.BatchSize}{(loader.Dataset.Count > 0 ? ", and the incomplete one is dropped" : string.Empty)}";
}
