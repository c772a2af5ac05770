namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>Inputs that both sides compute alike, bit for bit: integer arithmetic modulo 2³², one conversion to double, one rounding to the element type.</summary>
internal static class Inputs
{
    /// <summary>Numbers offset + scale·u, u evenly spread over [−1, 1).</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="phase">Tells the inputs of a workload apart.</param>
    /// <param name="scale">Half the width of the range.</param>
    /// <param name="offset">Its middle.</param>
    public static Tensor Numbers(ReadOnlySpan<int> shape, DType dtype, int phase, double scale = 1, double offset = 0)
    {
        var count = Count(shape);
        if (dtype == DType.Float32)
        {
            var values = new float[count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (float)(offset + (scale * Unit(i, phase)));
            }

            return Tensor.From(values, [count]).Reshape(shape);
        }

        var wide = new double[count];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = offset + (scale * Unit(i, phase));
        }

        return Tensor.From(wide, [count]).Reshape(shape);
    }

    /// <summary>Class numbers 0 to <paramref name="classes"/> − 1.</summary>
    public static Tensor Classes(int count, int classes, int phase)
    {
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = Hash(i, phase) % (uint)classes;
        }

        return Tensor.From(values, [count]);
    }

    /// <summary>Weights [outputs, inputs] and biases [outputs] of each layer of a perceptron, in ±1/√inputs.</summary>
    public static IEnumerable<Tensor> Weights(int[] sizes, DType dtype)
    {
        for (var i = 1; i < sizes.Length; i++)
        {
            var bound = 1 / Math.Sqrt(sizes[i - 1]);
            yield return Numbers([sizes[i], sizes[i - 1]], dtype, phase: 2 * i, scale: bound);
            yield return Numbers([sizes[i]], dtype, phase: (2 * i) + 1, scale: bound);
        }
    }

    /// <summary>The product of the sizes.</summary>
    public static int Count(ReadOnlySpan<int> shape)
    {
        var count = 1;
        foreach (var size in shape)
        {
            count = checked(count * size);
        }

        return count;
    }

    /// <summary>u = 2h/2³² − 1.</summary>
    private static double Unit(int index, int phase) => (Hash(index, phase) / 2147483648.0) - 1;

    /// <summary>A multiply-xorshift hash of the index, in the manner of MurmurHash3's finalizer (Appleby 2011), with factors below 2³¹ so that 64-bit signed arithmetic does not overflow.</summary>
    private static uint Hash(int index, int phase)
    {
        var h = ((uint)index + (uint)(phase * 1000003)) * 1640531527u;
        h ^= h >> 15;
        h *= 739982445u;
        h ^= h >> 13;
        h *= 1103515245u;
        return h ^ (h >> 16);
    }
}
