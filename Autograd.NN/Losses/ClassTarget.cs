namespace Autograd.NN;

/// <summary>Classes as targets, checked against a prediction: which entry of the class dimension each picks, and how much it counts.</summary>
internal sealed class ClassTarget
{
    /// <summary>As the index to ignore: no class is left out, since no target is this number.</summary>
    public const long NoneIgnored = long.MinValue;

    private readonly int dim;
    private readonly Tensor index;
    private readonly Tensor? ignored;
    private readonly Tensor? counts;

    private ClassTarget(int dim, Tensor index, Tensor? ignored, Tensor? counts)
    {
        this.dim = dim;
        this.index = index;
        this.ignored = ignored;
        this.counts = counts;
    }

    /// <summary>The dimension of the classes: 1 of [N, C, …], 0 of [C].</summary>
    public static int Dim(Tensor prediction) => prediction.Rank > 1 ? 1 : 0;

    /// <summary>The classes of a target.</summary>
    public static ClassTarget Check(Tensor prediction, Tensor target, Tensor? weight, long ignoreIndex, string loss)
    {
        if (target.DType != DType.Int64)
        {
            throw new DTypeException($"Loss.{loss}: the classes of the target are Int64 numbers, not {target.DType}. Convert them: target.To(DType.Int64).");
        }

        CheckWeight(prediction, weight, loss);
        CheckShapes(prediction, target, loss);
        var ignored = CheckClasses(prediction, target, ignoreIndex, loss) ? target.Eq(ignoreIndex) : null;
        var index = ignored is null ? target : target.MaskedFill(ignored, 0);
        var counts = weight?.IndexSelect(0, index.Flatten()).Reshape(target.Shape);
        if (ignored is not null)
        {
            counts = (counts ?? Tensor.Ones(target.Shape, prediction.DType)).MaskedFill(ignored, 0);
        }

        return new(Dim(prediction), index.Unsqueeze(Dim(prediction)), ignored, counts);
    }

    /// <summary>Checks that there are classes, and one weight for each.</summary>
    public static void CheckWeight(Tensor prediction, Tensor? weight, string loss)
    {
        if (prediction.Rank == 0 || prediction.Shape[Dim(prediction)] == 0)
        {
            throw new ShapeException($"Loss.{loss}: a prediction of shape {prediction.Shape} has no classes; it must be [C], [N, C] or [N, C, …].");
        }

        var classes = prediction.Shape[Dim(prediction)];
        if (weight is not null && (weight.Rank != 1 || weight.Shape[0] != classes))
        {
            throw new ShapeException($"Loss.{loss}: the weight has shape {weight.Shape}, but there is one for each of {classes} classes: [{classes}].");
        }
    }

    /// <summary>The entries of the true classes.</summary>
    public Tensor Pick(Tensor scores) => scores.Gather(dim, index).Squeeze(dim);

    /// <summary>Terms, one a target, times the weights of their classes.</summary>
    public Tensor Weigh(Tensor terms) => counts is null ? terms : LeaveOut(terms) * counts;

    /// <summary>Terms, one a target, with 0 for ignored ones: not a product with 0, since a term may be infinite.</summary>
    public Tensor LeaveOut(Tensor terms) => ignored is null ? terms : Tensor.Where(ignored, 0, terms);

    /// <summary>Weighted terms summed up; the mean divides by the sum of the targets' weights.</summary>
    public Tensor Reduce(Tensor terms, Reduction reduction)
        => counts is not null && reduction == Reduction.Mean ? terms.Sum() / counts.Sum() : Loss.Reduce(terms, reduction);

    /// <summary>Checks that all classes exist.</summary>
    /// <returns>Whether some targets are ignored.</returns>
    private static bool CheckClasses(Tensor prediction, Tensor target, long ignoreIndex, string loss)
    {
        var classes = prediction.Shape[Dim(prediction)];
        if (target.IsBatched)
        {
            // What cannot be read may be left out, and is checked where the class is picked.
            return ignoreIndex != NoneIgnored;
        }

        var anyIgnored = false;
        foreach (var number in target.AsSpan<long>())
        {
            anyIgnored |= number == ignoreIndex;
            if (number != ignoreIndex && (ulong)number >= (ulong)classes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(target), number, $"Loss.{loss}: the target holds class {number}, but the prediction of shape {prediction.Shape} has the classes 0 to {classes - 1}{(ignoreIndex == NoneIgnored ? string.Empty : $" (and {ignoreIndex} for what does not count)")}.");
            }
        }

        return anyIgnored;
    }

    private static void CheckShapes(Tensor prediction, Tensor target, string loss)
    {
        var dim = Dim(prediction);
        int[] expected = [.. prediction.Shape.AsSpan()[..dim], .. prediction.Shape.AsSpan()[(dim + 1)..]];
        if (!target.Shape.AsSpan().SequenceEqual(expected))
        {
            throw new ShapeException(
                $"Loss.{loss}: the prediction has shape {prediction.Shape}, the target {target.Shape}; classes for such a prediction have shape {Shape.Create(expected)}, its own without dimension {dim}. " +
                (target.Shape == prediction.Shape ? "If these are probabilities (one-hot rows), make them floating-point numbers: target.To(DType.Float32)."
                    : target.ElementCount == Shape.Create(expected).ElementCount ? $"Reshape the target: target.Reshape({string.Join(", ", expected)})."
                    : "The classes of a prediction come in dimension 1 (0 of a vector): MoveDim(-1, 1) brings the last one there."));
        }
    }
}
