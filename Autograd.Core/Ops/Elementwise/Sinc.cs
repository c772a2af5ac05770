namespace Autograd;

public partial class Tensor
{
    /// <summary>sin(πx)/(πx), elementwise; 1 at 0, where its derivatives are those of the even function that it is.</summary>
    public Tensor Sinc()
    {
        // Near 0 the quotient's second derivative cancels; there the series 1 − z²/6 + z⁴/120 − … (z = πx) is exact to rounding.
        var z = this * double.Pi;
        var near = z.Abs() < 0.5;
        var far = Where(near, 1, z);
        var square = Where(near, z, 0).Square();
        var series = OnesLike(square);
        for (var k = 9; k >= 1; k--)
        {
            series = 1 - (series * square / (double)(2 * k * ((2 * k) + 1)));
        }

        return Where(near, series, far.Sin() / far);
    }
}
