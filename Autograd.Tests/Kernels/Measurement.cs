using System.Globalization;
using System.Numerics;

namespace Autograd.Tests.Kernels;

/// <summary>Greatest errors over the samples, and the spans in which an element's bits depend on more than its value.</summary>
internal static class Measurement
{
    private const int PerRange = 2000;
    private const int LongestSpan = 40;

    /// <summary>The greatest error in ULP and where it is; infinite where a special value is wrong.</summary>
    public static (double Ulp, string Where) Error<T>(UnaryKernel<T> kernel, Func<double, DoubleDouble> exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = Samples.Of<T>(PerRange, seed: 1);
        var y = new T[x.Length];
        kernel(x, y);
        return Worst(y, i => exact(double.CreateChecked(x[i])), i => Text(x[i]));
    }

    public static (double Ulp, string Where) Error<T>(BinaryKernel<T> kernel, Func<double, double, DoubleDouble> exact)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (a, b) = Pairs<T>(PerRange);
        var y = new T[a.Length];
        kernel(a, b, y);
        return Worst(y, i => exact(double.CreateChecked(a[i]), double.CreateChecked(b[i])), i => $"({Text(a[i])}, {Text(b[i])})");
    }

    /// <summary>The lengths of spans, up to 40, in which some element differs from what it is in one long span.</summary>
    public static int[] UnstableLengths<T>(UnaryKernel<T> kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = Samples.Of<T>(perRange: 500, seed: 5);
        return UnstableLengths<T>(x.Length, (start, y) => kernel(x.AsSpan(start, y.Length), y));
    }

    public static int[] UnstableLengths<T>(BinaryKernel<T> kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (a, b) = Pairs<T>(perRange: 500);
        return UnstableLengths<T>(a.Length, (start, y) => kernel(a.AsSpan(start, y.Length), b.AsSpan(start, y.Length), y));
    }

    /// <summary>Samples against shuffled samples, then all pairs of special values.</summary>
    public static (T[] A, T[] B) Pairs<T>(int perRange)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var a = Samples.Of<T>(perRange, seed: 1).ToList();
        var b = Samples.Of<T>(perRange, seed: 2);
        new Random(3).Shuffle(b);
        var second = b.ToList();
        var special = Array.ConvertAll(
            (double[])[0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity],
            T.CreateTruncating);
        foreach (var left in special)
        {
            foreach (var right in special)
            {
                a.Add(left);
                second.Add(right);
            }
        }

        return ([.. a], [.. second]);
    }

    public static bool SameBits<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.IsNaN(a) ? T.IsNaN(b) : a == b && T.IsNegative(a) == T.IsNegative(b);

    private delegate void Slice<T>(int start, Span<T> y);

    private static int[] UnstableLengths<T>(int count, Slice<T> kernel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var whole = new T[count];
        kernel(0, whole);
        var unstable = new List<int>();
        for (var length = 1; length <= LongestSpan; length++)
        {
            var y = new T[length];
            var stable = true;
            for (var start = 0; stable && start + length <= count; start += 7)
            {
                kernel(start, y);
                for (var i = 0; i < length; i++) stable &= SameBits(y[i], whole[start + i]);
            }

            if (!stable) unstable.Add(length);
        }

        return [.. unstable];
    }

    private static (double Ulp, string Where) Worst<T>(T[] y, Func<int, DoubleDouble> exact, Func<int, string> argument)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (worst, where) = (0.0, "nowhere");
        for (var i = 0; i < y.Length; i++)
        {
            var value = exact(i);
            var error = Ulp.Error(y[i], value);
            if (!(error > worst)) continue;
            (worst, where) = (error, $"{argument(i)}: {Text(y[i])} for {Text(T.CreateTruncating((double)value))}");
        }

        return (worst, where);
    }

    private static string Text<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => value.ToString("R", CultureInfo.InvariantCulture);
}
