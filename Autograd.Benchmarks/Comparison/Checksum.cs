namespace Autograd.Benchmarks.Comparison;

/// <summary>What is compared of a tensor: enough to notice a wrong value, a missing one, and values at wrong places.</summary>
/// <param name="Name">What the tensor is.</param>
/// <param name="Count">The number of elements.</param>
/// <param name="Sum">Σ x, in double precision.</param>
/// <param name="Squares">Σ x².</param>
/// <param name="Weighted">Σ w x with the weights wᵢ = (7919 i mod 1009)/1009, which notices exchanged elements.</param>
/// <param name="Samples">Up to 16 elements, evenly spaced, the first and the last among them.</param>
internal sealed record Checksum(string Name, int Count, double Sum, double Squares, double Weighted, double[] Samples)
{
    private const int SampleCount = 16;

    /// <summary>The checksum of a tensor.</summary>
    public static Checksum Of(string name, Tensor tensor)
    {
        var values = tensor.To(DType.Float64).AsSpan<double>();
        double sum = 0, squares = 0, weighted = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i];
            squares += values[i] * values[i];
            weighted += (7919L * i % 1009 / 1009.0) * values[i];
        }

        var samples = new double[Math.Min(SampleCount, values.Length)];
        for (var k = 0; k < samples.Length; k++)
        {
            samples[k] = values[samples.Length == 1 ? 0 : (int)((long)k * (values.Length - 1) / (samples.Length - 1))];
        }

        return new(name, values.Length, sum, squares, weighted, samples);
    }

    /// <summary>Whether there is no infinity and no NaN.</summary>
    public bool IsFinite => double.IsFinite(Squares) && double.IsFinite(Sum);

    /// <summary>What differs from another checksum by more than rounding; null if nothing does.</summary>
    /// <param name="other">The peer's.</param>
    /// <param name="tolerance">The allowed difference of an element in units of the root mean square; of a sum, in units of the greatest sum that such elements could have.</param>
    public string? DifferenceFrom(Checksum other, double tolerance)
    {
        if (Name != other.Name || Count != other.Count)
        {
            return FormattableString.Invariant($"{Name} of {Count} elements here, {other.Name} of {other.Count} there");
        }

        // |Σ x| ≤ √(n Σ x²), by Cauchy and Schwarz: so large the sum would be without cancellation.
        var squares = Math.Max(Squares, other.Squares);
        var sumScale = Math.Sqrt(Count * squares);
        var elementScale = Math.Sqrt(squares / Math.Max(1, Count));
        return Compare("Σx", Sum, other.Sum, sumScale)
            ?? Compare("Σx²", Squares, other.Squares, squares)
            ?? Compare("Σwx", Weighted, other.Weighted, sumScale)
            ?? Samples.Zip(other.Samples).Select((pair, k) => Compare($"sample {k}", pair.First, pair.Second, Math.Max(elementScale, Math.Abs(pair.First)))).FirstOrDefault(found => found is not null);

        string? Compare(string what, double here, double there, double scale)
            => here.Equals(there) || Math.Abs(here - there) <= tolerance * scale ? null
                : FormattableString.Invariant($"{Name}: {what} is {here:G9} here, {there:G9} there ({Math.Abs(here - there) / scale:0.0e+0} of its scale, {tolerance:0.0e+0} allowed)");
    }

    public bool Equals(Checksum? other)
        => other is not null && Name == other.Name && Count == other.Count && Sum.Equals(other.Sum) && Squares.Equals(other.Squares)
            && Weighted.Equals(other.Weighted) && Samples.AsSpan().SequenceEqual(other.Samples);

    public override int GetHashCode() => HashCode.Combine(Name, Count, Sum, Squares);
}
