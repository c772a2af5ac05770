using Autograd.Kernels;

namespace Autograd.Tests.Kernels;

/// <summary>Folds of runs, rows and columns, at every length around those where their loops change.</summary>
internal sealed class FoldingTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 70), 127, 128, 129, 255, 256, 300, 1023, 1024, 1025, 5000];

    [TestCaseSource(nameof(Lengths))]
    public void WholeNumbersAreAddedExactly(int length)
    {
        var x = Enumerable.Range(0, length).Select(i => (i * 7919L % 1001) - 500).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(Folding.Sum<long>(x), Is.EqualTo(x.Sum()));
            Assert.That(Folding.Sum<float>(Array.ConvertAll(x, value => (float)value)), Is.EqualTo((float)x.Sum()));
            Assert.That(Folding.LongSum<double>(Array.ConvertAll(x, value => (double)value)), Is.EqualTo((double)x.Sum()));
            Assert.That(Folding.LongSumOfSquares<double>(Array.ConvertAll(x, value => (double)value)), Is.EqualTo((double)x.Sum(value => value * value)));
            Assert.That(Folding.Max<long>(x), Is.EqualTo(x.Max()));
            Assert.That(Folding.Min<double>(Array.ConvertAll(x, value => (double)value)), Is.EqualTo((double)x.Min()));
        });
    }

    [TestCaseSource(nameof(Lengths))]
    public void ANaNAnywhereIsTheGreatestAndTheSmallest(int length)
    {
        for (var place = 0; place < length; place += Math.Max(1, length / 9))
        {
            var x = new float[length];
            Array.Fill(x, float.PositiveInfinity);
            x[place] = float.NaN;
            Assert.That(Folding.Max<float>(x), Is.NaN, $"at {place}");
            Assert.That(Folding.Min<float>(x), Is.NaN, $"at {place}");
        }
    }

    [TestCaseSource(nameof(Lengths))]
    public void RowsAndColumnsAreFoldsOfThem(int length)
    {
        const int Rows = 5;
        var generator = new Random(length);
        var x = Enumerable.Range(0, Rows * length).Select(_ => (float)generator.NextDouble()).ToArray();
        var (byRow, byColumn) = (new float[Rows], new float[length]);
        Folding.Rows<Sum, float>(x, length, byRow);
        Folding.Columns<Sum, float>(x, Rows, byColumn);
        Assert.That(byRow, Is.EqualTo(Enumerable.Range(0, Rows).Select(row => Folding.Sum<float>(x.AsSpan(row * length, length)))));
        Assert.That(byColumn, Is.EqualTo(Enumerable.Range(0, length).Select(column => Enumerable.Range(1, Rows - 1).Aggregate(x[column], (sum, row) => sum + x[(row * length) + column]))));
    }

    [Test]
    public void TheSumOfNothingIsZero() => Assert.That(Folding.Sum<float>([]), Is.Zero);

    [Test]
    public void ALongSumDoesNotLoseWhatItAdds()
    {
        var x = new float[20_000_000];
        Array.Fill(x, 0.1f);
        Assert.That(Folding.LongSum<float>(x), Is.EqualTo((float)(20_000_000 * (double)0.1f)).Within(1).Ulps);
    }
}
