using Autograd.NN;
using Autograd.Optim.Training;

namespace Autograd.Optim;

/// <summary>Trains, evaluates and applies models.</summary>
public static class Trainer
{
    /// <summary>Trains a model: for each batch, the loss, its gradients, and a step of the optimizer; and what the options ask for.</summary>
    /// <typeparam name="TInput">What the model takes.</typeparam>
    /// <typeparam name="TOutput">What the model gives.</typeparam>
    /// <typeparam name="TTarget">What it should give.</typeparam>
    /// <param name="model">The model; it is left in evaluation mode.</param>
    /// <param name="data">Batches of inputs and targets.</param>
    /// <param name="loss">(output, target) ↦ one number, such as <c>Loss.CrossEntropy</c>.</param>
    /// <param name="optimizer">The optimizer of the model's parameters.</param>
    /// <param name="options">Everything else.</param>
    /// <returns>Loss, metrics and more, epoch by epoch.</returns>
    /// <exception cref="TrainingException">The loss is NaN or infinite, or the checkpoint is of another run.</exception>
    /// <exception cref="ArgumentException">There are no batches, or options contradict each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is out of range.</exception>
    /// <exception cref="CheckpointException">The checkpoint and the one before it are damaged.</exception>
    /// <example><code>
    /// var data = Synthetic.Moons(200);
    /// var network = new Sequential(new Linear(2, 16), new Tanh(), new Linear(16, 2));
    /// var history = Trainer.Fit(
    ///     network,
    ///     new DataLoader&lt;(Tensor X, Tensor Y)&gt;(data, batchSize: 20, shuffle: true),
    ///     Loss.CrossEntropy,
    ///     new Adam(network.Parameters(), learningRate: 0.01),
    ///     new() { Epochs = 3, Metrics = [Metric.Accuracy()] });
    /// </code></example>
    public static History Fit<TInput, TOutput, TTarget>(
        Module<TInput, TOutput> model, DataLoader<(TInput, TTarget)> data, Func<TOutput, TTarget, Tensor> loss, Optimizer optimizer, FitOptions<TInput, TOutput, TTarget>? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        return new TrainingRun<TInput, TOutput, TTarget>(model, data, loss, optimizer, options ?? new()).Run();
    }

    /// <summary>Measures a model in evaluation mode.</summary>
    /// <typeparam name="TInput">What the model takes.</typeparam>
    /// <typeparam name="TOutput">What the model gives.</typeparam>
    /// <typeparam name="TTarget">What it should give.</typeparam>
    /// <param name="model">The model; it is left in the mode that it was in.</param>
    /// <param name="data">Batches of inputs and targets.</param>
    /// <param name="loss">(output, target) ↦ one number.</param>
    /// <param name="metrics">What is measured besides the loss.</param>
    /// <returns><c>loss</c>, the mean over all examples, and the metrics by name.</returns>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    public static OrderedDictionary<string, double> Evaluate<TInput, TOutput, TTarget>(
        Module<TInput, TOutput> model, DataLoader<(TInput, TTarget)> data, Func<TOutput, TTarget, Tensor> loss, params IReadOnlyList<Metric<TOutput, TTarget>> metrics)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(loss);
        if (data.Count == 0)
        {
            throw new ArgumentException($"Trainer.Evaluate: there are no batches: {data.Dataset.Count} examples in batches of {data.BatchSize}.", nameof(data));
        }

        var wasTraining = model.IsTraining;
        model.Eval();
        try
        {
            using var unrecorded = Grad.Disabled();
            var measures = new Measures<TOutput, TTarget>(metrics);
            measures.Reset();
            foreach (var (input, target) in data.Epoch(0))
            {
                var output = model.Forward(input);
                measures.Add(loss(output, target).Item(), BatchSize.Of(input), output, target);
            }

            return measures.Values();
        }
        finally
        {
            model.Train(wasTraining);
        }
    }

    /// <summary>The model's outputs in evaluation mode, unrecorded.</summary>
    /// <param name="model">The model; it is left in the mode that it was in.</param>
    /// <param name="input">Inputs, [n, …].</param>
    /// <param name="batchSize">How many go through the model at once.</param>
    public static Tensor Predict(Module<Tensor, Tensor> model, Tensor input, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var wasTraining = model.IsTraining;
        model.Eval();
        try
        {
            using var unrecorded = Grad.Disabled();
            return input.Shape[0] <= batchSize ? model.Forward(input) : Tensor.Concatenate([.. input.Split(batchSize).Select(part => model.Forward(part).Evaluate())]);
        }
        finally
        {
            model.Train(wasTraining);
        }
    }

    /// <summary>The mean and the standard deviation of the outputs of several passes with dropout at work (Gal, Ghahramani 2016); everything else of the model is in evaluation mode.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">Inputs, [n, …].</param>
    /// <param name="passes">How many; 1 or more.</param>
    public static (Tensor Mean, Tensor Deviation) PredictWithDropout(Module<Tensor, Tensor> model, Tensor input, int passes = 20)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        var wasTraining = model.IsTraining;
        model.Eval();
        model.Apply(inner =>
        {
            if (inner is Dropout dropout)
            {
                dropout.Train();
            }
        });
        try
        {
            using var unrecorded = Grad.Disabled();
            var outputs = Tensor.Stack([.. Enumerable.Range(0, passes).Select(_ => model.Forward(input).Evaluate())]);
            var mean = outputs.Mean(0);
            return (mean, (outputs - mean).Square().Mean(0).Sqrt());
        }
        finally
        {
            model.Train(wasTraining);
        }
    }
}
