using System.Reflection;
using System.Runtime.InteropServices;

namespace Autograd.Tests.Core;

/// <summary>The bits of an element depend on its values alone: not on the length of the tensor, its place in memory, tiles, chunks or threads.</summary>
public class ElementwiseBitsTests
{
    /// <summary>Elements of a chunk: what one thread works on.</summary>
    private const int Chunk = 32 * 2048;

    private static readonly double[] Special =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 2, 3, 1e-40, -1e-40, 1e-300, 1e30, -1e30, 1e300, -1e300, 88.5, -88.5, 89, 709.5, 750, -750, 1e5, 123456.789, 1e10,
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, float.MaxValue, double.MaxValue, long.MaxValue, -9.3e18,
    ];

    private static IEnumerable<MethodInfo> Unary => ElementwiseMethods.Unary;

    private static IEnumerable<MethodInfo> Binary => ElementwiseMethods.Binary;

    [Test]
    public void The_operations_are_found()
    {
        Assert.That(Unary.Select(method => method.Name), Is.SupersetOf(new[] { "Exp", "Log1p", "Erfc", "Atanh", "Rsqrt", "Sign", "Round", "Relu", "Gelu", "IsNaN", "LogicalNot", "Sinc", "Neg" }));
        Assert.That(Binary.Select(method => method.Name), Is.SupersetOf(new[] { "op_Addition", "Div", "Pow", "Atan2", "Maximum", "op_LessThan", "Eq", "LogicalXor" }));
    }

    [TestCaseSource(nameof(Unary))]
    public void A_unary_operation_gives_the_same_bits_anywhere(MethodInfo method)
        => AssertSameBitsAnywhere((a, _) => method.Of(a));

    [TestCaseSource(nameof(Binary))]
    public void A_binary_operation_gives_the_same_bits_anywhere(MethodInfo method)
        => AssertSameBitsAnywhere((a, b) => method.Of(a, b));

    [Test]
    public void Choices_and_conversions_give_the_same_bits_anywhere()
    {
        AssertSameBitsAnywhere((a, b) => Tensor.Where(a > b, a, b));
        AssertSameBitsAnywhere((a, b) => a.Clamp(b, null));
        AssertSameBitsAnywhere((a, _) => a.Clamp(-0.5, 2.5));
        foreach (var dtype in Enum.GetValues<DType>())
        {
            AssertSameBitsAnywhere((a, _) => a.To(dtype));
        }
    }

    [TestCaseSource(nameof(LargeOperations))]
    public void Chunks_and_tiles_meet_without_a_gap(string name, Func<Tensor, Tensor, Tensor> operation, Func<double, double, double> expected)
    {
        _ = name;
        foreach (var (rows, columns) in ((int, int)[])[(1, Chunk - 1), (1, Chunk), (1, Chunk + 1), (3, Chunk), (257, 1021), (2049, 96), (1, (3 * Chunk) + 5)])
        {
            var values = Enumerable.Range(0, rows * columns).Select(i => (i % 1009) - 500.0).ToArray();
            var (x, row, column) = (Tensor.From(values, [rows, columns]), Tensor.From(values.AsSpan(0, columns)), Tensor.From(values.AsSpan(0, rows), [rows, 1]));
            Check(operation(x, x), i => expected(values[i], values[i]));
            Check(operation(x, row), i => expected(values[i], values[i % columns]));
            Check(operation(column, x), i => expected(values[i / columns], values[i]));
            Check(operation(column, row), i => expected(values[i / columns], values[i % columns]));
            Check(operation(x, Tensor.From(7.0, DType.Float64)), i => expected(values[i], 7));
            Check(operation(x.Flip(), x), i => expected(values[^(i + 1)], values[i]));
            Check(operation(x.Reshape(columns, rows).T, x), i => expected(values[(i % columns * rows) + (i / columns)], values[i]));

            void Check(Tensor y, Func<int, double> value)
            {
                Assert.That(y.Shape, Is.EqualTo(x.Shape));
                var actual = y.AsSpan<double>();
                for (var i = 0; i < actual.Length; i++)
                {
                    if (actual[i] != value(i))
                    {
                        Assert.Fail($"[{rows}, {columns}]: element {i} is {actual[i]}, not {value(i)}");
                    }
                }
            }
        }
    }

    private static IEnumerable<TestCaseData> LargeOperations()
    {
        yield return Case("Sub", (a, b) => a - b, (a, b) => a - b);
        yield return Case("Maximum", (a, b) => a.Maximum(b), Math.Max);
        yield return Case("Where", (a, b) => Tensor.Where(a > 0, a, b), (a, b) => a > 0 ? a : b);
        yield return Case("Lt", (a, b) => (a < b).To(DType.Float64), (a, b) => a < b ? 1 : 0);

        static TestCaseData Case(string name, Func<Tensor, Tensor, Tensor> operation, Func<double, double, double> expected) => new TestCaseData(name, operation, expected).SetArgDisplayNames(name);
    }

    private static void AssertSameBitsAnywhere(Func<Tensor, Tensor, Tensor> operation)
    {
        AssertSameBits<float>(operation, value => (float)value);
        AssertSameBits<double>(operation, value => value);
    }

    private static void AssertSameBits<T>(Func<Tensor, Tensor, Tensor> operation, Func<double, T> convert)
        where T : unmanaged
    {
        // Every pair of special values, then ordinary ones of many magnitudes.
        var random = new Random(1);
        double[] ordinary = [.. Enumerable.Range(0, 150).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-3, 4)))];
        T[] first = [.. Special.SelectMany(_ => Special).Concat(ordinary).Select(convert)], second = [.. Special.SelectMany(s => Special.Select(_ => s)).Concat(ordinary.Reverse()).Select(convert)];
        var (a, b) = (From(first), From(second));
        var whole = Bits(operation(a, b));
        var size = whole.Length / first.Length;
        for (var length = 1; length <= 33; length++)
        {
            for (var start = 0; start + length <= first.Length; start += Math.Max(1, length - 3))
            {
                var (u, v) = (a[start..(start + length)], b[start..(start + length)]);
                AssertBits(operation(u, v), start, length, "part");
                if (start % 7 == 0)
                {
                    AssertBits(operation(From(first[start..(start + length)]), v), start, length, "copy and part");
                    AssertBits(operation(u.Flip().Reshape(1, length).T, v.Flip().Unsqueeze(1)).Reshape(-1).Flip(), start, length, "reversed");
                    AssertBits(operation(u.Expand(3, length), v)[2], start, length, "broadcast");
                }
            }
        }

        void AssertBits(Tensor y, int start, int length, string how)
        {
            if (!Bits(y).AsSpan().SequenceEqual(whole.AsSpan(start * size, length * size)))
            {
                Assert.Fail($"{typeof(T).Name}, {how}, elements {start} to {start + length - 1}: a = {u(first)}, b = {u(second)}: {y} instead of {operation(a, b)[start..(start + length)]}");
            }

            string u(T[] values) => string.Join(", ", values[start..(start + length)]);
        }
    }

    private static Tensor From<T>(T[] values) => values is float[] single ? Tensor.From(single) : Tensor.From((double[])(object)values);

    private static byte[] Bits(Tensor y) => y.DType switch
    {
        DType.Float32 => MemoryMarshal.AsBytes(y.AsSpan<float>()).ToArray(),
        DType.Float64 => MemoryMarshal.AsBytes(y.AsSpan<double>()).ToArray(),
        DType.Int64 => MemoryMarshal.AsBytes(y.AsSpan<long>()).ToArray(),
        _ => MemoryMarshal.AsBytes(y.AsSpan<bool>()).ToArray(),
    };
}
