namespace Autograd;

public partial class Tensor
{
    /// <summary>The mean of all elements; NaN for an empty tensor.</summary>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor Mean() => Mean([]);

    /// <summary>The mean over one dimension.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    public Tensor Mean(int dim, bool keepDim = false) => Mean([dim], keepDim);

    /// <summary>The mean over some dimensions: Σ x / n; NaN where there is nothing to average.</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor Mean(ReadOnlySpan<int> dims, bool keepDim = false)
    {
        RequireFloatingPoint(nameof(Mean));
        return Sum(dims, keepDim) / (double)CountReduced(dims, nameof(Mean));
    }

    /// <summary>The variance of all elements.</summary>
    /// <param name="correction">What is subtracted from the number of elements in the divisor: 1 (Bessel's correction) unless given.</param>
    public Tensor Var(double correction = 1) => Var([], correction);

    /// <summary>The variance over one dimension.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="correction">What is subtracted from the number of elements in the divisor: 1 (Bessel's correction) unless given.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    public Tensor Var(int dim, double correction = 1, bool keepDim = false) => Var([dim], correction, keepDim);

    /// <summary>The variance over some dimensions: Σ (x − mean)² / (n − correction); NaN where the divisor is 0 and the sum too.</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="correction">What is subtracted from the number of elements in the divisor: 1 (Bessel's correction) unless given.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor Var(ReadOnlySpan<int> dims, double correction = 1, bool keepDim = false)
    {
        RequireFloatingPoint(nameof(Var));
        var divisor = Math.Max(0, CountReduced(dims, nameof(Var)) - correction);
        return (this - Mean(dims, keepDim: true)).Square().Sum(dims, keepDim) / divisor;
    }

    /// <summary>The standard deviation of all elements.</summary>
    /// <param name="correction">What is subtracted from the number of elements in the divisor: 1 (Bessel's correction) unless given.</param>
    public Tensor Std(double correction = 1) => Std([], correction);

    /// <summary>The standard deviation over one dimension.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="correction">What is subtracted from the number of elements in the divisor: 1 (Bessel's correction) unless given.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    public Tensor Std(int dim, double correction = 1, bool keepDim = false) => Std([dim], correction, keepDim);

    /// <summary>The standard deviation over some dimensions: the square root of <see cref="Var(ReadOnlySpan{int}, double, bool)"/>. Its derivative is taken as 0 where all elements are equal.</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="correction">What is subtracted from the number of elements in the divisor: 1 (Bessel's correction) unless given.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    public Tensor Std(ReadOnlySpan<int> dims, double correction = 1, bool keepDim = false)
    {
        // The root's slope is infinite at 0, and ∞ · 0 is NaN: there the tape sees a constant.
        var variance = Var(dims, correction, keepDim);
        var constant = variance.Eq(0);
        return Where(constant, 0, Where(constant, 1, variance).Sqrt());
    }

    internal void RequireFloatingPoint(string operation)
    {
        if (!DType.IsFloatingPoint)
        {
            throw new DTypeException($"{operation}: the elements are {DType}; the result would not be a whole number. Convert first: x.To(DType.Float32).{operation}().");
        }
    }

    private int CountReduced(ReadOnlySpan<int> dims, string operation)
    {
        var reduced = Dims.ToMask(dims, Rank, operation);
        var count = 1;
        for (var i = 0; i < Rank; i++)
        {
            count *= reduced[i] ? Shape[i] : 1;
        }

        return count;
    }
}
