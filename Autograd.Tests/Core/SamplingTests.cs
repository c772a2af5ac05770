namespace Autograd.Tests.Core;

/// <summary>Patches, resampling, and resolution for channels.</summary>
public class SamplingTests
{
    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    private static Tensor Draw(params int[] sizes) => Tensor.Randn(sizes, DType.Float64, generator: new Generator(11));

    [Test]
    public void Patches_are_what_the_window_sees()
    {
        var x = Tensor.Arange(12).Reshape(1, 3, 4);
        var patches = x.Unfold([2, 3]);
        Assert.That(patches.Shape, Is.EqualTo(Shape.Create([6, 4])));
        Assert.That(patches[.., 3].ToArray<long>(), Is.EqualTo(new long[] { 5, 6, 7, 9, 10, 11 }));
        Assert.That(x.Unfold([2], dilation: [1, 2], padding: [1, 0], stride: [2, 1])[.., 0].ToArray<long>(), Is.EqualTo(new long[] { 0, 0, 0, 2 }));
        Assert.That(() => x.Unfold([4]), Throws.TypeOf<ShapeException>().With.Message.Contains("3 by 4"));
        Assert.That(() => x.Unfold([0]), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.Unfold([]), Throws.ArgumentException);
        Assert.That(() => Tensor.Zeros([3, 4]).Unfold([2]), Throws.TypeOf<ShapeException>());
        Assert.That(() => patches.Fold([3, 5], [2, 3]), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void Folding_is_the_adjoint_of_unfolding()
    {
        foreach (var (kernel, dilation, padding, stride) in new[] { (2, 1, 0, 1), (3, 1, 1, 2), (2, 2, 1, 1), (1, 1, 0, 3) })
        {
            var x = Draw(2, 3, 5, 6);
            var columns = x.Unfold([kernel], [dilation], [padding], [stride]);
            var y = Tensor.Randn(columns.Shape, DType.Float64, generator: new Generator(12));
            var back = y.Fold([5, 6], [kernel], [dilation], [padding], [stride]);
            Assert.That((columns * y).Sum().Item(), Is.EqualTo((x * back).Sum().Item()).Within(1e-9));
            GradCheck.Verify(t => t.Unfold([kernel], [dilation], [padding], [stride]), x[..1, ..1], SecondOrder);
        }
    }

    [Test]
    public void Channels_become_pixels_and_pixels_channels()
    {
        var x = Tensor.Arange(2 * 8 * 2 * 3).Reshape(2, 8, 2, 3);
        var y = x.PixelShuffle(2);
        Assert.That(y.Shape, Is.EqualTo(Shape.Create([2, 2, 4, 6])));
        Assert.That(y[1, 1, 3, 2].Item<long>(), Is.EqualTo(x[1, 4 + 2, 1, 1].Item<long>()));
        Assert.That(y.PixelUnshuffle(2).ToArray<long>(), Is.EqualTo(x.ToArray<long>()));
        Assert.That(() => x.PixelShuffle(3), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.PixelUnshuffle(2), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.PixelShuffle(1 << 16), Throws.TypeOf<ShapeException>(), "r² is more than an int holds");
        Assert.That(() => x.PixelShuffle(0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Nearest_pixels_are_exact_at_whole_factors()
    {
        for (var factor = 1; factor < 60; factor++)
        {
            var x = Tensor.Arange(7).Reshape(1, 1, 7);
            long[] repeated = [.. Enumerable.Range(0, 7 * factor).Select(i => (long)(i / factor))];
            Assert.That(x.Interpolate([7 * factor]).ToArray<long>(), Is.EqualTo(repeated));
            Assert.That(x.Interpolate([(double)factor]).ToArray<long>(), Is.EqualTo(repeated));
            Assert.That(x.Interpolate([(double)factor], InterpolationMode.NearestExact).ToArray<long>(), Is.EqualTo(repeated));
        }
    }

    [Test]
    public void Straight_lines_stay_straight()
    {
        var ramp = Tensor.Arange(5, DType.Float64).Reshape(1, 1, 5);
        foreach (var mode in new[] { InterpolationMode.Linear, InterpolationMode.Cubic })
        {
            var fine = ramp.Interpolate([9], mode, alignCorners: true).ToArray<double>();
            for (var i = mode == InterpolationMode.Cubic ? 2 : 0; i < (mode == InterpolationMode.Cubic ? 7 : 9); i++)
            {
                Assert.That(fine[i], Is.EqualTo(i / 2.0).Within(1e-12), $"{mode}, {i}");
            }

            Assert.That(ramp.Interpolate([5], mode).ToArray<double>(), Is.EqualTo(ramp.ToArray<double>()).Within(1e-12));
            Assert.That(Tensor.Ones([1, 1, 7, 6], DType.Float64).Interpolate([3, 2], mode, antialias: true).ToArray<double>(), Is.All.EqualTo(1).Within(1e-12));
            GradCheck.Verify(t => t.Interpolate([5, 2], mode), Draw(1, 1, 3, 4), SecondOrder);
        }
    }

    [Test]
    public void Mistakes_are_named()
    {
        var x = Tensor.Ones([1, 1, 4, 4]);
        Assert.That(() => x.Interpolate([0]), Throws.ArgumentException);
        Assert.That(() => x.Interpolate([2, 2, 2]), Throws.ArgumentException.With.Message.Contains("2 dimensions"));
        Assert.That(() => x[0, 0].Interpolate([2]), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.Interpolate([0.1]), Throws.ArgumentException);
        Assert.That(() => x.To(DType.Int64).Interpolate([2], InterpolationMode.Linear), Throws.TypeOf<DTypeException>());
        Assert.That(() => x.Unfold([5, 1]), Throws.TypeOf<ShapeException>().With.Message.StartsWith("Unfold").And.Message.Contains("5 by 1"));
        Assert.That(() => x.Unfold([5, 5], dilation: [1 << 30]), Throws.TypeOf<ShapeException>().With.Message.StartsWith("Unfold").And.Message.Contains("5 by 5"), "the reach wraps to 0");
        Assert.That(() => x.Unfold([2, 2], padding: [1 << 30]), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.Ones([1, 1, 1]).Fold([1, 1], [1, 1], padding: [1 << 30]), Throws.TypeOf<ShapeException>());
    }
}
