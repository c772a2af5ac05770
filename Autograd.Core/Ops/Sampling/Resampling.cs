namespace Autograd;

/// <summary>Which old elements make up each new one when a dimension is resampled, and how much each counts.</summary>
internal sealed class Resampling
{
    // The parameter of cubic convolution: that of most image libraries, and with antialiasing that of Keys.
    private const double Cubic = -0.75;
    private const double SmoothCubic = -0.5;

    private readonly int[] first;
    private readonly double[][] weights;
    private readonly int size;

    public Resampling(int size, int to, double scale, bool cubic, bool alignCorners, bool antialias)
    {
        this.size = size;
        (first, weights) = (new int[to], new double[to][]);
        var step = !alignCorners ? scale : to > 1 ? (size - 1.0) / (to - 1) : 0;
        var width = antialias ? Math.Max(1, step) : 1;
        for (var i = 0; i < to; i++)
        {
            // The place of the new element's centre among the old ones' centres, which are at 0, 1, ….
            var place = alignCorners ? i * step : ((i + 0.5) * step) - 0.5;
            place = cubic || antialias ? place : Math.Max(0, place);
            var reach = (cubic ? 2 : 1) * width;
            var parameter = antialias ? SmoothCubic : Cubic;
            var (from, end) = antialias
                ? (Math.Max(0, (int)(place - reach + 1)), Math.Min(size, (int)(place + reach + 1)))
                : ((int)Math.Floor(place) - (cubic ? 1 : 0), (int)Math.Floor(place) + (cubic ? 3 : 2));
            first[i] = from;
            weights[i] = new double[end - from];
            for (var k = from; k < end; k++)
            {
                var distance = Math.Abs(k - place) / width;
                weights[i][k - from] = cubic ? CubicWeight(distance, parameter) : Math.Max(0, 1 - distance);
            }

            var sum = antialias ? weights[i].Sum() : 1;
            weights[i] = Array.ConvertAll(weights[i], weight => weight / sum);
        }

        Count = weights.Max(row => row.Length);
    }

    /// <summary>The most old elements that one new one is made of.</summary>
    public int Count { get; }

    /// <summary>For each new element the old one that is nearest.</summary>
    public static long[] Nearest(int size, int to, (double Old, double New) scale, bool centres)
    {
        var places = new long[to];
        for (var i = 0; i < to; i++)
        {
            places[i] = Math.Min(size - 1, (long)Math.Floor((i + (centres ? 0.5 : 0)) * scale.Old / scale.New));
        }

        return places;
    }

    /// <summary>The <paramref name="tap"/>-th old element of each new one; beyond the ends the outermost again.</summary>
    public long[] Places(int tap) => Array.ConvertAll(first, place => (long)Math.Clamp(place + tap, 0, size - 1));

    /// <summary>How much it counts.</summary>
    public double[] Weights(int tap) => Array.ConvertAll(weights, row => tap < row.Length ? row[tap] : 0);

    private static double CubicWeight(double x, double a)
        => x <= 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1
            : x < 2 ? ((((x - 5) * x) + 8) * x * a) - (4 * a)
            : 0;
}
