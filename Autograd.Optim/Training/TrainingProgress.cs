namespace Autograd.Optim;

/// <summary>Where a training run is: reported after each batch and at the end of each epoch.</summary>
/// <param name="Epoch">The number of the epoch, from 1 on.</param>
/// <param name="Epochs">The number of the last one.</param>
/// <param name="Batch">The batches of this epoch so far.</param>
/// <param name="Batches">The batches of an epoch.</param>
/// <param name="Values">Loss and metrics so far in this epoch; at its end, all that the history keeps.</param>
/// <param name="SamplesPerSecond">The speed since the run began.</param>
/// <param name="Elapsed">The time since the run began.</param>
/// <param name="Remaining">The time that the rest takes at this speed.</param>
/// <param name="IsEpochEnd">Whether the epoch is over, validation included.</param>
/// <param name="IsEnd">Whether the run is over.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, int Batch, int Batches, IReadOnlyDictionary<string, double> Values, double SamplesPerSecond, TimeSpan Elapsed, TimeSpan Remaining, bool IsEpochEnd, bool IsEnd)
{
    /// <summary>The share of the run that is done, 0 to 1.</summary>
    public double Share => Epochs == 0 || Batches == 0 ? 1 : Math.Min(1, (Epoch - 1 + ((double)Batch / Batches)) / Epochs);

    /// <summary>One line: <c>epoch 3 of 60, loss 0.1234, val_accuracy 0.9712, 5100 samples/s, 12 s left</c>.</summary>
    public override string ToString()
    {
        var values = string.Concat(Values.Where(pair => !pair.Key.Contains('/', StringComparison.Ordinal)).Select(pair => FormattableString.Invariant($", {pair.Key} {pair.Value:G4}")));
        return FormattableString.Invariant($"epoch {Epoch} of {Epochs}{(IsEpochEnd ? string.Empty : $", batch {Batch} of {Batches}")}{values}, {SamplesPerSecond:F0} samples/s, {Remaining.TotalSeconds:F0} s left");
    }
}
