using Autograd.NN;

namespace Autograd.Tests.NN.Initialization;

/// <summary>Initializations with a structure.</summary>
internal sealed class StructuredTests
{
    [TestCase(4, 6)]
    [TestCase(6, 4)]
    [TestCase(5, 5)]
    public void Orthogonal_rows_or_columns(int rows, int columns)
    {
        var w = Initialize.Orthogonal(new(Tensor.Zeros([rows, columns], DType.Float64)), 2, new Generator(1));
        var product = rows <= columns ? w.MatMul(w.T) : w.T.MatMul(w);
        Assert.That(product.AllClose(Tensor.Eye(Math.Min(rows, columns), dtype: DType.Float64) * 4, 1e-12));
        var kernel = Initialize.Orthogonal(new(Tensor.Zeros([3, 2, 2, 2], DType.Float64)), generator: new Generator(1)).Flatten(1);
        Assert.That(kernel.MatMul(kernel.T).AllClose(Tensor.Eye(3, dtype: DType.Float64), 1e-12));
        Assert.That(() => Initialize.Orthogonal(new(Tensor.Zeros([3]))), Throws.TypeOf<ShapeException>());
    }

    [TestCase(0, 1, -2, 2)]
    [TestCase(1, 0.5, 0, 1.2)]
    [TestCase(0, 1, 1, 3)]
    public void Truncated_normal_values_have_the_moments_of_their_distribution(double mean, double deviation, double low, double high)
    {
        var x = Initialize.TruncatedNormal(new(Tensor.Zeros([40_000], DType.Float64)), mean, deviation, low, high, new Generator(3));
        Assert.That(x.Amin().Item(), Is.GreaterThanOrEqualTo(low));
        Assert.That(x.Amax().Item(), Is.LessThanOrEqualTo(high));

        // By Simpson's rule over the density.
        var (weight, first, second) = (0.0, 0.0, 0.0);
        for (var i = 0; i <= 2000; i++)
        {
            var at = low + ((high - low) * i / 2000);
            var share = Math.Exp(-0.5 * (at - mean) * (at - mean) / deviation / deviation) * (i is 0 or 2000 ? 1 : i % 2 == 1 ? 4 : 2);
            (weight, first, second) = (weight + share, first + (share * at), second + (share * at * at));
        }

        var expected = first / weight;
        var variance = (second / weight) - (expected * expected);
        Assert.That(x.Mean().Item(), Is.EqualTo(expected).Within(5 * Math.Sqrt(variance / 40_000)));
        Assert.That(x.Var().Item(), Is.EqualTo(variance).Within(3).Percent);
    }

    [Test]
    public void Sparse_columns()
    {
        var w = Initialize.Sparse(new(Tensor.Zeros([10, 50], DType.Float64)), 0.25, generator: new Generator(1));
        Assert.That(w.Eq(0).To(DType.Int64).Sum(0).ToArray<long>(), Is.All.EqualTo(3));
        Assert.That(w.Eq(0).To(DType.Int64).Sum(1).ToArray<long>().Max(), Is.LessThan(50), "not always the same rows");
        Assert.That(w.MaskedSelect(w.Ne(0)).Std().Item(), Is.EqualTo(0.01).Within(15).Percent);
        Assert.That(() => Initialize.Sparse(new(Tensor.Zeros([2, 2])), 2), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Initialize.Sparse(new(Tensor.Zeros([2, 2, 2])), 0.5), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void Identity_and_Dirac_return_their_input()
    {
        var x = Tensor.Randn([2, 3], DType.Float64);
        var linear = new Linear(3, 3, bias: false, dtype: DType.Float64);
        Initialize.Identity(linear.Weight);
        Assert.That(linear.Forward(x).AllClose(x, 0, 0));
        var image = Tensor.Randn([1, 4, 5, 6], DType.Float64);
        foreach (var groups in (int[])[1, 2])
        {
            var convolution = new Conv2d(4, 4, [3, 3], padding: "same", groups: groups, bias: false, dtype: DType.Float64);
            Initialize.Dirac(convolution.Weight, groups);
            Assert.That(convolution.Forward(image).AllClose(image, 0, 0));
        }

        Assert.That(() => Initialize.Dirac(new(Tensor.Zeros([2, 2]))), Throws.TypeOf<ShapeException>());
        Assert.That(() => Initialize.Dirac(new(Tensor.Zeros([3, 2, 1])), 2), Throws.ArgumentException);
    }

    [Test]
    public void The_same_generator_gives_the_same_bits()
    {
        foreach (var fill in (Func<Parameter, Generator, Parameter>[])
            [(p, g) => Initialize.TruncatedNormal(p, generator: g), (p, g) => Initialize.Orthogonal(p, generator: g), (p, g) => Initialize.Sparse(p, 0.3, generator: g)])
        {
            var (one, same) = (fill(new(Tensor.Zeros([4, 6])), new(9)), fill(new(Tensor.Zeros([4, 6])), new(9)));
            Assert.That(one.ToArray<float>(), Is.EqualTo(same.ToArray<float>()));
        }
    }
}
