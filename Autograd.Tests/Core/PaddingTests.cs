namespace Autograd.Tests.Core;

/// <summary>Borders, grids, rolls and factories in another tensor's form.</summary>
public class PaddingTests
{
    private static readonly Tensor X = Tensor.From([1L, 2, 3]);

    [Test]
    public void Borders_of_the_tensors_own_elements()
    {
        Assert.That(X.Pad([2, 1], PaddingMode.Reflect).ToArray<long>(), Is.EqualTo(new long[] { 3, 2, 1, 2, 3, 2 }));
        Assert.That(X.Pad([2, 1], PaddingMode.Replicate).ToArray<long>(), Is.EqualTo(new long[] { 1, 1, 1, 2, 3, 3 }));
        Assert.That(X.Pad([2, 1], PaddingMode.Circular).ToArray<long>(), Is.EqualTo(new long[] { 2, 3, 1, 2, 3, 1 }));
        Assert.That(X.Pad([2, 1], PaddingMode.Constant).ToArray<long>(), Is.EqualTo(new long[] { 0, 0, 1, 2, 3, 0 }));
        Assert.That(X.Pad([-1, 1], PaddingMode.Circular).ToArray<long>(), Is.EqualTo(new long[] { 2, 3, 2 }));
        Assert.That(X.Pad([-1, -1], PaddingMode.Reflect).ToArray<long>(), Is.EqualTo(new long[] { 2 }));
        Assert.That(X.Pad([], PaddingMode.Reflect), Is.SameAs(X));
    }

    [Test]
    public void Impossible_borders_are_errors()
    {
        Assert.That(() => X.Pad([3, 0], PaddingMode.Reflect), Throws.TypeOf<ShapeException>().With.Message.Contains("at most 2"));
        Assert.That(() => X.Pad([-2, -2], PaddingMode.Replicate), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.Zeros([0]).Pad([1, 0], PaddingMode.Replicate), Throws.TypeOf<ShapeException>());
        Assert.That(() => X.Pad([1], PaddingMode.Reflect), Throws.TypeOf<ShapeException>().With.Message.Contains("pairs"));
        Assert.That(Tensor.Zeros([2, 0]).Pad([0, 0, 1, 0], PaddingMode.Reflect).Shape, Is.EqualTo(Shape.Create([3, 0])));
    }

    [Test]
    public void Gradients_of_borders_add_up()
    {
        foreach (var mode in Enum.GetValues<PaddingMode>())
        {
            GradCheck.Verify(x => x.Pad([1, 2, -1, 2], mode), Tensor.Randn([3, 4], DType.Float64, generator: new Generator(3)), new() { Order = 2 });
        }
    }

    [Test]
    public void Rolls_squeezes_and_grids()
    {
        var x = Tensor.Arange(6).Reshape(2, 3);
        Assert.That(x.Roll([1, -1], [0, 1]).ToArray<long>(), Is.EqualTo(x.Roll(1, 0).Roll(-1, 1).ToArray<long>()));
        Assert.That(x.Roll(2).ToArray<long>(), Is.EqualTo(new long[] { 4, 5, 0, 1, 2, 3 }));
        Assert.That(() => x.Roll([1], [0, 1]), Throws.ArgumentException);
        Assert.That(Tensor.Zeros([1, 2, 1, 3]).Squeeze([0, -2]).Shape, Is.EqualTo(Shape.Create([2, 3])));
        Assert.That(Tensor.Zeros([1, 2, 1]).Squeeze([0, 1]).Shape, Is.EqualTo(Shape.Create([2, 1])));
        Assert.That(Tensor.Zeros([1, 2, 1]).Squeeze([]).Rank, Is.EqualTo(3));
        Assert.That(() => x.Squeeze([0, 0]), Throws.ArgumentException);
        var grid = Tensor.Meshgrid([X, Tensor.From([4L, 5])]);
        Assert.That(grid[0].ToArray<long>(), Is.EqualTo(new long[] { 1, 1, 2, 2, 3, 3 }));
        Assert.That(grid[1].ToArray<long>(), Is.EqualTo(new long[] { 4, 5, 4, 5, 4, 5 }));
        Assert.That(() => Tensor.Meshgrid([x]), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void Factories_in_anothers_form()
    {
        var other = Tensor.Zeros([2, 3], DType.Float64);
        Assert.That(Tensor.FullLike(other, 7).ToArray<double>(), Is.All.EqualTo(7));
        Assert.That(Tensor.FullLike(other, true, DType.Bool).DType, Is.EqualTo(DType.Bool));
        foreach (var drawn in new[] { Tensor.RandLike(other, new Generator(1)), Tensor.RandnLike(other, new Generator(1)) })
        {
            Assert.That((drawn.Shape, drawn.DType), Is.EqualTo((other.Shape, DType.Float64)));
        }

        Assert.That(Tensor.RandLike(other, new Generator(1)).ToArray<double>(), Is.EqualTo(Tensor.Rand([2, 3], DType.Float64, generator: new Generator(1)).ToArray<double>()));
        Assert.That(() => Tensor.RandLike(X), Throws.TypeOf<DTypeException>());
    }
}
