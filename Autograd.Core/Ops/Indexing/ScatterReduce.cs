namespace Autograd;

/// <summary>What becomes of several elements that are scattered to one place.</summary>
public enum ScatterReduction
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The greatest.</summary>
    Amax,

    /// <summary>The least.</summary>
    Amin,

    /// <summary>Their product.</summary>
    Prod,
}

public partial class Tensor
{
    /// <summary>The tensor with, at each place that <paramref name="index"/> names, the sum, mean, product or extreme of all elements of <paramref name="source"/> that go there. Other places stay as they are.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="index">Int64, of this tensor's rank: source[i, j] goes to y[index[i, j], j] for dim 0, and so on.</param>
    /// <param name="source">At least as large as the index; of this tensor's type.</param>
    /// <param name="reduce">What becomes of several elements.</param>
    /// <param name="includeSelf">Whether this tensor's own element at the place counts, too.</param>
    /// <exception cref="ShapeException">The index does not fit the shapes.</exception>
    /// <exception cref="DTypeException">The index is not Int64, the types differ, are Bool, or integers are to be averaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public Tensor ScatterReduce(int dim, Tensor index, Tensor source, ScatterReduction reduce, bool includeSelf = true)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(source);
        Require.Defined(reduce, nameof(ScatterReduce));
        if (reduce is ScatterReduction.Amax or ScatterReduction.Amin)
        {
            var greatest = reduce == ScatterReduction.Amax;
            var start = includeSelf ? this : Scatter(dim, index, greatest ? Least() : Greatest());
            return new ScatterExtremeOp(start, index, source, dim, greatest).Apply();
        }

        if (reduce == ScatterReduction.Prod)
        {
            return (includeSelf ? this : Scatter(dim, index, 1)).ScatterProduct(dim, index, source);
        }

        var sum = (includeSelf ? this : Scatter(dim, index, 0)).ScatterAdd(dim, index, source);
        if (reduce == ScatterReduction.Sum)
        {
            return sum;
        }

        RequireFloatingPoint("ScatterReduce");
        var own = includeSelf ? OnesLike(this) : Ones(Shape, DType).Scatter(dim, index, 0);
        return sum / own.ScatterAdd(dim, index, Ones(index.Shape, DType));
    }

    // No element is beyond these: what a maximum or minimum over nothing begins with.
    private Scalar Least() => DType.IsFloatingPoint ? double.NegativeInfinity : DType == DType.Int64 ? long.MinValue : 0;

    private Scalar Greatest() => DType.IsFloatingPoint ? double.PositiveInfinity : DType == DType.Int64 ? long.MaxValue : 1;
}
