namespace Autograd.Tests.Core;

public class ReadingTests
{
    [Test]
    public void An_item_is_the_one_element()
    {
        Assert.That((Tensor.From(2.5f).Item<float>(), Tensor.From([2.5]).Item<double>(), Tensor.Full([1, 1], 3).Item<long>(), Tensor.From(true).Item<bool>()), Is.EqualTo((2.5f, 2.5, 3L, true)));
        Assert.That((Tensor.From(2.5f).Item(), Tensor.From([2.5]).Item(), Tensor.Full([1, 1], 3).Item(), Tensor.From(true).Item()), Is.EqualTo((2.5, 2.5, 3.0, 1.0)));
        Assert.That(Tensor.Arange(12).Reshape(3, 4).T[3, ^1].Item<long>(), Is.EqualTo(11));
        Assert.That(Tensor.Arange(12).Reshape(3, 4)[2..3, 1..2].Item(), Is.EqualTo(9));
    }

    [TestCase(new[] { 2 })]
    [TestCase(new[] { 0 })]
    [TestCase(new[] { 1, 3 })]
    public void Other_than_one_element_is_an_error_that_names_the_shape(int[] sizes)
    {
        var x = Tensor.Zeros(sizes);
        Assert.That(() => x.Item(), Throws.TypeOf<ShapeException>().With.Message.Contains($"{x.Shape}").And.Message.Contains("ToArray"));
        Assert.That(() => x.Item<float>(), Throws.TypeOf<ShapeException>().With.Message.Contains($"{x.Shape}").And.Message.Contains("ToArray"));
    }

    [Test]
    public void Reading_as_another_type_is_an_error_that_names_the_fix()
    {
        var x = Tensor.Zeros([1]);
        Assert.That(() => x.Item<double>(), Throws.TypeOf<DTypeException>().With.Message.Contains("Float32").And.Message.Contains("x.To(DType.Float64).Item<Double>()"));
        Assert.That(() => x.ToArray<long>(), Throws.TypeOf<DTypeException>().With.Message.Contains("ToArray").And.Message.Contains("To(DType.Int64)"));
        Assert.That(() => x.AsSpan<bool>().Length, Throws.TypeOf<DTypeException>().With.Message.Contains("To(DType.Bool)"));
        Assert.That(() => x.ToArray<int>(), Throws.TypeOf<DTypeException>().With.Message.Contains("Int32").And.Message.Contains("long"));
        Assert.That(() => x.ToArray<nint>(), Throws.TypeOf<DTypeException>());
    }

    [Test]
    public void A_span_holds_the_elements_in_row_major_order_whatever_the_layout()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var sizes = Arranged.Sizes(random.Next(5), random);
            var values = Naive.Counting(sizes).ToArray();
            Assert.That(Arranged.Somehow(values, sizes, random).AsSpan<double>().ToArray(), Is.EqualTo(values));
            Assert.That(Arranged.Somehow(Array.ConvertAll(values, value => (float)value), sizes, random).ToArray<float>(), Is.EqualTo(values));
            Assert.That(Arranged.Somehow(Array.ConvertAll(values, value => (long)value), sizes, random).ToArray<long>(), Is.EqualTo(values));
            Assert.That(Arranged.Somehow(Array.ConvertAll(values, value => value % 2 == 0), sizes, random).ToArray<bool>(), Is.EqualTo(Array.ConvertAll(values, value => value % 2 == 0)));
        }
    }

    [Test]
    public void The_span_of_a_contiguous_view_is_no_copy()
    {
        var x = Tensor.Arange(12.0).Reshape(3, 4);
        Assert.That(System.Runtime.CompilerServices.Unsafe.AreSame(in x[1..].AsSpan<float>()[0], in x.AsSpan<float>()[4]));
        Assert.That(x.T.AsSpan<float>().Overlaps(x.AsSpan<float>()), Is.False);
    }

    [Test]
    public void Text_has_shape_type_and_values()
    {
        var x = Tensor.From([1f, 2, 3, 4], [2, 2]);
        Assert.That($"{x}", Does.StartWith("Tensor [2, 2] Float32\n").And.EndsWith("]]"));
        Assert.That($"{x.T}", Is.EqualTo($"{Tensor.From([1f, 3, 2, 4], [2, 2])}"));
        Assert.That($"{x.Flip()[.., 1..]}", Is.EqualTo($"{Tensor.From([3f, 1], [2, 1])}"));
        Assert.That($"{Tensor.From(2)}", Is.EqualTo("Tensor [] Int64 2"));
        Assert.That($"{Tensor.Zeros([0, 3])}", Does.StartWith("Tensor [0, 3] Float32 "));
        Assert.That($"{Tensor.From([1.5], requiresGrad: true)}", Does.StartWith("Tensor [1] Float64, requires grad"));
        Assert.That($"{Tensor.From([1.5], requiresGrad: true) * 2}", Does.Contain("requires grad").And.Contain("3"));
        Assert.That($"{Tensor.From([1.5], requiresGrad: true).Detach()}", Does.Not.Contain("requires grad"));
        Assert.That($"{new Parameter(x)}", Is.EqualTo($"{x.AsLeaf()}"));
    }

    [Test]
    public void A_variable_that_changes_meanwhile_is_read_at_one_moment()
    {
        // The one value fills its storage, the other repeats a single number: the layout of one over the storage of the other would reach beyond it.
        var (full, repeated) = (Tensor.Ones([64, 64]), Tensor.Ones([]).Expand(64, 64));
        var (source, target) = (new Parameter(full), new Parameter(full));
        AssertReadableWhile(
            i => source.Assign(i % 2 == 0 ? repeated : full),
            () =>
            {
                target.Assign(source);
                return IsWhole(source.AsLeaf()) && IsWhole(source.AsLeaf()) && IsWhole(source.Detach()) && IsWhole(target.Captured);
            });

        static bool IsWhole(Tensor x) => x.IsContiguous == (x.StorageLength >= x.ElementCount);
    }

    private static void AssertReadableWhile(Action<int> change, Func<bool> read)
    {
        var stop = false;
        var changes = Task.Run(() =>
        {
            for (var i = 0; !Volatile.Read(ref stop); i++)
            {
                change(i);
            }
        });
        try
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var whole = true;
            while (whole && clock.ElapsedMilliseconds < 300)
            {
                whole = read();
            }

            Assert.That(whole);
        }
        finally
        {
            Volatile.Write(ref stop, true);
            changes.Wait();
        }
    }
}
