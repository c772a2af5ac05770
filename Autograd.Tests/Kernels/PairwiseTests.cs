using System.Numerics;
using Autograd.Kernels;

namespace Autograd.Tests.Kernels;

/// <summary>Functions of pairs, of runs and numbers, at every length around a vector's: the language's own operators, element by element, to the bit.</summary>
internal sealed class PairwiseTests
{
    private static readonly float[] Floats = [1.5f, -0f, 0f, float.NaN, float.PositiveInfinity, -2.25f, float.Epsilon, float.NegativeInfinity, float.MaxValue, 3, -7.125f];
    private static readonly double[] Doubles = [1.5, -0d, 0d, double.NaN, double.PositiveInfinity, -2.25, double.Epsilon, double.NegativeInfinity, double.MaxValue, 3, -7.125];
    private static readonly long[] Integers = [1, 0, -5, long.MaxValue, long.MinValue, 7, 1L << 40, -3, 12, 2, 9];

    [Test]
    public void FloatsAreTheLanguages([Range(0, 70)] int length) => AllAreTheLanguages(Floats, length, hasQuotients: true);

    [Test]
    public void DoublesAreTheLanguages([Range(0, 70)] int length) => AllAreTheLanguages(Doubles, length, hasQuotients: true);

    [Test]
    public void IntegersAreTheLanguages([Range(0, 70)] int length) => AllAreTheLanguages(Integers, length, hasQuotients: false);

    [Test]
    public void AScaledSumIsRoundedOnce([Range(0, 70)] int length)
    {
        var generator = new Random(length);
        var (a, b) = (Draw(length), Draw(length));
        var (y, inPlace) = (new double[length], b.ToArray());
        ScaledSum.Map<Run<double>, Run<double>, double>(new(a), new(b), 0.1, y);
        ScaledSum.Map<Run<double>, Run<double>, double>(new(a), new(inPlace), 0.1, inPlace);
        Assert.That(y, Is.EqualTo(a.Zip(b, (p, q) => Math.FusedMultiplyAdd(q, 0.1, p))));
        Assert.That(inPlace, Is.EqualTo(y));
        ScaledSum.Map<Number<double>, Run<double>, double>(new(2.5), new(b), 0.1, y);
        Assert.That(y, Is.EqualTo(b.Select(q => Math.FusedMultiplyAdd(q, 0.1, 2.5))));
        ScaledSum.Map<Run<double>, Number<double>, double>(new(a), new(2.5), 0.1, y);
        Assert.That(y, Is.EqualTo(a.Select(p => Math.FusedMultiplyAdd(2.5, 0.1, p))));

        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => generator.NextDouble() - 0.5)];
    }

    private static void AllAreTheLanguages<T>(T[] values, int length, bool hasQuotients)
        where T : unmanaged, INumber<T>
    {
        AreEqual<Sum, T>(values, length, (a, b) => a + b);
        AreEqual<Difference, T>(values, length, (a, b) => a - b);
        AreEqual<Product, T>(values, length, (a, b) => a * b);
        AreEqual<Greater, T>(values, length, T.Max);
        AreEqual<Smaller, T>(values, length, T.Min);
        if (hasQuotients)
        {
            AreEqual<Quotient, T>(values, length, (a, b) => a / b);
        }
    }

    private static void AreEqual<TFunction, T>(T[] values, int length, Func<T, T, T> function)
        where TFunction : struct, IPairFunction
        where T : unmanaged, INumber<T>
    {
        var a = Enumerable.Range(0, length).Select(i => values[i % values.Length]).ToArray();
        var b = Enumerable.Range(0, length).Select(i => values[(i * 3 + i / values.Length) % values.Length]).ToArray();
        var number = values[length % values.Length];
        var (y, overA, overB) = (new T[length], a.ToArray(), b.ToArray());
        Pairwise.Map<TFunction, T>(a, b, y);
        AreSame(y, a.Zip(b, function), typeof(TFunction));
        Pairwise.Map<TFunction, T>(overA, b, overA);
        AreSame(overA, y, typeof(TFunction));
        Pairwise.Map<TFunction, T>(a, overB, overB);
        AreSame(overB, y, typeof(TFunction));
        Pairwise.Map<TFunction, T>(a, number, y);
        AreSame(y, a.Select(element => function(element, number)), typeof(TFunction));
        Pairwise.Map<TFunction, T>(number, b, y);
        AreSame(y, b.Select(element => function(number, element)), typeof(TFunction));
    }

    /// <summary>Equal, zeros of one sign, NaN where NaN.</summary>
    private static void AreSame<T>(IEnumerable<T> actual, IEnumerable<T> expected, Type function)
        where T : unmanaged, INumber<T>
        => Assert.That(
            actual.Zip(expected).All(pair => pair.First == pair.Second ? T.IsNegative(pair.First) == T.IsNegative(pair.Second) : T.IsNaN(pair.First) && T.IsNaN(pair.Second)),
            $"{function.Name}: {string.Join(' ', actual)} instead of {string.Join(' ', expected)}");
}
