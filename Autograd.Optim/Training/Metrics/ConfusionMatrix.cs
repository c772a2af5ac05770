using System.Globalization;
using System.Text;

namespace Autograd.Optim;

/// <summary>How many examples of each class were taken for which.</summary>
/// <example><code>
/// var matrix = new ConfusionMatrix(3);
/// matrix.Add(predicted: Tensor.From([0, 1, 1, 2]), actual: Tensor.From([0, 1, 2, 2]));
/// Console.WriteLine(matrix);
/// </code></example>
/// <param name="classes">The number of classes; 1 or more.</param>
public sealed class ConfusionMatrix(int classes)
{
    private readonly double[] counts = new double[classes * classes];

    /// <summary>The number of classes.</summary>
    public int Classes { get; } = classes;

    /// <summary>The examples of one class that were taken for another (or the same).</summary>
    /// <param name="actual">The true class.</param>
    /// <param name="predicted">The class that it was taken for.</param>
    public long this[int actual, int predicted] => (long)counts[(actual * Classes) + predicted];

    /// <summary>The share of examples that were taken for what they are.</summary>
    public double Accuracy => Enumerable.Range(0, Classes).Sum(c => counts[(c * Classes) + c]) / counts.Sum();

    /// <summary>Takes predictions into account.</summary>
    /// <param name="predicted">The predicted classes, Int64.</param>
    /// <param name="actual">The true ones, as many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void Add(Tensor predicted, Tensor actual) => Count(counts, Classes, predicted, actual);

    /// <summary>The table: rows are true classes, columns predictions.</summary>
    public override string ToString()
    {
        var width = Math.Max(2, counts.Max().ToString(CultureInfo.InvariantCulture).Length) + 2;
        var text = new StringBuilder("true\\pred".PadRight(9));
        for (var c = 0; c < Classes; c++)
        {
            text.Append(c.ToString(CultureInfo.InvariantCulture).PadLeft(width));
        }

        for (var row = 0; row < Classes; row++)
        {
            text.Append('\n').Append(row.ToString(CultureInfo.InvariantCulture).PadLeft(9));
            for (var column = 0; column < Classes; column++)
            {
                text.Append((this[row, column] == 0 ? "·" : this[row, column].ToString(CultureInfo.InvariantCulture)).PadLeft(width));
            }
        }

        return text.ToString();
    }

    internal static void Count(double[] counts, int classes, Tensor predicted, Tensor actual)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(actual);
        var (p, a) = (predicted.Flatten().To(DType.Int64).ToArray<long>(), actual.Flatten().To(DType.Int64).ToArray<long>());
        if (p.Length != a.Length)
        {
            throw new ShapeException($"ConfusionMatrix: {p.Length} predictions of shape {predicted.Shape} for {a.Length} examples of shape {actual.Shape}.");
        }

        for (var i = 0; i < p.Length; i++)
        {
            if ((ulong)p[i] >= (ulong)classes || (ulong)a[i] >= (ulong)classes)
            {
                throw new ArgumentOutOfRangeException(nameof(predicted), $"ConfusionMatrix: class {((ulong)p[i] >= (ulong)classes ? p[i] : a[i])} of example {i} is not one of 0 to {classes - 1}.");
            }

            counts[(a[i] * classes) + p[i]]++;
        }
    }
}
