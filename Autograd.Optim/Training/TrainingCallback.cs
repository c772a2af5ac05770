using Autograd.NN;

namespace Autograd.Optim;

/// <summary>Something to be done at certain moments of a training run; what is not overridden does nothing.</summary>
/// <example><code>
/// public sealed class Diary : TrainingCallback
/// {
///     public override void OnEpochEnd(TrainingContext run) => Console.WriteLine($"epoch {run.Epoch}: {run.Values["loss"]}");
/// }
/// </code></example>
public abstract class TrainingCallback
{
    /// <summary>Before the first batch of an epoch.</summary>
    /// <param name="run">The run.</param>
    public virtual void OnEpochBegin(TrainingContext run)
    {
    }

    /// <summary>After the gradients of a batch are there and clipped, before the optimizer's step.</summary>
    /// <param name="run">The run.</param>
    public virtual void OnGradients(TrainingContext run)
    {
    }

    /// <summary>After each batch.</summary>
    /// <param name="run">The run.</param>
    public virtual void OnBatchEnd(TrainingContext run)
    {
    }

    /// <summary>After an epoch and its validation, before the history takes <see cref="TrainingContext.Values"/>, which may be added to.</summary>
    /// <param name="run">The run.</param>
    public virtual void OnEpochEnd(TrainingContext run)
    {
    }
}

/// <summary>What callbacks see of a training run.</summary>
public sealed class TrainingContext
{
    internal TrainingContext(Module model, Optimizer optimizer, History history) => (Model, Optimizer, History) = (model, optimizer, history);

    /// <summary>The model.</summary>
    public Module Model { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The epochs so far.</summary>
    public History History { get; }

    /// <summary>The number of the epoch, from 1 on.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The batches of this epoch so far.</summary>
    public int Batch { get; internal set; }

    /// <summary>The optimizer's steps so far, in all epochs.</summary>
    public int StepCount { get; internal set; }

    /// <summary>The loss of the last batch.</summary>
    public double BatchLoss { get; internal set; }

    /// <summary>The numbers of this epoch by name: what the history will keep.</summary>
    public OrderedDictionary<string, double> Values { get; internal set; } = [];

    /// <summary>Why the run ends; null while it goes on.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Ends the run after this batch.</summary>
    /// <param name="reason">Why, for the history.</param>
    public void Stop(string reason) => StopReason ??= reason;
}
