namespace Autograd.Tests.Core;

public class CreationTests
{
    [Test]
    public void Typed_data_keep_their_type()
    {
        AssertTensor<float>(Tensor.From([0f, 1, 2]), [0, 1, 2], 3);
        AssertTensor<double>(Tensor.From([0.5, 1]), [0.5, 1], 2);
        AssertTensor<long>(Tensor.From([1L, long.MinValue], [2, 1]), [1, long.MinValue], 2, 1);
        AssertTensor<long>(Tensor.From([1, int.MinValue]), [1, int.MinValue], 2);
        AssertTensor<bool>(Tensor.From([true, false], [1, 2]), [true, false], 1, 2);
    }

    [Test]
    public void Arrays_of_two_and_three_dimensions_keep_their_shape_and_type()
    {
        AssertTensor<float>(Tensor.From(new[,] { { 1f, 2 }, { 3, 4 }, { 5, 6 } }), [1, 2, 3, 4, 5, 6], 3, 2);
        AssertTensor<double>(Tensor.From(new[,] { { 1.0, 2 } }), [1, 2], 1, 2);
        AssertTensor<long>(Tensor.From(new[,] { { 1L }, { 2 } }), [1, 2], 2, 1);
        AssertTensor<long>(Tensor.From(new[,] { { 1, 2 } }), [1, 2], 1, 2);
        AssertTensor<bool>(Tensor.From(new[,] { { true, false } }), [true, false], 1, 2);
        AssertTensor<float>(Tensor.From(new[, ,] { { { 1f, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } } }), [1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2);
        AssertTensor<long>(Tensor.From(new[, ,] { { { 1, 2 } } }), [1, 2], 1, 1, 2);
        AssertTensor<double>(Tensor.From(new double[3, 0]), [], 3, 0);
        Assert.That(() => Tensor.From(new byte[1, 1]), Throws.TypeOf<DTypeException>().With.Message.Contains("Byte"));
    }

    [Test]
    public void Numbers_have_the_type_of_their_category()
    {
        AssertTensor<long>(Tensor.From(5), [5]);
        AssertTensor<long>(Tensor.From(long.MaxValue), [long.MaxValue]);
        AssertTensor<float>(Tensor.From(5.5), [5.5f]);
        AssertTensor<float>(Tensor.From(5.5f), [5.5f]);
        AssertTensor<bool>(Tensor.From(true), [true]);
        AssertTensor<double>(Tensor.From(5, DType.Float64), [5]);
        AssertTensor<long>(Tensor.Full([2], 7), [7, 7], 2);
        AssertTensor<bool>(Tensor.Full([2], true), [true, true], 2);
        AssertTensor<float>(Tensor.Full([2], 7.0), [7, 7], 2);
        AssertTensor<double>(Tensor.Full([2, 0], 7, DType.Float64), [], 2, 0);
        AssertTensor<bool>(Tensor.Full([1], -0.5, DType.Bool), [true], 1);
    }

    [Test]
    public void What_a_tensor_is_made_from_is_copied()
    {
        float[] vector = [1, 2];
        double[,] matrix = { { 1, 2 } };
        int[,,] cube = { { { 1, 2 } } };
        var (a, b, c) = (Tensor.From(vector), Tensor.From(matrix), Tensor.From(cube));
        vector[0] = 9;
        matrix[0, 0] = 9;
        cube[0, 0, 0] = 9;
        Assert.That((a[0].Item(), b[0, 0].Item(), c[0, 0, 0].Item()), Is.EqualTo((1.0, 1.0, 1.0)));
        var copy = a.ToArray<float>();
        copy[0] = 9;
        Assert.That(a[0].Item(), Is.EqualTo(1));
    }

    [Test]
    public void Values_that_do_not_fill_the_shape_are_an_error_that_names_both()
        => Assert.That(() => Tensor.From([1f, 2, 3], [2, 2]), Throws.TypeOf<ShapeException>().With.Message.Contains("3 values").And.Message.Contains("[2, 2]"));

    [Test]
    public void Zeros_ones_and_their_likes()
    {
        AssertTensor<float>(Tensor.Zeros([2]), [0, 0], 2);
        AssertTensor<float>(Tensor.Ones([]), [1]);
        AssertTensor<long>(Tensor.Zeros([1, 2], DType.Int64), [0, 0], 1, 2);
        AssertTensor<bool>(Tensor.Ones([2], DType.Bool), [true, true], 2);
        foreach (var dtype in Enum.GetValues<DType>())
        {
            var view = Tensor.Ones([3, 2], dtype).T;
            Assert.That((Tensor.ZerosLike(view).DType, Tensor.OnesLike(view).DType), Is.EqualTo((dtype, dtype)));
            Assert.That(Tensor.ZerosLike(view).Shape, Is.EqualTo(view.Shape));
            Assert.That(Tensor.ZerosLike(view).To(DType.Float64).ToArray<double>(), Has.All.Zero);
            Assert.That(Tensor.OnesLike(view).To(DType.Float64).ToArray<double>(), Has.All.EqualTo(1.0));
        }
    }

    [Test]
    public void Arange_counts_up_and_down()
    {
        AssertTensor<long>(Tensor.Arange(4), [0, 1, 2, 3], 4);
        AssertTensor<long>(Tensor.Arange(0), [], 0);
        AssertTensor<long>(Tensor.Arange(2, 9, 3), [2, 5, 8], 3);
        AssertTensor<long>(Tensor.Arange(2, 8, 3), [2, 5], 2);
        AssertTensor<long>(Tensor.Arange(3, -3, -2), [3, 1, -1], 3);
        AssertTensor<long>(Tensor.Arange(5, 5, -1), [], 0);
        AssertTensor<float>(Tensor.Arange(3.0), [0, 1, 2], 3);
        AssertTensor<float>(Tensor.Arange(2.5), [0, 1, 2], 3);
        AssertTensor<float>(Tensor.Arange(0, 1, 0.25), [0, 0.25f, 0.5f, 0.75f], 4);
        AssertTensor<double>(Tensor.Arange(1, 0, -0.5, DType.Float64), [1, 0.5], 2);
        AssertTensor<double>(Tensor.Arange(3, DType.Float64), [0, 1, 2], 3);
        AssertTensor<float>(Tensor.Arange(1, 3, dtype: DType.Float32), [1, 2], 2);
        AssertTensor<long>(Tensor.Arange(long.MaxValue - 2, long.MaxValue), [long.MaxValue - 2, long.MaxValue - 1], 2);
        AssertTensor<long>(Tensor.Arange(long.MinValue, long.MaxValue, long.MaxValue), [long.MinValue, -1, long.MaxValue - 1], 3);
    }

    [TestCase(0, 1, 0)]
    [TestCase(0, 1, -1)]
    [TestCase(1, 0, 1)]
    public void Arange_that_leads_nowhere_is_an_error_that_names_the_numbers(int start, int end, int step)
    {
        foreach (var first in (Scalar[])[start, (double)start])
        {
            Assert.That(
                () => Tensor.Arange(first, end, step),
                Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains($"steps of {step} do not lead from {start} to {end}"));
        }
    }

    [TestCase(double.PositiveInfinity, 1)]
    [TestCase(double.NaN, 1)]
    [TestCase(1e10, 1)]
    [TestCase(1, 1e-10)]
    [TestCase(1, double.NaN)]
    public void Arange_without_an_end_is_an_error_that_says_so(double end, double step)
        => Assert.That(() => Tensor.Arange(0.0, end, step), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Arange"));

    [Test]
    public void Arange_of_too_many_whole_numbers_is_an_error_that_says_so()
        => Assert.That(() => Tensor.Arange(long.MinValue, long.MaxValue), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Arange"));

    [Test]
    public void Linspace_includes_both_ends()
    {
        AssertTensor<float>(Tensor.Linspace(0, 1, 5), [0, 0.25f, 0.5f, 0.75f, 1], 5);
        AssertTensor<double>(Tensor.Linspace(3, -3, 3, DType.Float64), [3, 0, -3], 3);
        AssertTensor<float>(Tensor.Linspace(2, 7, 1), [2], 1);
        AssertTensor<float>(Tensor.Linspace(2, 7, 0), [], 0);
        Assert.That(Tensor.Linspace(0.1, 0.7, 100, DType.Float64)[^1].Item(), Is.EqualTo(0.7));
        Assert.That(() => Tensor.Linspace(0, 1, -1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Eye_is_the_identity()
    {
        AssertTensor<float>(Tensor.Eye(2), [1, 0, 0, 1], 2, 2);
        AssertTensor<double>(Tensor.Eye(2, 3, DType.Float64), [1, 0, 0, 0, 1, 0], 2, 3);
        AssertTensor<bool>(Tensor.Eye(2, 1, DType.Bool), [true, false], 2, 1);
        AssertTensor<float>(Tensor.Eye(0), [], 0, 0);
        AssertTensor<float>(Tensor.Eye(2, 0), [], 2, 0);
        Assert.That(() => Tensor.Eye(-1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("rows"));
        Assert.That(() => Tensor.Eye(1, -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("columns"));
    }

    [Test]
    public void Random_tensors_have_the_default_type_or_the_one_asked_for()
    {
        Assert.That((Tensor.Rand([2]).DType, Tensor.Randn([2, 0]).DType, Tensor.Rand([1], DType.Float64).DType), Is.EqualTo((DType.Float32, DType.Float32, DType.Float64)));
        Assert.That((Tensor.RandInt(0, 5, [3]).DType, Tensor.RandPermutation(3).DType), Is.EqualTo((DType.Int64, DType.Int64)));
        Assert.That(() => Tensor.Rand([1], DType.Int64), Throws.TypeOf<DTypeException>().With.Message.Contains("RandInt"));
        Assert.That(() => Tensor.Randn([1], DType.Bool), Throws.TypeOf<DTypeException>().With.Message.Contains("Randn").And.Message.Contains("Bool"));
    }

    [Test]
    public void Random_tensors_have_their_values_in_range()
    {
        Assert.That(Tensor.Rand([1000], generator: new Generator(1)).ToArray<float>(), Has.All.InRange(0f, 0.99999995f));
        Assert.That(Tensor.RandInt(-3, 4, [1000], new Generator(1)).ToArray<long>().Distinct().Order(), Is.EqualTo(new long[] { -3, -2, -1, 0, 1, 2, 3 }));
        Assert.That(Tensor.RandPermutation(100, new Generator(1)).ToArray<long>(), Is.Not.Ordered.And.EquivalentTo(Enumerable.Range(0, 100)));
        Assert.That(Tensor.RandPermutation(0).Shape, Is.EqualTo(Shape.Create([0])));
    }

    [Test]
    public void Only_floating_point_tensors_can_require_gradients()
    {
        Assert.That(Tensor.Zeros([1], requiresGrad: true).RequiresGrad && Tensor.From([1.0], requiresGrad: true).RequiresGrad && Tensor.Rand([1], requiresGrad: true).RequiresGrad);
        Func<Tensor>[] whole =
        [
            () => Tensor.Full([1], 1, requiresGrad: true), () => Tensor.From(1, requiresGrad: true), () => Tensor.Zeros([1], DType.Int64, requiresGrad: true), () => Tensor.Arange(3).AsLeaf(),
        ];
        foreach (var make in whole)
        {
            Assert.That(make, Throws.TypeOf<DTypeException>().With.Message.Contains("Int64").And.Message.Contains("To(DType.Float32)"));
        }

        Assert.That(() => Tensor.Ones([1], DType.Bool, requiresGrad: true), Throws.TypeOf<DTypeException>().With.Message.Contains("Bool"));
    }

    private static void AssertTensor<T>(Tensor actual, T[] values, params int[] sizes)
        where T : unmanaged
    {
        Assert.That(actual.Shape.ToArray(), Is.EqualTo(sizes));
        Assert.That(actual.ToArray<T>(), Is.EqualTo(values));
    }
}
