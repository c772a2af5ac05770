using CommunityToolkit.HighPerformance;

namespace Autograd.Tests.Core;

internal sealed class InteropTests
{
    private static readonly Tensor Matrix = Tensor.Arange(12.0).Reshape(3, 4);

    [Test]
    public void TensorSpansGoInAndOut()
    {
        var cube = Tensor.Arange(24.0).Reshape(2, 3, 4);
        var view = cube.Permute(2, 0, 1)[1..3];
        var span = view.AsTensorSpan<float>();
        Assert.That(span.Rank, Is.EqualTo(3));
        Assert.That(Tensor.From(span).AllClose(view));
        Assert.That(Tensor.From(span).Shape, Is.EqualTo(view.Shape));
    }

    [Test]
    public void ContiguousAndStridedTensorSpansShareMemory()
    {
        var span = Matrix.T.AsTensorSpan<float>();
        Assert.That(System.Runtime.CompilerServices.Unsafe.AreSame(
            in span.GetPinnableReference(), in Matrix.AsTensorSpan<float>().GetPinnableReference()));
    }

    [TestCase("flip")]
    [TestCase("expand")]
    [TestCase("scalar")]
    [TestCase("empty")]
    public void UnusualLayoutsComeOutRight(string kind)
    {
        var x = kind switch
        {
            "flip" => Matrix.Flip(),
            "expand" => Matrix[1].Expand(2, 4),
            "scalar" => Matrix[1, 2],
            _ => Matrix[0..0],
        };
        var copy = Tensor.From(x.AsTensorSpan<float>());
        var shape = x.Rank == 0 ? Shape.Create([1]) : x.Shape;
        Assert.That((copy.Shape, copy.ToArray<float>()), Is.EqualTo((shape, x.ToArray<float>())));
    }

    [Test]
    public void SlicedSystemTensorsAreCopiedByValue()
    {
        var source = System.Numerics.Tensors.Tensor.Create(new double[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        var part = source.AsReadOnlyTensorSpan().Slice(0..2, 1..3);
        Assert.That(Tensor.From(part).ToArray<double>(), Is.EqualTo(new double[] { 2, 3, 5, 6 }));
    }

    [Test]
    public void TwoDimensionalSpansGoInAndOut()
    {
        var rows = Matrix[.., 1..3].AsSpan2D<float>();
        Assert.That((rows.Height, rows.Width, rows[2, 0]), Is.EqualTo((3, 2, 9f)));
        Assert.That(Tensor.From(rows).ToArray<float>(), Is.EqualTo(new float[] { 1, 2, 5, 6, 9, 10 }));
        var memory = new ReadOnlyMemory2D<float>([1, 2, 3, 4, 5, 6], 2, 3);
        Assert.That(Tensor.From(memory).Shape, Is.EqualTo(Shape.Create([2, 3])));
    }

    [Test]
    public void SlicedRowsAreNotCopiedAndColumnsAre()
    {
        ref readonly var first = ref Matrix.AsSpan<float>()[1];
        Assert.That(System.Runtime.CompilerServices.Unsafe.AreSame(in first, in Matrix[.., 1..3].AsSpan2D<float>().DangerousGetReference()));
        Assert.That(Matrix.T.AsSpan2D<float>()[3, 2], Is.EqualTo(11f));
        Assert.That(Matrix[1].Expand(3, 4).AsSpan2D<float>()[2, 3], Is.EqualTo(7f));
        Assert.That(Matrix[0..0].AsSpan2D<float>().IsEmpty);
    }

    [Test]
    public void OtherTypesAndRanksAreErrors()
    {
        Assert.That(() => Matrix.AsMemory2D<double>(), Throws.InstanceOf<DTypeException>().With.Message.Contains("Float32"));
        Assert.That(() => Matrix[0].AsMemory2D<float>(), Throws.InstanceOf<ShapeException>().With.Message.Contains("[4]"));
        Assert.That(() => Tensor.From(new ReadOnlyMemory2D<short>([1, 2], 1, 2)), Throws.InstanceOf<DTypeException>().With.Message.Contains("Int16"));
    }
}
