using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Core;

/// <summary>Pooling against its definition, and what it refuses.</summary>
internal sealed class PoolingTests
{
    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    private static readonly Gen<(int[] Sizes, int Kernel, int Stride, int Padding, int Dilation, bool Ceil, bool Count)> Samples =
        from rank in Gen.Choose(1, 3)
        from sizes in Gen.Choose(1, 6).ArrayOf(rank)
        from kernel in Gen.Choose(1, 3)
        from stride in Gen.Choose(1, 4)
        from dilation in Gen.Choose(1, 2)
        from padding in Gen.Choose(0, ((dilation * (kernel - 1)) + 1) / 2)
        from ceil in Gen.Elements(true, false)
        from count in Gen.Elements(true, false)
        select (sizes, kernel, stride, padding, dilation, ceil, count);

    [Test]
    public void Sliding_windows_by_definition()
        => Law.Holds(
            Samples,
            sample =>
            {
                var (sizes, kernel, stride, padding, dilation, ceil, count) = sample;
                var x = Tensor.Randn([2, 3, .. sizes], DType.Float64, generator: new Generator(1));
                var axes = Array.ConvertAll(sizes, size => Windows(size, kernel, stride, padding, dilation, ceil));
                if (axes.Any(windows => windows.Length == 0 || windows.Any(window => window.Elements.Length == 0)))
                {
                    Refuses(() => Max(x, sizes.Length, kernel, stride, padding, dilation, ceil));
                    return;
                }

                Law.Equal(Max(x, sizes.Length, kernel, stride, padding, dilation, ceil), Naive(x, axes, (values, _) => values.Max()), "max");
                if (dilation == 1)
                {
                    Law.Equal(
                        Average(x, sizes.Length, kernel, stride, padding, ceil, count),
                        Naive(x, axes, (values, span) => values.Sum() / (count ? span : values.Length)),
                        "average");
                }
            });

    [Test]
    public void Adaptive_windows_by_definition()
        => Law.Holds(
            from rank in Gen.Choose(1, 3)
            from sizes in Gen.Choose(1, 6).ArrayOf(rank)
            from counts in Gen.Choose(1, 7).ArrayOf(rank)
            select (sizes, counts),
            sample =>
            {
                var (sizes, counts) = sample;
                var x = Tensor.Randn([1, 2, .. sizes], DType.Float64, generator: new Generator(2));
                var axes = sizes.Select((size, i) => Enumerable.Range(0, counts[i]).Select(o =>
                {
                    var (start, end) = (o * size / counts[i], (int)Math.Ceiling((o + 1) * size / (double)counts[i]));
                    return new Window([.. Enumerable.Range(start, end - start)], end - start);
                }).ToArray()).ToArray();
                var output = SpatialSizes.Create(counts);
                var (max, average) = sizes.Length switch
                {
                    1 => (x.AdaptiveMaxPool1d(output), x.AdaptiveAvgPool1d(output)),
                    2 => (x.AdaptiveMaxPool2d(output), x.AdaptiveAvgPool2d(output)),
                    _ => (x.AdaptiveMaxPool3d(output), x.AdaptiveAvgPool3d(output)),
                };
                Law.Equal(max, Naive(x, axes, (values, _) => values.Max()), "max");
                Law.Equal(average, Naive(x, axes, (values, _) => values.Average()), "average");
            });

    [Test]
    public void Gradients()
    {
        var x = Tensor.RandPermutation(60, new Generator(3)).To(DType.Float64).Reshape(1, 2, 6, 5) * 0.1;
        GradCheck.Verify(t => t.MaxPool2d(3, stride: 2, padding: 1).Square(), x, SecondOrder);
        GradCheck.Verify(t => t.AvgPool2d([2, 3], padding: [1, 0], ceilMode: true, countIncludePad: false).Square(), x, SecondOrder);
        GradCheck.Verify(t => t.AdaptiveAvgPool2d([4, -1]).Exp(), x, SecondOrder);
        GradCheck.Verify(t => t.AdaptiveMaxPool3d([2, 2, 3]).Square(), x, SecondOrder);
        GradCheck.Verify(t => t.T.AvgPool1d(2).Square(), x[0], SecondOrder);
    }

    [Test]
    public void Indices_name_the_elements()
    {
        var x = Tensor.Randn([2, 3, 4, 5, 6], generator: new Generator(4));
        var (values, indices) = x.MaxPool3dWithIndices(2, padding: 1);
        Assert.That(indices.DType, Is.EqualTo(DType.Int64));
        Assert.That(x.Flatten(2).Gather(2, indices.Flatten(2)).Eq(values.Flatten(2)).All().Item<bool>());
    }

    [Test]
    public void Other_elements()
    {
        Assert.That(Tensor.Arange(6).Reshape(1, 6).MaxPool1d(2).ToArray<long>(), Is.EqualTo([1L, 3, 5]));
        Assert.That(Tensor.From([1f, float.NaN, 2, 0], [1, 4]).MaxPool1d(2).ToArray<float>(), Is.EqualTo([float.NaN, 2]));
        Assert.That(Tensor.From([float.NegativeInfinity, float.NegativeInfinity], [1, 2]).MaxPool1d(2).Item(), Is.EqualTo(double.NegativeInfinity));
        Assert.That(Tensor.Zeros([0, 3, 4, 4]).MaxPool2d(2).Shape, Is.EqualTo(Shape.Create([0, 3, 2, 2])));
        Assert.That(Tensor.Zeros([0, 3, 4, 4]).AvgPool2d(2).Shape, Is.EqualTo(Shape.Create([0, 3, 2, 2])));
        Assert.That(Tensor.Ones([1, 2, 2]).AdaptiveAvgPool2d(0).Shape, Is.EqualTo(Shape.Create([1, 0, 0])));
        Assert.That(Tensor.Ones([1, 2, 2]).AdaptiveMaxPool2d([0, 1]).Shape, Is.EqualTo(Shape.Create([1, 0, 1])));
        Assert.That(Tensor.Ones([1, 4]).AvgPool1d(2).DType, Is.EqualTo(DType.Float32));
    }

    [Test]
    public void What_is_refused()
    {
        var x = Tensor.Ones([1, 2, 4, 4]);
        Assert.That(() => Tensor.Ones([4, 4]).MaxPool2d(2), Throws.TypeOf<ShapeException>().With.Message.StartsWith("MaxPool2d: shape [4, 4] has 2 dimensions"));
        Assert.That(() => Tensor.Ones([1, 2, 0, 4]).MaxPool2d(1), Throws.TypeOf<ShapeException>().With.Message.Contains("only the batch"));
        Assert.That(() => x.MaxPool2d(5), Throws.TypeOf<ShapeException>().With.Message.Contains("a window covers 5"));
        Assert.That(() => x.MaxPool2d(2, padding: 2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("more than half"));
        Assert.That(() => x.MaxPool2d(0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("kernelSize must be at least 1"));
        Assert.That(() => x.MaxPool2d(2, stride: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.MaxPool2d(2, dilation: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.AvgPool2d(2, padding: -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.AvgPool2d([2, 2, 2]), Throws.ArgumentException.With.Message.Contains("one for all of the 2 spatial dimensions"));
        Assert.That(() => x.AvgPool2d(default), Throws.ArgumentException);
        Assert.That(() => x.AvgPool2d(2, divisorOverride: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.AdaptiveAvgPool2d(-2), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.To(DType.Int64).AvgPool2d(2), Throws.TypeOf<DTypeException>().With.Message.StartsWith("AvgPool2d: the elements are Int64"));
        Assert.That(() => x.To(DType.Bool).MaxPool2d(2), Throws.TypeOf<DTypeException>());
        Assert.That(() => x.MaxPool2d(int.MaxValue, dilation: int.MaxValue), Throws.TypeOf<ShapeException>());
    }

    private static void Refuses(Func<Tensor> pool)
    {
        try
        {
            pool();
        }
        catch (ShapeException)
        {
            return;
        }

        throw new LawBrokenException("A window without elements was not refused.");
    }

    private static Tensor Max(Tensor x, int rank, int kernel, int stride, int padding, int dilation, bool ceil) => rank switch
    {
        1 => x.MaxPool1d(kernel, stride, padding, dilation, ceil),
        2 => x.MaxPool2d(kernel, stride, padding, dilation, ceil),
        _ => x.MaxPool3d(kernel, stride, padding, dilation, ceil),
    };

    private static Tensor Average(Tensor x, int rank, int kernel, int stride, int padding, bool ceil, bool count) => rank switch
    {
        1 => x.AvgPool1d(kernel, stride, padding, ceil, count),
        2 => x.AvgPool2d(kernel, stride, padding, ceil, count),
        _ => x.AvgPool3d(kernel, stride, padding, ceil, count),
    };

    /// <summary>The windows that begin at −padding, −padding + stride, …: all that fit; with ceil mode one more, if one in the place before would not have reached the end, and it begins before the padding behind.</summary>
    private static Window[] Windows(int size, int kernel, int stride, int padding, int dilation, bool ceil)
    {
        var windows = new List<Window>();
        var covered = int.MinValue;
        for (var start = -padding; start < size && covered < size + padding; start += stride)
        {
            covered = start + (dilation * (kernel - 1)) + 1;
            if (covered > size + padding && !(ceil && covered - stride < size + padding))
            {
                break;
            }

            var elements = Enumerable.Range(0, kernel).Select(k => start + (k * dilation)).Where(i => i >= 0 && i < size);
            windows.Add(new([.. elements], Math.Min(covered, size + padding) - start));
        }

        return [.. windows];
    }

    private static Tensor Naive(Tensor x, Window[][] axes, Func<double[], int, double> combine)
    {
        int[] outer = [.. x.Shape.AsSpan()[..2]];
        int[] sizes = [.. axes.Select(windows => windows.Length)];
        var results = new List<double>();
        for (var volume = 0; volume < outer[0] * outer[1]; volume++)
        {
            var values = x[volume / outer[1], volume % outer[1]];
            foreach (var place in Product(axes))
            {
                var elements = Product([.. place.Select(window => window.Elements)]).Select(index => values[[.. index.Select(i => (TensorIndex)i)]].Item());
                results.Add(combine([.. elements], place.Aggregate(1, (product, window) => product * window.Span)));
            }
        }

        return Tensor.From(results.ToArray(), [.. outer, .. sizes]);
    }

    private static IEnumerable<T[]> Product<T>(T[][] axes)
        => axes.Aggregate((IEnumerable<T[]>)[[]], (all, axis) => all.SelectMany(head => axis.Select(item => (T[])[.. head, item])));

    private sealed record Window(int[] Elements, int Span);
}
