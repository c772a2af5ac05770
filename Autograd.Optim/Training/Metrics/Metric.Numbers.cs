namespace Autograd.Optim;

public abstract partial class Metric
{
    /// <summary>The mean of (output − target)².</summary>
    public static Metric MeanSquaredError() => Mean("mse", (output, target) => Difference(output, target).Square());

    /// <summary>The mean of |output − target|.</summary>
    public static Metric MeanAbsoluteError() => Mean("mae", (output, target) => Difference(output, target).Abs());

    /// <summary>R² = 1 − Σ(y − ŷ)²/Σ(y − ȳ)², the share of the variance that is explained: 1 at best, 0 for always saying the mean, and below that without limit.</summary>
    public static Metric R2() => new Sums("r2", 4, (output, target, sums) =>
    {
        // Means and squares of two samples joined (Chan, Golub, LeVeque 1979): Σy² − (Σy)²/n would cancel for data far from 0.
        var y = target.To(DType.Float64);
        var (count, mean, n) = ((double)y.ElementCount, y.Mean().Item(), sums[0]);
        var delta = mean - sums[1];
        sums[0] = n + count;
        sums[1] += delta * count / sums[0];
        sums[2] += (y - mean).Square().Sum().Item() + (delta * delta * n * count / sums[0]);
        sums[3] += Difference(output, target).To(DType.Float64).Square().Sum().Item();
    }, sums => 1 - (sums[3] / sums[2]));

    /// <summary>exp of the mean cross-entropy of logits [n, C, …] against class numbers [n, …]: among how many equally likely classes one would have to guess.</summary>
    public static Metric Perplexity() => new Sums("perplexity", 2, (output, target, sums) =>
    {
        var logs = output.To(DType.Float64).LogSoftmax(1).Gather(1, target.Unsqueeze(1));
        sums[0] -= logs.Sum().Item();
        sums[1] += logs.ElementCount;
    }, sums => Math.Exp(sums[0] / sums[1]));

    /// <summary>The area under the ROC curve: how likely an example of class 1 has a higher output than one of class 0; a tie counts half. It keeps all outputs.</summary>
    public static Metric RocAuc() => new RankSum();

    private static Tensor Difference(Tensor output, Tensor target)
        => output.Shape == target.Shape
            ? (output - target).Flatten()
            : throw new ShapeException($"Metric: outputs of shape {output.Shape} and targets of shape {target.Shape} differ. Reshape one of them: target.Reshape(output.Shape).");

    /// <summary>The statistic of Mann and Whitney (1947) from the ranks of all outputs.</summary>
    private sealed class RankSum : Metric
    {
        private readonly List<(double Score, bool IsPositive)> scores = [];

        public override string Name => "roc_auc";

        public override double Value
        {
            get
            {
                var (sorted, rankSum, positives) = (scores.OrderBy(pair => pair.Score).ToArray(), 0.0, 0);
                for (var i = 0; i < sorted.Length;)
                {
                    var end = i;
                    while (end < sorted.Length && sorted[end].Score == sorted[i].Score)
                    {
                        end++;
                    }

                    var here = sorted[i..Math.Max(end, i + 1)].Count(pair => pair.IsPositive);
                    rankSum += here * ((i + 1 + Math.Max(end, i + 1)) / 2.0);
                    positives += here;
                    i = Math.Max(end, i + 1);
                }

                return (rankSum - (positives * (positives + 1.0) / 2)) / ((double)positives * (sorted.Length - positives));
            }
        }

        public override double[] State
        {
            get => [.. scores.SelectMany(pair => new[] { pair.Score, pair.IsPositive ? 1 : 0 })];
            set
            {
                scores.Clear();
                scores.AddRange(value.Chunk(2).Select(pair => (pair[0], pair[1] == 1)));
            }
        }

        public override void Reset() => scores.Clear();

        public override void Update(Tensor output, Tensor target)
        {
            ArgumentNullException.ThrowIfNull(output);
            ArgumentNullException.ThrowIfNull(target);
            if (output.ElementCount != target.ElementCount)
            {
                throw new ShapeException($"Metric: the ROC curve needs one output for each target; outputs have shape {output.Shape}, targets {target.Shape}.");
            }

            scores.AddRange(output.Flatten().To(DType.Float64).ToArray<double>().Zip(target.Flatten().To(DType.Float64).ToArray<double>(), (score, label) => (score, label > 0.5)));
        }
    }
}
