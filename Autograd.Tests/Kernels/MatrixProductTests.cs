using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Autograd.Kernels;
using Autograd.Tests.Generators;

namespace Autograd.Tests.Kernels;

/// <summary>The matrix product on every kind of register, to the bit: against sums written out in the order that the kernel promises, and these against sums in double precision.</summary>
internal sealed class MatrixProductTests
{
    private delegate void Product<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c, bool add)
        where T : unmanaged;

    [Test]
    public void Every_register_gives_the_promised_bits([Values(DType.Float32, DType.Float64, DType.Int64)] DType dtype)
        => Law.Holds(ProductCase.Arbitrary, dtype switch { DType.Float32 => Check<float>, DType.Float64 => Check<double>, _ => Check<long> }, count: 150);

    [TestCase(1, 1, 256)]
    [TestCase(1, 1, 257)]
    [TestCase(1, 1, 8192)]
    [TestCase(1, 1, 8193)]
    [TestCase(1, 1, 20000)]
    [TestCase(1, 70, 8200)]
    [TestCase(70, 1, 8200)]
    [TestCase(3, 17, 8200)]
    [TestCase(150, 20, 8200)]
    [TestCase(13, 520, 8200)]
    [TestCase(1, 1500, 300)]
    [TestCase(1, 1030, 5)]
    [TestCase(37, 1, 1000)]
    [TestCase(1, 37, 784)]
    [TestCase(9, 1, 700)]
    [TestCase(5, 1, 700)]
    [TestCase(3, 1, 2100)]
    [TestCase(16, 1, 5000)]
    [TestCase(90, 1, 19)]
    [TestCase(145, 513, 3)]
    [TestCase(145, 33, 513)]
    [TestCase(25, 1025, 257)]
    [TestCase(700, 4, 9)]
    [TestCase(700, 3, 300)]
    public void Sizes_past_the_edges_of_blocks(int rows, int columns, int depth)
    {
        for (var seed = 0; seed < 6; seed++)
        {
            Check<float>(new(rows, columns, depth, seed));
            Check<double>(new(rows, columns, depth, seed));
        }
    }

    [Test]
    public void Blocks_of_a_result_have_its_bits()
    {
        var random = new Random(5);
        for (var round = 0; round < 20; round++)
        {
            var (m, n, k) = (random.Next(1, 90), random.Next(1, 200), random.Next(1, 600));
            var a = new PlacedMatrix<float>(m, k, random, canRepeat: true);
            var b = new PlacedMatrix<float>(k, n, random, canRepeat: true);
            var (whole, pieces) = (new float[m * n], new float[m * n]);
            MatrixProduct.Multiply(a.Matrix, b.Matrix, new(ref whole[0], new(m, n), new(n, 1)));
            var (height, width) = (random.Next(1, m + 1), random.Next(1, n + 1));
            for (var i = 0; i < m; i += height)
            {
                for (var j = 0; j < n; j += width)
                {
                    var (rows, columns) = (Math.Min(height, m - i), Math.Min(width, n - j));
                    var block = new Matrix<float>(ref pieces[0], new(m, n), new(n, 1)).Block(i, rows, j, columns);
                    MatrixProduct.Multiply(a.Matrix.Block(i, rows, 0, k), b.Matrix.Block(0, k, j, columns), block);
                }
            }

            Assert.That(pieces, Is.EqualTo(whole), $"{m}×{n}×{k} in blocks of {height}×{width}");
        }
    }

    [Test]
    public void Sums_are_as_accurate_as_their_chains_are_short()
    {
        var random = new Random(6);
        foreach (var k in (int[])[10, 100, 1000, 10_000, 1_000_000])
        {
            var (a, b, y) = (new float[k], new float[k], new float[1]);
            var (exact, magnitude) = (0.0, 0.0);
            for (var p = 0; p < k; p++)
            {
                (a[p], b[p]) = (random.NextSingle(), random.NextSingle());
                exact += (double)a[p] * b[p];
                magnitude += Math.Abs((double)a[p] * b[p]);
            }

            MatrixProduct.Multiply(new Matrix<float>(ref a[0], new(1, k), new(k, 1)), new(ref b[0], new(k, 1), new(1, 1)), new(ref y[0], new(1, 1), new(1, 1)));

            // Each of the three levels of a sum adds an error of at most half a unit for each of its terms (Higham, Accuracy and Stability of Numerical Algorithms, 2002, 3.1).
            double terms = Math.Min(k, 256) + Math.Min(32, (k / 256) + 1) + (k / 8192) + 1;
            Assert.That(y[0], Is.EqualTo(exact).Within(terms * Math.ScaleB(1, -24) * magnitude), $"{k} terms");
        }
    }

    [Test]
    public void Zero_times_NaN_and_zero_times_infinity_are_NaN()
    {
        foreach (var (name, product) in Products<float>())
        {
            foreach (var (m, n, k) in ((int, int, int)[])[(1, 1, 1), (1, 20, 3), (20, 1, 3), (13, 33, 5), (5, 3, 2)])
            {
                foreach (var special in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
                {
                    var (a, b, c) = (new float[m * k], new float[k * n], new float[m * n]);
                    a[^1] = special;
                    product(new(ref a[0], new(m, k), new(k, 1)), new(ref b[0], new(k, n), new(n, 1)), new(ref c[0], new(m, n), new(n, 1)), add: false);
                    Assert.That(c[^n..], Is.All.NaN, $"{name}, {m}×{n}×{k}");
                    Assert.That(c[..^n], Is.All.Zero, $"{name}, {m}×{n}×{k}: the other rows");
                }
            }
        }
    }

    /// <summary>The machine's own choice, and all kinds of registers that it has: no other is ever chosen.</summary>
    private static IEnumerable<(string Name, Product<T> Product)> Products<T>()
        where T : unmanaged, INumber<T>
    {
        yield return ("the machine's", (a, b, c, add) => MatrixProduct.Multiply(a, b, c, add));
        if (Vector512.IsHardwareAccelerated)
        {
            yield return ("512 bits", (a, b, c, add) => MatrixProduct.Multiply<Register512<T>, Vector512<T>, T>(a, b, c, add));
        }

        if (Vector256.IsHardwareAccelerated)
        {
            yield return ("256 bits", (a, b, c, add) => MatrixProduct.Multiply<Register256<T>, Vector256<T>, T>(a, b, c, add));
        }

        if (Vector128.IsHardwareAccelerated)
        {
            yield return ("128 bits", (a, b, c, add) => MatrixProduct.Multiply<Register128<T>, Vector128<T>, T>(a, b, c, add));
        }

        yield return ("scalar", (a, b, c, add) => MatrixProduct.Multiply<ScalarRegister<T>, T, T>(a, b, c, add));
    }

    private static void Check<T>(ProductCase test)
        where T : unmanaged, INumber<T>
    {
        var random = new Random(test.Seed);
        var a = new PlacedMatrix<T>(test.Rows, test.Depth, random, canRepeat: true);
        var b = new PlacedMatrix<T>(test.Depth, test.Columns, random, canRepeat: true);
        var c = new PlacedMatrix<T>(test.Rows, test.Columns, random, canRepeat: false);
        var before = c.Snapshot();
        var chains = Chains(a, b);
        foreach (var add in (bool[])[false, true])
        {
            c.Restore(before);
            for (var i = 0; i < test.Rows; i++)
            {
                for (var j = 0; j < test.Columns; j++)
                {
                    c[i, j] = AddUp(chains[i, j], add ? c[i, j] : null);
                }
            }

            var expected = c.Snapshot();
            foreach (var (name, product) in Products<T>())
            {
                c.Restore(before);
                product(a.Matrix, b.Matrix, c.Matrix, add);
                if (!MemoryMarshal.AsBytes<T>(c.Snapshot()).SequenceEqual(MemoryMarshal.AsBytes<T>(expected)))
                {
                    throw new LawBrokenException($"{name}{(add ? ", added" : "")}: A {a}\nB {b}\nC {c}");
                }
            }
        }
    }

    /// <summary>For each element of the product its sums of at most 8192 terms, of even length but for multiples of 256; each as chains of at most 256 multiply-adds, of even length but for multiples of 16.</summary>
    private static T[,][][] Chains<T>(PlacedMatrix<T> a, PlacedMatrix<T> b)
        where T : unmanaged, INumber<T>
    {
        var chains = new T[a.Rows, b.Columns][][];
        T[][] columns = [.. Enumerable.Range(0, b.Columns).Select(b.Column)];
        for (var i = 0; i < a.Rows; i++)
        {
            var row = a.Row(i);
            for (var j = 0; j < b.Columns; j++)
            {
                var column = columns[j];
                chains[i, j] = [.. Parts(row.Length, 8192, 256).Select(sum => Parts(sum.Length, 256, 16).Select(chain => Chain(row, column, sum.First + chain.First, chain.Length)).ToArray())];
            }
        }

        return chains;
    }

    /// <summary>The chains of each sum are added up in turn, from <paramref name="start"/> on, and then the sums.</summary>
    private static T AddUp<T>(T[][] sums, T? start)
        where T : unmanaged, INumber<T>
    {
        var total = start;
        for (var s = 0; s < sums.Length; s++)
        {
            var sum = s == 0 ? total : null;
            foreach (var chain in sums[s])
            {
                sum = sum is { } before ? before + chain : chain;
            }

            total = s == 0 ? sum : total + sum;
        }

        return total ?? T.Zero;
    }

    private static T Chain<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, int first, int length)
        where T : unmanaged, INumber<T>
    {
        var chain = T.Zero;
        for (var p = first; p < first + length; p++)
        {
            chain = MultiplyAdd(a[p], b[p], chain);
        }

        return chain;
    }

    private static IEnumerable<(int First, int Length)> Parts(int count, int most, int grain)
    {
        if (count > 0)
        {
            var even = (int)Math.Ceiling(count / Math.Ceiling(count / (double)most));
            var length = count <= most ? count : (even + grain - 1) / grain * grain;
            for (var first = 0; first < count; first += length)
            {
                yield return (first, Math.Min(length, count - first));
            }
        }
    }

    private static T MultiplyAdd<T>(T a, T b, T c)
        where T : INumber<T> => (a, b, c) switch
        {
            (float x, float y, float z) => T.CreateTruncating(MathF.FusedMultiplyAdd(x, y, z)),
            (double x, double y, double z) => T.CreateTruncating(Math.FusedMultiplyAdd(x, y, z)),
            _ => unchecked((a * b) + c),
        };
}
