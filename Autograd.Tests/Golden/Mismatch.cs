using System.Globalization;

namespace Autograd.Tests.Golden;

/// <summary>One way in which a result is not what the reference data say.</summary>
/// <param name="Quantity">What differs.</param>
/// <param name="Text">Where, what was expected, and what came out.</param>
/// <param name="Elements">How many elements differ; a wrong shape or an error counts as one.</param>
internal sealed record Mismatch(Quantity Quantity, string Text, int Elements = 1)
{
    /// <summary>Compares a tensor with the expected one; null if it passes.</summary>
    /// <param name="golden">The case.</param>
    /// <param name="quantity">What is compared.</param>
    /// <param name="number">The number of the tensor among those of its kind.</param>
    /// <param name="expected">What PyTorch has.</param>
    /// <param name="got">What came out.</param>
    public static Mismatch? Find(GoldenCase golden, Quantity quantity, int number, GoldenTensor expected, Tensor got)
    {
        var what = $"{quantity} {number}";
        if (!got.Shape.AsSpan().SequenceEqual(expected.Sizes))
        {
            return new(quantity, $"{what}: shape {got.Shape}, expected [{string.Join(", ", expected.Sizes)}]");
        }

        if (got.DType != expected.DType)
        {
            return new(quantity, $"{what}: {got.DType}, expected {expected.DType}");
        }

        var tolerance = Tolerance.For(golden, quantity, expected);
        var values = got.To(DType.Float64).ToArray<double>();
        int[] wrong = [.. Enumerable.Range(0, values.Length).Where(i => !tolerance.Accepts(expected.Values[i], values[i]))];
        return wrong.Length == 0 ? null : new(quantity, string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {wrong.Length} of {values.Length} elements differ, first {expected.Place(wrong[0])}: expected {expected.Values[wrong[0]]:R}, got {values[wrong[0]]:R}, difference {values[wrong[0]] - expected.Values[wrong[0]]:G3}, allowed {tolerance.At(expected.Values[wrong[0]]):G3}"), wrong.Length);
    }
}
