namespace Autograd.Benchmarks.Comparison;

/// <summary>What one step takes on any machine: the arithmetic, and the bytes that must be read or written even if everything is fused.</summary>
/// <param name="Flops">Floating-point operations; +, −, ×, ÷, √ and comparisons count as one, other functions as <see cref="Transcendental"/>.</param>
/// <param name="Bytes">Each input and each result once.</param>
internal readonly record struct Cost(double Flops, double Bytes)
{
    /// <summary>What an elementary function takes: about the length of its range reduction and polynomial.</summary>
    public const double Transcendental = 20;
}
