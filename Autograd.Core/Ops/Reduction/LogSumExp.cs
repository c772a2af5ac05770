namespace Autograd;

public partial class Tensor
{
    /// <summary>ln Σ eˣ over one dimension, without overflow.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    public Tensor LogSumExp(int dim, bool keepDim = false) => LogSumExp([dim], keepDim);

    /// <summary>ln Σ eˣ = m + ln Σ eˣ⁻ᵐ over some dimensions, m being the greatest element, so that nothing overflows. Its gradient is the softmax. −∞ where all are −∞, or there is nothing.</summary>
    /// <param name="dims">The dimensions; negative numbers count from the last; none: all.</param>
    /// <param name="keepDim">Whether they stay, with size 1.</param>
    public Tensor LogSumExp(ReadOnlySpan<int> dims, bool keepDim = false)
    {
        var x = To(DType.ToFloatingPoint());
        if (x.ElementCount == 0)
        {
            return x.Exp().Sum(dims, keepDim).Log();
        }

        // The shift is a constant to the tape: the result does not depend on it. An infinite one would make ∞ − ∞.
        var greatest = x.Detach().Amax(dims, keepDim: true);
        var shift = Where(greatest.IsFinite(), greatest, 0);
        var sum = (x - shift).Exp().Sum(dims, keepDim);
        return sum.Log() + shift.Reshape(sum.Shape);
    }
}
