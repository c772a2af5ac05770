namespace Autograd.Optim;

public abstract partial class Metric
{
    /// <summary>The share of examples whose class is right. Logits or probabilities [n, C] with class numbers [n]; or, of two classes, logits of any shape with 0 and 1 of the same shape (right where the logit's sign is).</summary>
    /// <param name="threshold">From which number on an output of two classes means 1: 0 for logits, 0.5 for probabilities.</param>
    public static Metric Accuracy(double threshold = 0)
        => Mean("accuracy", (output, target) => Classes(output, target, threshold).Eq(target.To(DType.Int64)).Flatten());

    /// <summary>The share of examples whose class is among the k most likely ones.</summary>
    /// <param name="k">1 or more.</param>
    public static Metric TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return Mean($"top_{k}", (output, target) => output.TopK(k, dim: 1).Indices.Eq(target.Unsqueeze(1)).Any(1));
    }

    /// <summary>Of the examples that are said to be of a class, the share that is: TP/(TP + FP), for several classes the mean over classes that occur in the data or the predictions.</summary>
    /// <param name="classes">The number of classes; of 2, it is that of class 1 alone.</param>
    /// <param name="threshold">From which number on an output of two classes means 1.</param>
    public static Metric Precision(int classes = 2, double threshold = 0)
        => FromCounts("precision", classes, threshold, (hits, predicted, _) => hits / predicted);

    /// <summary>Of the examples of a class, the share that is found: TP/(TP + FN), for several classes the mean.</summary>
    /// <param name="classes">The number of classes; of 2, it is that of class 1 alone.</param>
    /// <param name="threshold">From which number on an output of two classes means 1.</param>
    public static Metric Recall(int classes = 2, double threshold = 0)
        => FromCounts("recall", classes, threshold, (hits, _, actual) => hits / actual);

    /// <summary>The harmonic mean of precision and recall, 2TP/(2TP + FP + FN), for several classes the mean.</summary>
    /// <param name="classes">The number of classes; of 2, it is that of class 1 alone.</param>
    /// <param name="threshold">From which number on an output of two classes means 1.</param>
    public static Metric F1(int classes = 2, double threshold = 0)
        => FromCounts("f1", classes, threshold, (hits, predicted, actual) => 2 * hits / (predicted + actual));

    /// <summary>The classes that outputs mean: the most likely one of [n, C], or 1 where a single output is above a threshold.</summary>
    internal static Tensor Classes(Tensor output, Tensor target, double threshold)
    {
        if (output.Rank == target.Rank + 1)
        {
            return output.ArgMax(1);
        }

        return output.Shape == target.Shape
            ? (output > threshold).To(DType.Int64)
            : throw new ShapeException($"Metric: outputs of shape {output.Shape} and targets of shape {target.Shape} do not fit: classes come in dimension 1 of the outputs, and targets are class numbers; or both have one shape.");
    }

    /// <summary>A number from the matrix of counts, [true, predicted].</summary>
    private static Sums FromCounts(string name, int classes, double threshold, Func<double, double, double, double> ofClass)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        return new Sums(name, classes * classes, (output, target, counts) => ConfusionMatrix.Count(counts, classes, Classes(output, target, threshold), target), counts =>
        {
            double Of(int c)
            {
                var (predicted, actual) = (0.0, 0.0);
                for (var i = 0; i < classes; i++)
                {
                    predicted += counts[(i * classes) + c];
                    actual += counts[(c * classes) + i];
                }

                // A class that was never predicted has no hits; one that is not there at all does not count.
                return predicted + actual == 0 ? double.NaN : ofClass(counts[(c * classes) + c], predicted, actual) is var value && double.IsNaN(value) ? 0 : value;
            }

            return classes == 2 ? Of(1) : Enumerable.Range(0, classes).Select(Of).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
        });
    }
}
