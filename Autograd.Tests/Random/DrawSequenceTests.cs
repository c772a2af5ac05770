using FsCheck;

namespace Autograd.Tests.RandomNumbers;

public class DrawSequenceTests
{
    // Half of the attempts are rejected: 2⁶⁴ mod (2⁶³ + 1) = 2⁶³ − 1.
    private const long RejectingLow = long.MinValue;
    private const long RejectingHigh = 1;

    private delegate void Fill<T>(DrawSequence sequence, Span<T> values, long first);

    [Property]
    public bool Any_partition_gives_the_same_bits(ulong seed, ulong start, NonNegativeInt cut1, NonNegativeInt cut2, PositiveInt rest)
    {
        int[] lengths = [cut1.Get * 7, cut2.Get * 13, rest.Get];
        var sequence = new DrawSequence(seed, start);
        return SameInParts<ulong>(sequence, lengths, static (s, values, first) => s.Fill(values, first))
            && SameInParts<float>(sequence, lengths, static (s, values, first) => s.FillUniform(values, first))
            && SameInParts<double>(sequence, lengths, static (s, values, first) => s.FillUniform(values, first))
            && SameInParts<float>(sequence, lengths, static (s, values, first) => s.FillNormal(values, first))
            && SameInParts<double>(sequence, lengths, static (s, values, first) => s.FillNormal(values, first))
            && SameInParts<long>(sequence, lengths, static (s, values, first) => s.FillIntegers(values, RejectingLow, RejectingHigh, first));
    }

    [Test]
    public void Elements_do_not_depend_on_how_many_are_asked_for()
    {
        const int most = 600;
        for (var length = 0; length < most; length += 37)
        {
            AssertPrefix<float>(length, most, static (generator, values) => generator.FillUniform(values));
            AssertPrefix<double>(length, most, static (generator, values) => generator.FillUniform(values));
            AssertPrefix<float>(length, most, static (generator, values) => generator.FillNormal(values));
            AssertPrefix<double>(length, most, static (generator, values) => generator.FillNormal(values));
            AssertPrefix<long>(length, most, static (generator, values) => generator.FillIntegers(values, RejectingLow, RejectingHigh));
        }
    }

    [Test]
    public void Float32_elements_are_the_float64_elements_of_less_precision()
    {
        var sequence = new DrawSequence(3, 9);
        var (single, @double) = (new float[1000], new double[1000]);
        sequence.FillUniform(single.AsSpan());
        sequence.FillUniform(@double.AsSpan());
        Assert.That(single, Is.EqualTo(@double.Select(value => (float)(Math.Floor(value * (1 << 24)) / (1 << 24)))));
        Assert.That(@double.Any(value => value != (float)value), "float64 uniforms have more bits");
        sequence.FillNormal(single.AsSpan());
        sequence.FillNormal(@double.AsSpan());
        Assert.That(single, Is.EqualTo(@double.Select(value => (float)value)));
    }

    [Test]
    public void Uniforms_are_the_leading_bits_of_the_draws()
    {
        var sequence = new DrawSequence(3, 9);
        var (draws, values) = (new ulong[100], new double[100]);
        sequence.Fill(draws);
        sequence.FillUniform(values.AsSpan());
        Assert.That(values.Select(value => (ulong)(value * (1L << 53))), Is.EqualTo(draws.Select(draw => draw >> 11)));
    }

    [Test]
    public void The_draws_wrap_around_at_the_end_of_the_counter()
    {
        var draws = new ulong[6];
        new DrawSequence(1, ulong.MaxValue).Fill(draws);
        var beginning = new ulong[4];
        new DrawSequence(1, 0).Fill(beginning);
        Assert.That(draws[2..], Is.EqualTo(beginning));
    }

    private static bool SameInParts<T>(DrawSequence sequence, int[] lengths, Fill<T> fill)
        where T : unmanaged
    {
        var (whole, parts) = (new T[lengths.Sum()], new T[lengths.Sum()]);
        fill(sequence, whole, 0);
        var end = parts.Length;
        foreach (var length in lengths)     // backwards, since order must not matter either
        {
            fill(sequence, parts.AsSpan(end - length, length), end - length);
            end -= length;
        }
        return parts.AsSpan().SequenceEqual(whole);
    }

    private static void AssertPrefix<T>(int length, int most, Action<Generator, Span<T>> fill)
        where T : unmanaged
    {
        var (some, all) = (new T[length], new T[most]);
        fill(new Generator(11), some);
        fill(new Generator(11), all);
        Assert.That(some, Is.EqualTo(all[..length]));
    }
}
