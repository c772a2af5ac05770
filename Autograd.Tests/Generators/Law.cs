using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Generators;

/// <summary>Checks that something holds for random samples. A failure shows the smallest sample found, the exception, and the seed to repeat it with.</summary>
internal static class Law
{
    /// <summary>Throws unless <paramref name="law"/> returns, without an exception, for every sample.</summary>
    /// <param name="samples">Where samples come from, and how they are made smaller.</param>
    /// <param name="law">Throws if it does not hold. It must not use <c>Assert</c>, which records the failure of every step of shrinking.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="replay">The seed that a failure printed, as <c>"(1234,5678,90)"</c>: two numbers and the size.</param>
    public static void Holds<T>(Arbitrary<T> samples, Action<T> law, int count = 100, string? replay = null)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithStartSize(5).WithEndSize(50);
        if (replay is not null)
        {
            var numbers = replay.Trim('(', ')').Split(',');
            var size = numbers.Length > 2 ? int.Parse(numbers[2], CultureInfo.InvariantCulture) : 5;
            config = config.WithReplay(ulong.Parse(numbers[0], CultureInfo.InvariantCulture), ulong.Parse(numbers[1], CultureInfo.InvariantCulture), size);
        }

        Prop.ForAll(samples, law).Check(config);
    }

    /// <inheritdoc cref="Holds{T}(Arbitrary{T}, Action{T}, int, string?)"/>
    public static void Holds<T>(Gen<T> samples, Action<T> law, int count = 100, string? replay = null) => Holds(Arb.From(samples), law, count, replay);

    /// <summary>Throws, with both, unless two tensors have the same shape, the same type and the same values to rounding.</summary>
    public static void Equal(Tensor actual, Tensor expected, string what, double tolerance = 1e-12)
    {
        if (actual.Shape != expected.Shape || actual.DType != expected.DType || !actual.AllClose(expected, tolerance, tolerance, equalNaN: true))
        {
            throw new LawBrokenException($"{what}:\nexpected {expected}\nactual   {actual}");
        }
    }

    /// <summary>Throws, with both, unless two numbers are the same to rounding.</summary>
    public static void Equal(double actual, double expected, string what, double tolerance = 1e-12)
    {
        if (!(Math.Abs(actual - expected) <= tolerance * (1 + Math.Abs(expected))))
        {
            throw new LawBrokenException(string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected:R}, actual {actual:R}"));
        }
    }
}

/// <summary>A law that does not hold for a sample.</summary>
internal sealed class LawBrokenException(string message) : Exception(message);
