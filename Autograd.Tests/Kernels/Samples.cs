using System.Numerics;
using System.Runtime.InteropServices;

namespace Autograd.Tests.Kernels;

/// <summary>Arguments that cover a function's whole domain: every exponent, the usual ranges densely, the
/// neighbourhoods of 1 and of the multiples of π/2, and the special values.</summary>
internal static class Samples
{
    private static readonly double[] Ranges = [1e-3, 0.1, 1, 2, 10, 30, 110, 800];

    private static readonly double[] Landmarks =
    [
        0, 1e-320, 1e-310, 1e-300, 1e-45, 1e-40, 1e-38, 1e-20, 1e-8, 1e-5, 0.5, 1, 1.5, 2, 3, 8, 9, 16, 17, 19, 20, 22, 26, 27, 36.5, 37, 44, 44.5,
        87, 87.5, 88, 88.5, 88.7, 88.72, 88.8, 89, 89.4, 103, 103.5, 104, 126, 127, 128, 149, 150, 700, 708, 709, 709.7, 709.8, 710, 710.4, 745, 745.2, 746,
        1022, 1023, 1024, 1074, 1075, 1e5, 1e6, 1e10, 1e20, 1e38, 1e100, 1e300, 1e308, double.PositiveInfinity, double.NaN,
        Math.PI / 4, Math.PI / 2, Math.PI, 2 * Math.PI, 100 * Math.PI, Math.E, 0.6931471805599453,
    ];

    public static T[] Of<T>(int perRange, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var values = new List<T>();
        foreach (var landmark in Landmarks)
        {
            foreach (var sign in (double[])[1, -1])
            {
                var value = T.CreateTruncating(sign * landmark);
                values.AddRange([value, T.BitIncrement(value), T.BitDecrement(value)]);
            }
        }

        foreach (var range in Ranges)
        {
            for (var i = 0; i < perRange; i++) values.Add(T.CreateTruncating((2 * random.NextDouble() - 1) * range));
        }

        for (var i = 0; i < perRange; i++) values.Add(T.One + T.CreateTruncating((random.NextDouble() - 0.5) * Math.Pow(2, -random.Next(50))));
        for (var i = 0; i < perRange; i++) values.Add(T.CreateTruncating(random.Next(1 << 18) * (Math.PI / 2)));
        var patterns = new T[4 * perRange];
        random.NextBytes(MemoryMarshal.AsBytes(patterns.AsSpan()));
        values.AddRange(patterns);
        return [.. values];
    }
}
