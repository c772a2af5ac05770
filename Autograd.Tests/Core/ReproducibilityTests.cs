using System.Runtime.InteropServices;

namespace Autograd.Tests.Core;

/// <summary>Results are equal bit for bit, whatever the number of threads, the layout of the input and its address in memory.</summary>
public class ReproducibilityTests
{
    private static readonly (string Name, Func<Tensor, Tensor> Compute)[] Computations =
    [
        ("sum of all", x => x.Sum()), ("sum of rows", x => x.Sum(1)), ("sum of columns", x => x.Sum(0)), ("mean", x => x.Mean()), ("variance", x => x.Var(0)),
        ("log of a sum", x => x.LogSumExp(1)), ("softmax", x => x.Softmax(1)), ("sum of a cube", x => x.Reshape(3, -1, x.Shape[1]).Sum([0, 2])),
        ("matrix product", x => x.MatMul(x.T)), ("other product", x => x.T.MatMul(x)), ("matrix times vector", x => x.MatMul(x[0])),
        ("elementwise", x => (x.Exp() * x + 1).Tanh() / (x[0] - 3)),
    ];

    private static IEnumerable<string> Names() => Computations.Select(c => c.Name);

    [TestCaseSource(nameof(Names))]
    public void Any_layout_gives_the_same_bits(string name)
    {
        var compute = Computations.Single(c => c.Name == name).Compute;
        foreach (var (rows, columns) in ((int, int)[])[(3, 5), (33, 17), (201, 400), (1500, 31), (3, 70000)])
        {
            foreach (var dtype in (DType[])[DType.Float32, DType.Float64])
            {
                var x = Tensor.Randn([rows, columns], dtype, generator: new Generator(1));
                if (rows == 3 && columns == 70000 && name.Contains("product"))
                {
                    x = x[.., ..700];
                }

                var expected = Bits(compute(Copy(x)));
                AssertSame(Bits(compute(Copy(x.T).T)), expected, $"transposed {x.Shape} {dtype}");
                AssertSame(Bits(compute(Copy(x.Flip()).Flip())), expected, $"backwards {x.Shape} {dtype}");
                for (var offset = 1; offset < 16; offset += 2)
                {
                    AssertSame(Bits(compute(x.Flatten().Pad([offset, 3])[offset..^3].Reshape(x.Shape))), expected, $"from element {offset} on, {x.Shape} {dtype}");
                }
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        var compute = Computations.Single(c => c.Name == name).Compute;
        var x = Tensor.Randn([720, 600], generator: new Generator(2));
        var expected = Bits(compute(x));

        // Callers that compete for the threads of the pool get one or several each, as it happens.
        foreach (var callers in (int[])[1, 2, 7])
        {
            var results = new byte[callers][];
            Parallel.For(0, callers, new ParallelOptions { MaxDegreeOfParallelism = callers }, i => results[i] = Bits(compute(x)));
            Array.ForEach(results, result => AssertSame(result, expected, $"{callers} at once"));
        }
    }

    [Test]
    public void Long_sums_of_single_precision_are_accurate([Values(10_000_000, 9_999_991)] int count)
    {
        var (random, values, exact) = (new Random(3), new float[count], 0.0);
        for (var i = 0; i < count; i++)
        {
            values[i] = random.NextSingle();
            exact += values[i];
        }

        var x = Tensor.From(values);
        Assert.That(x.Sum().Item(), Is.EqualTo(exact).Within(1e-4).Percent, "1e-6 of the sum");
        Assert.That(x.Mean().Item(), Is.EqualTo(exact / count).Within(1e-4).Percent);
        Assert.That(x.Unsqueeze(1).Expand(-1, 2).Sum(0)[1].Item(), Is.EqualTo(exact).Within(1e-4).Percent, "down the columns");
        Assert.That(x.Unsqueeze(0).Expand(2, -1).Sum(1)[1].Item(), Is.EqualTo(exact).Within(1e-4).Percent, "along the rows");
        Assert.That(Tensor.Full([count], 0.1f, DType.Float32).Sum().Item(), Is.EqualTo((double)0.1f * count).Within(1e-4).Percent, "all alike");
    }

    [Test]
    public void Long_inner_products_of_single_precision_are_accurate()
    {
        var random = new Random(4);
        float[] values = [.. Enumerable.Range(0, 4_000_000).Select(_ => random.NextSingle())];
        var exact = values.Sum(value => (double)value);
        var (x, ones) = (Tensor.From(values), Tensor.Ones([values.Length]));
        Assert.That(x.MatMul(ones).Item(), Is.EqualTo(exact).Within(3e-4).Percent, "3e-6 of the product; one running sum is off by 1.5e-5");
    }

    private static void AssertSame(byte[] actual, byte[] expected, string how) => Assert.That(actual.AsSpan().SequenceEqual(expected), how);

    private static Tensor Copy(Tensor x)
        => x.DType == DType.Float32 ? Tensor.From(x.ToArray<float>(), x.Shape) : Tensor.From(x.ToArray<double>(), x.Shape);

    private static byte[] Bits(Tensor y)
        => y.DType == DType.Float32 ? MemoryMarshal.AsBytes(y.AsSpan<float>()).ToArray() : MemoryMarshal.AsBytes(y.AsSpan<double>()).ToArray();
}
