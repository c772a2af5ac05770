using System.Numerics;
using System.Runtime.Intrinsics;
using Autograd.Kernels;

namespace Autograd.Tests.Kernels;

/// <summary>Products whose rows are read where they lie, on every kind of register, to the bits of the matrix product.</summary>
internal sealed class WindowProductTests
{
    private delegate void Product<T>(T[] a, int[] runs, int length, int step, int[] lines, T[] b, int vectors, T[] c, int count, bool add);

    [Test]
    public void Every_register_gives_the_bits_of_the_matrix_product([Range(1, 7)] int length, [Values(1, 2)] int step, [Values(1, 2, 5, 7, 8)] int runs)
    {
        foreach (var terms in (int[])[1, 9, 256, 300])
        {
            Check<float>(length, step, runs, terms);
            Check<double>(length, step, runs, terms);
        }

        Check<long>(length, step, runs, 9);
    }

    [Test]
    public void Runs_leave_little_over()
    {
        for (var line = 1; line < 100; line++)
        {
            var run = WindowProduct.RunLength(line);
            var rows = (line + run - 1) / run * run;
            Assert.That(rows - line, Is.LessThan(run).And.LessThanOrEqualTo(line % 2 == 0 || line % 3 == 0 ? 0 : line / 2), $"{line} in runs of {run}");
        }
    }

    private static void Check<T>(int length, int step, int runCount, int terms)
        where T : unmanaged, INumber<T>
    {
        var random = new Random(terms + length);
        T Next() => T.CreateTruncating(random.Next(-1000, 1000)) / T.CreateTruncating(typeof(T) == typeof(long) ? 1 : 16);
        int[] runs = [.. Enumerable.Range(0, runCount).Select(i => i * 40)];
        var lines = new int[terms];
        for (var i = 0; i < terms; i++)
        {
            // Neighbours are summed up together.
            lines[i] = i > 0 && random.Next(3) > 0 ? Math.Max(0, lines[i - 1] + (random.Next(2) == 0 ? 1 : -1)) : random.Next(0, 300);
        }

        T[] a = [.. Enumerable.Range(0, 900).Select(_ => Next())];
        int[] rows = [.. runs.SelectMany(run => Enumerable.Range(0, length).Select(i => run + (i * step)))];
        foreach (var (count, multiply) in Products<T>())
        {
            foreach (var vectors in (int[])[1, 2])
            {
                var width = vectors * count;
                T[] b = [.. Enumerable.Range(0, terms * width).Select(_ => Next())];
                T[] before = [.. Enumerable.Range(0, (rows.Length + length) * width).Select(_ => Next())];
                foreach (var add in (bool[])[false, true])
                {
                    var (expected, sums) = ((T[])before.Clone(), (T[])before.Clone());
                    MatrixProduct.Multiply(new Matrix<T>(ref a[0], new(rows), new(lines)), new(ref b[0], new(terms, width), new(width, 1)), new(ref expected[0], new(rows.Length, width), new(width, 1)), add);
                    multiply(a, runs, length, step, lines, b, vectors, sums, count, add);
                    Assert.That(sums[..(rows.Length * width)], Is.EqualTo(expected[..(rows.Length * width)]), $"{typeof(T).Name}, {runCount} runs of {length}, step {step}, {terms} terms, {vectors} × {count}, add: {add}");
                }
            }
        }
    }

    /// <summary>All kinds of registers that the machine has: no other is ever chosen.</summary>
    private static IEnumerable<(int Count, Product<T> Product)> Products<T>()
        where T : unmanaged, INumber<T>
    {
        if (Vector512.IsHardwareAccelerated)
        {
            yield return (Vector512<T>.Count, Run<Register512<T>, Vector512<T>, T>);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            yield return (Vector256<T>.Count, Run<Register256<T>, Vector256<T>, T>);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            yield return (Vector128<T>.Count, Run<Register128<T>, Vector128<T>, T>);
        }

        yield return (1, Run<ScalarRegister<T>, T, T>);
    }

    private static void Run<TRegister, TVector, T>(T[] a, int[] runs, int length, int step, int[] lines, T[] b, int vectors, T[] c, int count, bool add)
        where TRegister : struct, IRegister<TVector, T>
        where TVector : struct
        where T : unmanaged, INumber<T>
        => WindowProduct.Multiply<TRegister, TVector, T>(ref a[0], runs, length, step, lines, ref b[0], vectors * count, ref c[0], add);
}
