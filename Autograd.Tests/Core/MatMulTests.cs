namespace Autograd.Tests.Core;

public class MatMulTests
{
    private static readonly int[] Edges = [1, 2, 7, 8, 15, 16, 17, 33];

    [Test]
    public void All_small_sizes([Values(DType.Float32, DType.Float64, DType.Int64)] DType dtype)
    {
        for (var m = 0; m <= 9; m++)
        {
            for (var n = 0; n <= 9; n++)
            {
                for (var k = 0; k <= 9; k++)
                {
                    Check([m, k], [k, n], dtype, (100 * m) + (10 * n) + k);
                }
            }
        }
    }

    [Test]
    public void Sizes_around_the_edges_of_blocks([Values(DType.Float32, DType.Float64, DType.Int64)] DType dtype)
    {
        var seed = 0;
        foreach (var m in Edges)
        {
            foreach (var n in Edges)
            {
                foreach (var k in Edges)
                {
                    Check([m, k], [k, n], dtype, seed++);
                }
            }
        }
    }

    [Test]
    public void Depths_around_the_length_of_a_running_sum([Values(1023, 1024, 1025, 2048, 2049)] int depth, [Values(DType.Float32, DType.Float64, DType.Int64)] DType dtype)
    {
        Check([5, depth], [depth, 19], dtype, depth);
        Check([depth], [depth], dtype, depth);
    }

    [TestCase(new[] { 3 }, new[] { 3 })]
    [TestCase(new[] { 0 }, new[] { 0 })]
    [TestCase(new[] { 3 }, new[] { 3, 4 })]
    [TestCase(new[] { 2, 3 }, new[] { 3 })]
    [TestCase(new[] { 3 }, new[] { 5, 3, 4 })]
    [TestCase(new[] { 5, 2, 3 }, new[] { 3 })]
    [TestCase(new[] { 5, 2, 3 }, new[] { 3, 4 })]
    [TestCase(new[] { 2, 3 }, new[] { 5, 3, 4 })]
    [TestCase(new[] { 5, 2, 3 }, new[] { 5, 3, 4 })]
    [TestCase(new[] { 1, 2, 3 }, new[] { 5, 3, 4 })]
    [TestCase(new[] { 4, 1, 2, 3 }, new[] { 5, 3, 4 })]
    [TestCase(new[] { 4, 5, 2, 3 }, new[] { 4, 1, 3, 4 })]
    [TestCase(new[] { 2, 1, 3, 17, 9 }, new[] { 5, 1, 9, 33 })]
    [TestCase(new[] { 0, 2, 3 }, new[] { 1, 3, 4 })]
    [TestCase(new[] { 5, 2, 0 }, new[] { 0, 4 })]
    [TestCase(new[] { 5, 0, 3 }, new[] { 3, 4 })]
    public void Vectors_and_batches(int[] a, int[] b)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            foreach (var dtype in (DType[])[DType.Float32, DType.Float64, DType.Int64])
            {
                Check(a, b, dtype, seed);
            }
        }
    }

    [Test]
    public void Large_products_are_cut_into_work_for_threads_without_a_gap()
    {
        Check([300, 200], [200, 130], DType.Float64, 1);
        Check([2, 150, 140], [140, 150], DType.Int64, 2);
        Check([2000, 70], [70, 5], DType.Float32, 3);
    }

    [Test]
    public void Repeated_rows_and_columns_are_factors_too()
    {
        var (row, column) = (Tensor.Arange(3.0), Tensor.Arange(4.0).Unsqueeze(1));
        Assert.That(row.Expand(5, 3).MatMul(column[1].Expand(3, 2)).ToArray<float>(), Has.All.EqualTo(3));
        Assert.That(Tensor.Ones([1]).Expand(20, 30).MatMul(Tensor.Ones([1]).Expand(30, 40)).ToArray<float>(), Has.All.EqualTo(30));
        Assert.That(column.Expand(4, 6).T.MatMul(column).ToArray<float>(), Has.All.EqualTo(14));
    }

    [Test]
    public void The_gradient_of_a_transposed_factor_lies_as_the_factor_does()
    {
        var (x, w) = (Tensor.Randn([2, 5, 3], requiresGrad: true), Tensor.Randn([4, 3], requiresGrad: true));
        x.MatMul(w.T).Backward(Tensor.Randn([2, 5, 4]));
        Assert.That((w.Grad!.Shape.ToArray(), w.Grad.IsContiguous), Is.EqualTo((new[] { 4, 3 }, true)));

        var v = Tensor.Randn([3, 5], requiresGrad: true);
        v.T.MatMul(w.T).Backward(Tensor.Randn([5, 4]));
        Assert.That((v.Grad!.Shape.ToArray(), v.Grad.IsContiguous), Is.EqualTo((new[] { 3, 5 }, true)));
    }

    [Test]
    public void Infinities_and_NaN_spread_over_their_row_and_column_only()
    {
        var x = Tensor.Ones([20, 20]).With([3, 5], double.NaN).With([4, 5], double.PositiveInfinity);
        var y = x.MatMul(Tensor.Ones([20, 20]));
        Assert.That(y.IsNaN().Sum(1).ToArray<long>(), Is.EqualTo(Enumerable.Range(0, 20).Select(i => i == 3 ? 20L : 0)));
        Assert.That(y[4].ToArray<float>(), Has.All.EqualTo(float.PositiveInfinity));
    }

    [Test]
    public void Sizes_that_do_not_fit_are_errors_that_name_the_shapes_and_the_fix()
    {
        AssertError([2, 3], [2, 3], "[2, 3] and [2, 3]", "3 and 2", "a.MatMul(b.T)");
        AssertError([2, 3], [2, 4], "[2, 3] and [2, 4]", "a.T.MatMul(b)");
        AssertError([5, 2, 3], [4, 3], "[5, 2, 3]", "a.MatMul(b.T)");
        AssertError([2, 3], [4, 5], "last size of the left");
        AssertError([3, 1], [5], "[3, 1] and [5]", "1 and 5", "last size of the left");
        AssertError([5], [3, 1], "5 and 3", "last size of the left");
        AssertError([], [2, 2], "rank 0", "Use *");
        AssertError([2, 3], [], "rank 0");
        AssertError([2, 2, 3], [3, 3, 4], "batches", "[2, 2, 3]", "[3, 3, 4]");
    }

    [Test]
    public void Types_that_differ_are_errors_that_name_the_fix()
    {
        var types = Enum.GetValues<DType>();
        foreach (var a in types)
        {
            foreach (var b in types)
            {
                var (x, y) = (Tensor.Ones([2, 2], a), Tensor.Ones([2, 2], b));
                if (a == b && a != DType.Bool)
                {
                    Assert.That(x.MatMul(y).DType, Is.EqualTo(a));
                }
                else
                {
                    Assert.That(() => x.MatMul(y), Throws.TypeOf<DTypeException>().With.Message.Contains($"{a} and {b}").And.Message.Contains("To(DType."));
                }
            }
        }
    }

    private static void AssertError(int[] a, int[] b, params string[] parts)
    {
        var error = Assert.Throws<ShapeException>(() => Tensor.Ones(a).MatMul(Tensor.Ones(b)));
        foreach (var part in parts)
        {
            Assert.That(error!.Message, Does.Contain(part));
        }
    }

    // Small whole numbers, so that every sum is exact in every type.
    private static void Check(int[] a, int[] b, DType dtype, int seed)
    {
        var random = new Random(seed);
        var (left, right) = (Whole(a, random), Whole(b, random));
        var (x, y) = (Placed(left, a, dtype, random), Placed(right, b, dtype, random));
        var product = x.MatMul(y);
        var (sizes, values) = Product(left, a, right, b);
        Assert.That(product.DType, Is.EqualTo(dtype));
        Assert.That(product.Shape.ToArray(), Is.EqualTo(sizes), $"{x.Shape} times {y.Shape}");
        if (!product.To(DType.Float64).AsSpan<double>().SequenceEqual(values))
        {
            Assert.Fail($"seed {seed}: {x.Shape} strides [{string.Join(',', x.Layout.Strides)}] times {y.Shape} strides [{string.Join(',', y.Layout.Strides)}], {dtype}: {product} instead of {Tensor.From(values)}");
        }
    }

    private static double[] Whole(int[] sizes, Random random) => [.. Enumerable.Range(0, sizes.Aggregate(1, (p, size) => p * size)).Select(_ => (double)random.Next(-9, 10))];

    private static Tensor Placed(double[] values, int[] sizes, DType dtype, Random random) => dtype switch
    {
        DType.Float32 => Arranged.Somehow(Array.ConvertAll(values, value => (float)value), sizes, random),
        DType.Float64 => Arranged.Somehow(values, sizes, random),
        _ => Arranged.Somehow(Array.ConvertAll(values, value => (long)value), sizes, random),
    };

    private static (int[] Sizes, double[] Values) Product(double[] left, int[] a, double[] right, int[] b)
    {
        int[] wideA = a.Length == 1 ? [1, .. a] : a, wideB = b.Length == 1 ? [.. b, 1] : b;
        int[] batchA = wideA[..^2], batchB = wideB[..^2];
        var rank = Math.Max(batchA.Length, batchB.Length);
        int[] batch = [.. Enumerable.Range(0, rank).Select(d => (Size(batchA, d), Size(batchB, d)) is (1, var other) ? other : Size(batchA, d))];
        var (rows, depth, columns) = (wideA[^2], wideA[^1], wideB[^1]);
        var values = new List<double>();
        foreach (var place in Naive.Places(batch))
        {
            var (startA, startB) = (Start(place, batchA) * rows * depth, Start(place, batchB) * depth * columns);
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    var sum = 0.0;
                    for (var p = 0; p < depth; p++)
                    {
                        sum += left[startA + (i * depth) + p] * right[startB + (p * columns) + j];
                    }

                    values.Add(sum);
                }
            }
        }

        int[] sizes = [.. batch, .. a.Length == 1 ? (int[])[] : [rows], .. b.Length == 1 ? (int[])[] : [columns]];
        return (sizes, [.. values]);

        int Size(int[] sizes, int d) => d - rank + sizes.Length < 0 ? 1 : sizes[d - rank + sizes.Length];

        int Start(int[] place, int[] sizes) => Naive.Number([.. place.Skip(rank - sizes.Length).Select((p, d) => sizes[d] == 1 ? 0 : p)], sizes);
    }
}
