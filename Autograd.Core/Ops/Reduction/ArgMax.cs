using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>The place of the greatest or least element along one dimension, the first of equal ones; never recorded.</summary>
internal sealed class ArgExtremeOp : UnaryOperation
{
    private readonly bool[] reduced;
    private readonly bool greatest;

    public ArgExtremeOp(Tensor x, int dim, bool keepDim, bool greatest)
        : base(x, Promotion.Number(x), DType.Int64)
    {
        this.greatest = greatest;
        reduced = Dims.ToMask([dim], x.Rank, Name);
        Shape = ReductionPlan.ResultShape(x.Shape, reduced, keepDim);
        if (x.ElementCount == 0 && Shape.ElementCount > 0)
        {
            throw new ShapeException($"{Name}: shape {x.Shape} has no elements along dimension {dim}.");
        }
    }

    public override string Name => greatest ? "ArgMax" : "ArgMin";

    protected override Tensor Vjp(Tensor grad) => throw new InvalidOperationException("A place has no gradient.");

    protected override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        var plan = ReductionPlan.For(X, reduced, rowsOnly: true);
        switch (plan.Source.DType)
        {
            case DType.Float32:
                Find<float>(plan, y.Elements<long>());
                break;
            case DType.Float64:
                Find<double>(plan, y.Elements<long>());
                break;
            default:
                Find<long>(plan, y.Elements<long>());
                break;
        }

        GC.KeepAlive(plan.Source);
        return y;
    }

    private void Find<T>(ReductionPlan plan, Span<long> places)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> values = plan.Source.Elements<T>();
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = FirstExtreme(values.Slice(i * plan.Length, plan.Length));
        }
    }

    // Zeros of either sign are equal, and NaN beats every number: the field's rule. So the extreme is found first, then the first element that is equal to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FirstExtreme<T>(ReadOnlySpan<T> row)
        where T : unmanaged, INumber<T>
    {
        var extreme = greatest ? TensorPrimitives.Max(row) : TensorPrimitives.Min(row);
        var place = 0;
        if (T.IsNaN(extreme))
        {
            while (!T.IsNaN(row[place]))
            {
                place++;
            }
        }
        else
        {
            while (row[place] != extreme)
            {
                place++;
            }
        }

        return place;
    }
}

public partial class Tensor
{
    /// <summary>The place of the greatest element along one dimension, as Int64: the first of equal ones, the first NaN if there is one.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    public Tensor ArgMax(int dim, bool keepDim = false) => new ArgExtremeOp(this, dim, keepDim, greatest: true).Apply();

    /// <summary>The place of the greatest of all elements in row-major order.</summary>
    public Tensor ArgMax() => Flatten().ArgMax(0);

    /// <summary>The place of the least element along one dimension, as Int64: the first of equal ones, the first NaN if there is one.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeException">There are no elements to choose from.</exception>
    public Tensor ArgMin(int dim, bool keepDim = false) => new ArgExtremeOp(this, dim, keepDim, greatest: false).Apply();

    /// <summary>The place of the least of all elements in row-major order.</summary>
    public Tensor ArgMin() => Flatten().ArgMin(0);
}
