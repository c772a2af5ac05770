using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>The place of the greatest or least of the elements up to each one along one dimension, the last of equal ones; never recorded.</summary>
internal sealed class CumArgExtremeOp(Tensor x, int dim, bool greatest) : AlongDimension(x, dim, Promotion.Number(x), DType.Int64)
{
    protected override Tensor Vjp(Tensor grad) => throw new InvalidOperationException("A place has no gradient.");

    protected override void Rows<T>(ReadOnlySpan<T> x, Tensor y, int length, int inner)
    {
        var places = y.Elements<long>();
        for (var start = 0; start < x.Length; start += length * inner)
        {
            for (var i = 0; i < inner; i++)
            {
                Row(x[(start + i)..], places[(start + i)..], length, inner);
            }
        }
    }

    // NaN beats every number and stays: the field's rule.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<T>(ReadOnlySpan<T> x, Span<long> places, int length, int step)
        where T : unmanaged, INumber<T>
    {
        var best = 0;
        for (var l = 0; l < length; l++)
        {
            var (value, extreme) = (x[l * step], x[best * step]);
            if (T.IsNaN(value) || (greatest ? value >= extreme : value <= extreme))
            {
                best = l;
            }

            places[l * step] = best;
        }
    }
}

public partial class Tensor
{
    /// <summary>Running maxima along one dimension, yₗ = max(x₀, …, xₗ), and their places, the last of equal ones. From the first NaN on, all are NaN. The gradient goes to the places.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public (Tensor Values, Tensor Indices) CumMax(int dim) => Picked(new CumArgExtremeOp(this, dim, greatest: true).Apply(), dim);

    /// <summary>Running minima along one dimension, yₗ = min(x₀, …, xₗ), and their places, the last of equal ones. From the first NaN on, all are NaN. The gradient goes to the places.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public (Tensor Values, Tensor Indices) CumMin(int dim) => Picked(new CumArgExtremeOp(this, dim, greatest: false).Apply(), dim);

    /// <summary>What <paramref name="places"/> name along a dimension, and the places themselves, with or without that dimension.</summary>
    private (Tensor Values, Tensor Indices) Picked(Tensor places, int dim, bool keepDim = true)
    {
        var values = Rank == 0 ? Captured : Gather(dim, places);
        return keepDim ? (values, places) : (values.Squeeze(dim), places.Squeeze(dim));
    }
}
