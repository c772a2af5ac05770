namespace Autograd.NN;

/// <summary>The numbers of a layer's window.</summary>
internal static class Sizes
{
    /// <summary>One number above 0 for each of <paramref name="rank"/> dimensions.</summary>
    public static int[] Of(SpatialSizes sizes, int rank, string layer, string name)
    {
        int[] numbers = [.. sizes];
        numbers = numbers.Length == 1 ? [.. Enumerable.Repeat(numbers[0], rank)] : numbers;
        return numbers.Length == rank && !Array.Exists(numbers, size => size < 1)
            ? numbers
            : throw new ArgumentException($"{layer}: {name} {sizes} must be one number above 0, or {rank} of them.", name);
    }
}
