using System.Numerics;
using Autograd.Kernels;

namespace Autograd.Tests.Kernels;

/// <summary>Comparisons, choice and sign against the language's own operators.</summary>
internal sealed class ComparisonTests
{
    [Property]
    public bool Relations_of_floats(float[] a, float[] b) => RelationsAreTheLanguages(a, b, float.NaN);

    [Property]
    public bool Relations_of_doubles(double[] a, double[] b) => RelationsAreTheLanguages(a, b, double.NaN);

    [Property]
    public bool Relations_of_longs(long[] a, long[] b) => RelationsAreTheLanguages(a, b, long.MinValue);

    [Property]
    public bool Relations_of_bytes(byte[] a, byte[] b) => RelationsAreTheLanguages(a, b, byte.MaxValue);

    [Property]
    public bool Select_takes_one_or_the_other(bool[] seed) =>
        Selects(seed, i => (float)i) && Selects(seed, i => (double)i) && Selects(seed, i => (long)i) && Selects(seed, i => i % 2 == 0) && Selects(seed, i => (i, -i, 2 * i));

    [TestCase(1)]
    [TestCase(16)]
    [TestCase(33)]
    public void Sign_is_minus_one_zero_or_one(int length)
    {
        Signs(length, [0f, -0f, 2.5f, -2.5f, float.Epsilon, -float.Epsilon, float.PositiveInfinity, float.NegativeInfinity, float.NaN],
            [0f, 0f, 1, -1, 1, -1, 1, -1, float.NaN]);
        Signs(length, [0d, -0d, 2.5, -2.5, double.Epsilon, -double.Epsilon, double.PositiveInfinity, double.NegativeInfinity, double.NaN],
            [0d, 0d, 1, -1, 1, -1, 1, -1, double.NaN]);
        Signs(length, [0L, 7, -7, long.MaxValue, long.MinValue], [0L, 1, -1, 1, -1]);
    }

    private static void Signs<T>(int length, T[] values, T[] expected)
        where T : unmanaged, INumber<T>
    {
        for (var k = 0; k < values.Length; k++)
        {
            var y = new T[length];
            Array.Fill(y, values[k]);
            VectorMath.Map<Signum, T>(y, y);
            Assert.That(y, Is.All.EqualTo(expected[k]), $"sign of {values[k]}");
            Assert.That(y, Is.All.Matches<T>(value => T.IsNaN(value) || T.IsNegative(value) == T.IsNegative(expected[k])), $"sign of {values[k]}");
        }
    }

    /// <summary>Over spans of 0 to 150 elements: the generated values in turn, some of them equal, some special.</summary>
    private static bool RelationsAreTheLanguages<T>(T[] seedA, T[] seedB, T special)
        where T : unmanaged, INumber<T>
    {
        var length = (11 * (seedA.Length + seedB.Length)) % 151;
        T Element(T[] seed, int i) => seed.Length == 0 || i % 13 == 5 ? special : i % 3 == 0 ? T.One : seed[i % seed.Length];
        var a = Enumerable.Range(0, length).Select(i => Element(seedA, i)).ToArray();
        var b = Enumerable.Range(0, length).Select(i => Element(seedB, i + (i % 2))).ToArray();
        return Holds<Comparison.EqualRelation>((p, q) => p == q) && Holds<Comparison.NotEqualRelation>((p, q) => p != q)
            && Holds<Comparison.LessRelation>((p, q) => p < q) && Holds<Comparison.LessOrEqualRelation>((p, q) => p <= q)
            && Holds<Comparison.GreaterRelation>((p, q) => p > q) && Holds<Comparison.GreaterOrEqualRelation>((p, q) => p >= q);

        bool Holds<TRelation>(Func<T, T, bool> expected)
            where TRelation : struct, Comparison.IRelation
        {
            var y = new bool[length];
            Comparison.Compare<TRelation, T>(a, b, y);
            return y.AsSpan().SequenceEqual(a.Zip(b, expected).ToArray());
        }
    }

    private static bool Selects<T>(bool[] seed, Func<int, T> value)
        where T : unmanaged
    {
        var condition = Enumerable.Range(0, (7 * seed.Length) % 67).Select(i => seed[i % seed.Length] ^ (i % 5 == 0)).ToArray();
        var a = condition.Select((_, i) => value(i + 1)).ToArray();
        var b = condition.Select((_, i) => value(-i)).ToArray();
        var expected = condition.Select((holds, i) => holds ? a[i] : b[i]).ToArray();
        var y = new T[condition.Length];
        Selection.Select<T>(condition, a, b, y);
        Selection.Select<T>(condition, a, b, a);
        return y.SequenceEqual(expected) && a.SequenceEqual(expected);
    }
}
