using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autograd.Display;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Display;

/// <summary>What is printed can be read back: the shape exactly, the numbers within half a unit of the last printed digit.</summary>
public sealed partial class RoundTripTests
{
    public sealed record Sample(int[] Sizes, double[] Values);

    public static class Samples
    {
        private static readonly Gen<double> AnyMagnitude =
            from mantissa in Gen.Choose(-1_000_000_000, 1_000_000_000)
            from exponent in Gen.Choose(-30, 30)
            select mantissa * Math.Pow(10, exponent);

        private static readonly Gen<double> Value = Gen.OneOf(
            Gen.Choose(-500, 500).Select(n => (double)n),
            Gen.Choose(-50_000_000, 50_000_000).Select(n => n / 1e6),
            AnyMagnitude,
            Gen.Elements(0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity));

        // One kind of values for the most part, or nearly every tensor would be scientific.
        private static readonly Gen<Gen<double>> Kind = Gen.Elements(
            Gen.Choose(-500, 500).Select(n => (double)n), Gen.Choose(1_000, 900_000).Select(n => n / 1e3), Value);

        public static Arbitrary<Sample> Arbitrary() => Arb.From(
            from rank in Gen.Choose(0, 4)
            from sizes in Gen.Choose(1, 4).ArrayOf(rank)
            from kind in Kind
            from values in kind.ArrayOf(sizes.Aggregate(1, (product, size) => product * size))
            select new Sample(sizes, values));
    }

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Samples)], MaxTest = 500)]
    public void Doubles_are_read_back(Sample sample) =>
        Check(TensorFormatter.Format<double>(sample.Values, sample.Sizes, default), sample);

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Samples)], MaxTest = 500)]
    public void Floats_are_read_back(Sample sample)
    {
        var values = Array.ConvertAll(sample.Values, value => (float)value);
        Check(TensorFormatter.Format<float>(values, sample.Sizes, default), sample with { Values = Array.ConvertAll(values, value => (double)value) });
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Integers_are_read_back(long[] values)
    {
        var text = TensorFormatter.Format<long>(values, [values.Length], default);
        Assert.That(Number().Matches(text).Select(match => long.Parse(match.Value, CultureInfo.InvariantCulture)), Is.EqualTo(values));
    }

    private static void Check(string text, Sample sample)
    {
        Assert.That(SizesOf(text), Is.EqualTo(sample.Sizes), text);

        var numbers = Number().Matches(text);
        Assert.That(numbers, Has.Count.EqualTo(sample.Values.Length), text);
        AssertAligned(text, sample.Sizes.Length);
        for (var i = 0; i < numbers.Count; i++)
        {
            var (value, parsed) = (sample.Values[i], Parse(numbers[i].Value));
            Assert.That(double.IsNegative(parsed) == double.IsNegative(value) || double.IsNaN(value), text);
            if (double.IsFinite(value))
                Assert.That(Math.Abs(parsed - value), Is.LessThanOrEqualTo(HalfUnit(numbers[i].Value) + 1e-14 * Math.Abs(value)), text);
            else
                Assert.That(parsed, Is.EqualTo(value), text);
        }
    }

    /// <summary>Cells of one width, two columns apart, stand after as many columns as there are dimensions.</summary>
    private static void AssertAligned(string text, int rank)
    {
        var width = Number().Matches(text).Max(match => match.Length);
        foreach (var line in text.Split('\n'))
            Assert.That(Number().Matches(line).Select(match => (match.Index + match.Length - rank + 2) % (width + 2)), Is.All.Zero, text);
    }

    private static double Parse(string number) => number switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(number, CultureInfo.InvariantCulture),
    };

    private static double HalfUnit(string number)
    {
        var exponent = number.IndexOf('e', StringComparison.Ordinal);
        if (exponent >= 0)
            return 0.5e-4 * Math.Pow(10, int.Parse(number[(exponent + 1)..], CultureInfo.InvariantCulture));
        return number.EndsWith('.') ? 0 : 0.5e-4;
    }

    private static int[] SizesOf(string text)
    {
        using var nested = JsonDocument.Parse(Number().Replace(text, "0"));
        return SizesOf(nested.RootElement);
    }

    private static int[] SizesOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
            return [];
        var entries = element.EnumerateArray().Select(SizesOf).ToList();
        Assert.That(entries, Is.All.EqualTo(entries[0]), "every entry of a dimension has the same shape");
        return [entries.Count, .. entries[0]];
    }

    [GeneratedRegex(@"-?(?:nan|inf|\d+(?:\.\d*)?(?:e[+-]\d+)?)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
