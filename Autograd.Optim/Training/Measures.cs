namespace Autograd.Optim.Training;

/// <summary>The mean loss and the metrics over batches.</summary>
internal sealed class Measures<TOutput, TTarget>(IReadOnlyList<Metric<TOutput, TTarget>> metrics)
{
    private double lossSum;
    private long count;

    /// <summary>All that has been summed up, for a checkpoint.</summary>
    public IReadOnlyList<double[]> State
    {
        get => [[lossSum, count], .. metrics.Select(metric => metric.State)];
        set
        {
            (lossSum, count) = (value[0][0], (long)value[0][1]);
            for (var i = 0; i < metrics.Count; i++)
            {
                metrics[i].State = value[i + 1];
            }
        }
    }

    public void Reset()
    {
        (lossSum, count) = (0, 0);
        foreach (var metric in metrics)
        {
            metric.Reset();
        }
    }

    public void Add(double loss, int examples, TOutput output, TTarget target)
    {
        lossSum += loss * examples;
        count += examples;
        foreach (var metric in metrics)
        {
            metric.Update(output, target);
        }
    }

    public OrderedDictionary<string, double> Values(string prefix = "")
    {
        var values = new OrderedDictionary<string, double>(StringComparer.Ordinal) { [prefix + "loss"] = lossSum / count };
        foreach (var metric in metrics)
        {
            values[prefix + metric.Name] = metric.Value;
        }

        return values;
    }
}
