namespace Autograd;

public partial class Tensor
{
    /// <summary>eˣ / Σ eˣ over one dimension: positive numbers that add up to 1. Adding a constant to x changes nothing, so the greatest element is subtracted first and nothing overflows.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor Softmax(int dim)
    {
        var e = ShiftedByMaximum(dim, nameof(Softmax)).Exp();
        return e / e.Sum(dim, keepDim: true);
    }

    /// <summary>ln softmax x = x − ln Σ eˣ over one dimension, accurate also where the softmax is near 0.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor LogSoftmax(int dim)
    {
        var shifted = ShiftedByMaximum(dim, nameof(LogSoftmax));
        return shifted - shifted.Exp().Sum(dim, keepDim: true).Log();
    }

    private Tensor ShiftedByMaximum(int dim, string operation)
    {
        Dims.NormalizeScalarAsVector(dim, Rank, operation);
        var x = To(DType.ToFloatingPoint());
        return x.ElementCount == 0 ? x : x - x.Detach().Amax(dim, keepDim: true);
    }
}
