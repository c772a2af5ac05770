using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>yₗ = x₀ + … + xₗ along one dimension. The gradient is summed from the other end.</summary>
[GradientTest("3x2", "0x3", "2x3x2", Arguments = [0])]
[GradientTest("2x3x2", Arguments = [-1])]
[GradientTest("()", Arguments = [0])]
internal sealed class CumSumOp(Tensor x, int dim) : AlongDimension(x, dim, Promotion.Number(x), Promotion.Number(x))
{
    // Columns that are summed side by side, so that memory is read in its order.
    private const int Block = 512;

    protected override Tensor Vjp(Tensor grad)
        => grad.Rank == 0 ? grad : new CumSumOp(grad.Flip(Dim), Dim).Apply().Flip(Dim);

    protected override void Rows<T>(ReadOnlySpan<T> x, Tensor y, int length, int inner)
    {
        // Errors of Float32 sums would grow with their length: they are summed in Float64.
        if (typeof(T) == typeof(float))
        {
            Sum<T, double>(x, y.Elements<T>(), length, inner);
        }
        else
        {
            Sum<T, T>(x, y.Elements<T>(), length, inner);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<T, TSum>(ReadOnlySpan<T> x, Span<T> y, int length, int inner)
        where T : unmanaged, INumber<T>
        where TSum : unmanaged, INumber<TSum>
    {
        if (inner == 1)
        {
            for (var start = 0; start < x.Length; start += length)
            {
                var sum = TSum.Zero;
                var from = x.Slice(start, length);
                var to = y.Slice(start, length);
                for (var l = 0; l < from.Length; l++)
                {
                    sum += TSum.CreateTruncating(from[l]);
                    to[l] = T.CreateTruncating(sum);
                }
            }

            return;
        }

        Span<TSum> sums = stackalloc TSum[Math.Min(inner, Block)];
        for (var start = 0; start < x.Length; start += length * inner)
        {
            for (var first = 0; first < inner; first += sums.Length)
            {
                var count = Math.Min(sums.Length, inner - first);
                sums.Clear();
                for (var l = 0; l < length; l++)
                {
                    var from = x.Slice(start + (l * inner) + first, count);
                    var to = y.Slice(start + (l * inner) + first, count);
                    for (var i = 0; i < from.Length; i++)
                    {
                        sums[i] += TSum.CreateTruncating(from[i]);
                        to[i] = T.CreateTruncating(sums[i]);
                    }
                }
            }
        }
    }
}

public partial class Tensor
{
    /// <summary>Running sums along one dimension: yₗ = x₀ + … + xₗ. Of Bool and Int64 elements in Int64; of Float32 summed in Float64.</summary>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public Tensor CumSum(int dim) => new CumSumOp(this, dim).Apply();
}
