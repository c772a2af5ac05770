namespace Autograd.Optim.Training;

/// <content>What is done with a batch.</content>
internal sealed partial class TrainingRun<TInput, TOutput, TTarget>
{
    private void Train(TInput input, TTarget target)
    {
        var before = Generator.Default.State;
        using var detection = options.DetectAnomaly ? Grad.DetectAnomaly() : null;
        var size = BatchSize.Of(input);
        if (optimizer is LineSearchOptimizer)
        {
            TOutput? first = default;
            var value = optimizer.Step(() =>
            {
                var output = model.Forward(input);
                first ??= output;
                return OneNumber(loss(output, target));
            });
            Measure(value.Item(), size, first!, input, target, before);
            EndStep();
            return;
        }

        // The batches of a group count alike; the last group may be shorter.
        var start = batch / options.AccumulateBatches * options.AccumulateBatches;
        var group = Math.Min(options.AccumulateBatches, data.Count - start);
        if (batch == start)
        {
            optimizer.ZeroGrad();
        }

        var prediction = model.Forward(input);
        var error = OneNumber(loss(prediction, target));
        Measure(error.Item(), size, prediction, input, target, before);
        (group == 1 ? error : error / group).Backward();
        if (batch - start == group - 1)
        {
            ClipGradients();
            Each(callback => callback.OnGradients(context));
            optimizer.Step();
            EndStep();
        }
    }

    private static Tensor OneNumber(Tensor loss)
        => loss.ElementCount == 1 ? loss : throw new ShapeException($"Trainer.Fit: the loss must be one number, but it has shape {loss.Shape}. Take its mean or sum: (output, target) => f(output, target).Mean().");

    private void Measure(double value, int size, TOutput output, TInput input, TTarget target, GeneratorState before)
    {
        context.BatchLoss = value;
        if (options.StopOnNaN && !double.IsFinite(value))
        {
            throw NotANumber(value, input, target, before);
        }

        using var unrecorded = Grad.Disabled();
        training.Add(value, size, output, target);
    }

    private void ClipGradients()
    {
        if (options.ClipValue is { } limit)
        {
            Clip.Value(optimizer.Parameters, limit);
        }

        if (options.ClipNorm is { } norm)
        {
            normSum += Clip.Norm(optimizer.Parameters, norm).Item() * options.AccumulateBatches;
        }
    }

    private void EndStep()
    {
        context.StepCount++;
        options.Average?.Update();
        if (options.ScheduleBySteps)
        {
            scheduler?.Step();
        }
    }

    /// <summary>Computes the batch again, as it was drawn, under the eyes of the anomaly detection.</summary>
    private TrainingException NotANumber(double value, TInput input, TTarget target, GeneratorState before)
    {
        var where = $"Trainer.Fit: the loss is {value} in epoch {epoch + 1}, batch {batch + 1} of {data.Count}. The parameters are those before this batch.";
        Generator.Default = Generator.FromState(before);
        try
        {
            using var detection = Grad.DetectAnomaly();
            loss(model.Forward(input), target).Backward();
        }
        catch (AnomalyException anomaly)
        {
            return new($"{where} {anomaly.Message}", anomaly);
        }

        return new($"{where} A lower learning rate, ClipNorm, or a look at the data may help.");
    }
}
