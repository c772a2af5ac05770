using System.Globalization;
using System.Runtime.InteropServices;
using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Core;

/// <summary>Convolutions and their gradients against their definition, and what they refuse.</summary>
internal sealed class ConvolutionTests
{
    private static readonly Gen<Sample> Samples =
        from rank in Gen.Choose(1, 3)
        from sizes in Gen.Choose(1, 7).ArrayOf(rank)
        from kernel in Gen.Choose(1, 4).ArrayOf(rank)
        from stride in Gen.Choose(1, 4).ArrayOf(rank)
        from padding in Gen.Choose(0, 3).ArrayOf(rank)
        from dilation in Gen.Choose(1, 3).ArrayOf(rank)
        from groups in Gen.Choose(1, 3)
        from inputs in Gen.Choose(1, 3)
        from outputs in Gen.Choose(1, 4)
        from images in Gen.Choose(0, 3)
        where sizes.Select((size, d) => size + (2 * padding[d]) - (dilation[d] * (kernel[d] - 1))).All(room => room > 0)
        select new Sample(sizes, kernel, stride, padding, dilation, groups, inputs, outputs, images);

    [Test]
    public void All_three_sums_by_definition()
        => Law.Holds(Samples, sample => Check(sample, Random(sample.Input, 1), Random(sample.Weight, 2), 1e-12), count: 300);

    // Sizes at which images are cut into boxes, sums into chains, and every path of the kernels is taken.
    [TestCase("2x3x70x65", "13x3x3x3", 1, 1, 1)]
    [TestCase("1x2x70x65", "5x2x5x4", 2, 2, 1)]
    [TestCase("1x2x2600", "3x2x5", 1, 2, 1)]
    [TestCase("2x4x2600", "6x2x4", 3, 0, 2)]
    [TestCase("1x40x9x33", "14x40x3x3", 1, 1, 1)]
    [TestCase("3x30x7x7", "20x30x1x1", 1, 0, 1)]
    [TestCase("3x30x9x9", "20x30x1x1", 2, 0, 1)]
    [TestCase("40x3x7x6", "9x3x3x3", 1, 1, 1)]
    [TestCase("30x6x9x9", "6x1x3x3", 1, 1, 6)]
    [TestCase("3x6x40x35", "6x1x3x3", 2, 1, 6)]
    [TestCase("3x6x40x35", "12x1x5x5", 1, 2, 6)]
    [TestCase("2x8x20x20", "12x2x3x3", 1, 1, 4)]
    [TestCase("1x2x12x14x13", "3x2x3x3x3", 1, 1, 1)]
    [TestCase("1x2x12x14x13", "3x2x3x2x3", 2, 1, 1)]
    [TestCase("2x1x40x40", "17x1x3x3", 1, 1, 1)]
    [TestCase("2x3x41x40", "17x3x7x7", 2, 3, 1)]
    [TestCase("3x9x13x11", "33x9x3x5", 1, 2, 1)]
    [TestCase("2x40x7x7", "50x40x3x3", 1, 1, 1)]
    [TestCase("2x5x40x9", "16x5x1x9", 1, 4, 1)]
    [TestCase("2x12x30x31", "20x12x3x3", 4, 1, 1)]
    [TestCase("2x6x23x25", "13x6x1x1", 2, 0, 1)]
    [TestCase("1x20x23x24", "20x1x1x1", 2, 0, 20)]
    [TestCase("2x20x23x17", "40x1x5x5", 2, 2, 20)]
    [TestCase("2x34x9x21", "34x2x3x3", 1, 1, 17)]
    [TestCase("2x3x9x10x11", "9x3x3x3x3", 2, 1, 1)]
    [TestCase("2x9x7x9x11", "9x1x3x3x3", 2, 1, 9)]
    public void Large_ones_by_definition(string input, string weight, int stride, int padding, int groups)
    {
        var (x, w) = (Sizes(input), Sizes(weight));
        int[] Each(int number) => [.. Enumerable.Repeat(number, x.Length - 2)];
        foreach (var dilation in (int[])[1, 2])
        {
            var sample = new Sample(x[2..], w[2..], Each(stride), Each(padding), Each(dilation), groups, w[1], w[0] / groups, x[0]);
            Check(sample, Random(x, 3), Random(w, 4), 1e-10);
        }
    }

    [Test]
    public void Single_precision_and_integers()
    {
        var (x, w) = (Random([2, 3, 30, 33], 5), Random([8, 3, 3, 3], 6));
        Assert.That(x.To(DType.Float32).Conv2d(w.To(DType.Float32), padding: 1).To(DType.Float64).AllClose(x.Conv2d(w, padding: 1), 1e-5, 1e-5));
        var (counts, ones) = (Tensor.Arange(12).Reshape(1, 3, 4), Tensor.Ones([1, 1, 2, 2], DType.Int64));
        Assert.That(counts.Conv2d(ones).ToArray<long>(), Is.EqualTo([10L, 14, 18, 26, 30, 34]));
    }

    [Test]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        (int[] X, int[] W, int Stride, int Groups)[] cases =
        [
            ([8, 16, 28, 28], [32, 16, 3, 3], 1, 1), ([8, 16, 28, 28], [32, 16, 3, 3], 2, 1), ([1, 3, 90, 90], [16, 3, 3, 3], 1, 1), ([64, 1, 28, 28], [16, 1, 5, 5], 1, 1),
            ([8, 32, 28, 28], [32, 1, 3, 3], 1, 32), ([1, 64, 14, 14], [128, 64, 3, 3], 1, 1), ([4, 64, 14, 14], [64, 64, 1, 1], 1, 1), ([4, 32, 14, 14], [64, 4, 3, 3], 1, 8),
            ([1, 128, 7, 7], [128, 128, 3, 3], 1, 1), ([8, 32, 28, 28], [32, 1, 5, 5], 2, 32), ([8, 3, 32, 32], [16, 3, 3, 3], 1, 1),
            ([40, 16, 14, 14], [32, 16, 5, 5], 1, 1), ([2, 256, 7, 7], [256, 256, 3, 3], 1, 1),
        ];
        var before = Threads.Count;
        try
        {
            foreach (var (sizes, window, stride, groups) in cases)
            {
                byte[][] Run(int threads)
                {
                    Threads.Count = threads;
                    var (x, w) = (Random(sizes, 7).To(DType.Float32).AsLeaf(), Random(window, 8).To(DType.Float32).AsLeaf());
                    var y = x.Conv2d(w, stride: stride, padding: window[2] / 2, groups: groups);
                    y.Backward(Random([.. y.Shape], 9).To(DType.Float32));
                    return [Bits(y.Detach()), Bits(x.Grad!), Bits(w.Grad!)];
                }

                var expected = Run(1);
                foreach (var threads in (int[])[2, 3, 8])
                {
                    Assert.That(Run(threads).Zip(expected).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), $"{threads} threads, {Shapes.Describe(sizes)}");
                }
            }
        }
        finally
        {
            Threads.Count = before;
        }
    }

    [Test]
    public void Same_padding()
    {
        var x = Random([2, 3, 9, 8], 10);
        foreach (var (height, width, dilation) in ((int, int, int)[])[(3, 3, 1), (2, 4, 1), (1, 5, 1), (2, 3, 3), (4, 6, 3)])
        {
            var w = Random([2, 3, height, width], 11);
            var (down, across) = (dilation * (height - 1), dilation * (width - 1));
            var padded = x.Pad([across / 2, across - (across / 2), down / 2, down - (down / 2)]);
            Law.Equal(x.Conv2d(w, padding: "same", dilation: dilation), padded.Conv2d(w, dilation: dilation), "same");
        }

        Law.Equal(x.Conv2d(x, padding: "valid"), x.Conv2d(x, padding: 0), "valid");
    }

    [Test]
    public void A_signal_without_batch_is_one_of_a_batch_of_one()
    {
        var (x, w, b) = (Random([4, 9, 8], 12), Random([4, 2, 3, 2], 13), Random([4], 14));
        Law.Equal(x.Conv2d(w, b, groups: 2), x.Unsqueeze(0).Conv2d(w, b, groups: 2)[0], "convolution");
        Law.Equal(x.ConvTranspose2d(w, Random([4], 14), groups: 2), x.Unsqueeze(0).ConvTranspose2d(w, b, groups: 2)[0], "transposed");
        var (signal, window) = (Random([2, 9], 15), Random([5, 2, 3], 16));
        Law.Equal(signal.Conv1d(window, padding: 1), signal.Unsqueeze(1).Conv2d(window.Unsqueeze(2), padding: [0, 1]).Squeeze(1), "one dimension");
    }

    [Test]
    public void Specials_stay_where_they_are()
    {
        var x = Tensor.Zeros([1, 1, 5, 5]).With([0, 0, 2, 2], double.NaN);
        Assert.That(x.Conv2d(Tensor.Ones([1, 1, 3, 3]), padding: 1).IsNaN().Sum().Item(), Is.EqualTo(9));
        Assert.That(x.Conv2d(Tensor.Full([1, 1, 1, 1], double.PositiveInfinity)).IsNaN().All().Item<bool>(), "0 · ∞");
        Assert.That(Tensor.Ones([1, 1, 2, 2]).Conv2d(Tensor.Full([1, 1, 3, 3], double.PositiveInfinity), padding: 1).IsNaN().All().Item<bool>(), "padding is 0");
    }

    [Test]
    public void What_is_refused()
    {
        var (x, w) = (Tensor.Ones([2, 4, 8, 8]), Tensor.Ones([6, 4, 3, 3]));
        Assert.That(() => Tensor.Ones([8, 8]).Conv2d(w), Throws.TypeOf<ShapeException>().With.Message.StartsWith("Conv2d: the input has shape [8, 8]"));
        Assert.That(() => x.Conv1d(w), Throws.TypeOf<ShapeException>().With.Message.StartsWith("Conv1d: the input"));
        Assert.That(() => x.Conv2d(Tensor.Ones([6, 4, 3])), Throws.TypeOf<ShapeException>().With.Message.Contains("must have 4 dimensions"));
        Assert.That(() => x.Conv2d(Tensor.Ones([6, 4, 0, 3])), Throws.TypeOf<ShapeException>().With.Message.Contains("none of them empty"));
        Assert.That(() => x.Conv2d(Tensor.Ones([6, 3, 3, 3])), Throws.TypeOf<ShapeException>().With.Message.Contains("4 channels"));
        Assert.That(() => x.Conv2d(Tensor.Ones([5, 2, 3, 3]), groups: 2), Throws.TypeOf<ShapeException>().With.Message.Contains("groups divide"));
        Assert.That(() => x.Conv2d(w, groups: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.Conv2d(w, Tensor.Ones([5])), Throws.TypeOf<ShapeException>().With.Message.Contains("it must have [6]"));
        Assert.That(() => x.Conv2d(w, stride: 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("stride must be at least 1"));
        Assert.That(() => x.Conv2d(w, dilation: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.Conv2d(w, padding: -1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.Conv2d(w, padding: "full"), Throws.ArgumentException.With.Message.Contains("Padding 'full'"));
        Assert.That(() => x.Conv2d(w, stride: 2, padding: "same"), Throws.ArgumentException.With.Message.Contains("needs stride 1"));
        Assert.That(() => x.Conv2d(w, stride: [1, 1, 1]), Throws.ArgumentException.With.Message.Contains("one for all of the 2"));
        Assert.That(() => x.Conv2d(w, dilation: 4), Throws.TypeOf<ShapeException>().With.Message.Contains("covers 9"));
        Assert.That(() => x.Conv2d(w, dilation: int.MaxValue), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.Conv2d(w, padding: int.MaxValue), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.Conv2d(w.To(DType.Float64)), Throws.TypeOf<DTypeException>().With.Message.Contains("x.To(DType.Float64)"));
        Assert.That(() => x.To(DType.Bool).Conv2d(w.To(DType.Bool)), Throws.TypeOf<DTypeException>());
        Assert.That(() => x.ConvTranspose2d(w), Throws.TypeOf<ShapeException>().With.Message.StartsWith("ConvTranspose2d: an input of shape [2, 4, 8, 8] has 4 channels"));
        Assert.That(() => x.ConvTranspose2d(Tensor.Ones([4, 2, 3, 3]), outputPadding: 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("outputPadding"));
        Assert.That(() => x.ConvTranspose2d(Tensor.Ones([4, 2, 3, 3]), padding: 5), Throws.TypeOf<ShapeException>().With.Message.Contains("would become 0"));
        Assert.That(() => x.ConvTranspose2d(Tensor.Ones([4, 2, 3, 3]), stride: int.MaxValue), Throws.TypeOf<ShapeException>());
    }

    /// <summary>The convolution, its gradients, the transposed convolution and its gradients.</summary>
    private static void Check(Sample sample, Tensor x, Tensor w, double tolerance)
    {
        var leaves = (X: x.AsLeaf(), W: w.AsLeaf());
        var y = Convolve(leaves.X, leaves.W, sample);
        var naive = new NaiveConvolution(sample.Image, sample.Kernel, [.. y.Shape.AsSpan()[2..]], sample.Stride, sample.Padding, sample.Dilation, sample.Groups);
        Law.Equal(y.Detach(), naive.Convolve(x, w), "convolution", tolerance);
        var seed = Random([.. y.Shape], 20);
        var gradients = Differentiate.Gradients(y, [leaves.X, leaves.W], seed);
        Law.Equal(gradients[0], naive.Adjoin(seed, w), "gradient of the input", tolerance);
        Law.Equal(gradients[1], naive.Weigh(x, seed), "gradient of the weight", tolerance);
        int[] further = [.. sample.Image.Select((size, d) => (size + (2 * sample.Padding[d]) - (sample.Dilation[d] * (sample.Kernel[d] - 1)) - 1) % sample.Stride[d])];
        Law.Equal(Transpose(seed, w, sample, further), gradients[0], "transposed convolution", tolerance);
    }

    private static Tensor Convolve(Tensor x, Tensor w, Sample s)
    {
        var (stride, padding, dilation) = (SpatialSizes.Create(s.Stride), ConvolutionPadding.Create(s.Padding), SpatialSizes.Create(s.Dilation));
        return s.Image.Length switch
        {
            1 => x.Conv1d(w, null, stride, padding, dilation, s.Groups),
            2 => x.Conv2d(w, null, stride, padding, dilation, s.Groups),
            _ => x.Conv3d(w, null, stride, padding, dilation, s.Groups),
        };
    }

    private static Tensor Transpose(Tensor y, Tensor w, Sample s, int[] further)
    {
        var (stride, padding, dilation, output) = (SpatialSizes.Create(s.Stride), SpatialSizes.Create(s.Padding), SpatialSizes.Create(s.Dilation), SpatialSizes.Create(further));
        return s.Image.Length switch
        {
            1 => y.ConvTranspose1d(w, null, stride, padding, output, s.Groups, dilation),
            2 => y.ConvTranspose2d(w, null, stride, padding, output, s.Groups, dilation),
            _ => y.ConvTranspose3d(w, null, stride, padding, output, s.Groups, dilation),
        };
    }

    private static Tensor Random(int[] sizes, ulong seed) => Tensor.Randn(sizes, DType.Float64, generator: new Generator(seed));

    private static int[] Sizes(string text) => Array.ConvertAll(text.Split('x'), size => int.Parse(size, CultureInfo.InvariantCulture));

    private static byte[] Bits(Tensor x) => MemoryMarshal.AsBytes(x.AsSpan<float>()).ToArray();

    private sealed record Sample(int[] Image, int[] Kernel, int[] Stride, int[] Padding, int[] Dilation, int Groups, int InputsOfGroup, int OutputsOfGroup, int Images)
    {
        public int[] Input => [Images, InputsOfGroup * Groups, .. Image];

        public int[] Weight => [OutputsOfGroup * Groups, InputsOfGroup, .. Kernel];
    }
}
