namespace Autograd.Tests.Core.LinearAlgebra;

/// <summary>Factors are what they claim to be: orthonormal, triangular, ordered, and their product is the matrix.</summary>
[TestFixture(DType.Float32)]
[TestFixture(DType.Float64)]
internal sealed class FactorizationTests(DType dtype)
{
    private static readonly int[][] Sizes = [[0, 0], [3, 0], [0, 3], [1, 1], [1, 5], [5, 1], [2, 2], [7, 3], [3, 7], [17, 17], [40, 33], [33, 40], [2, 3, 5, 4], [0, 2, 2], [150, 20]];

    private double Unit => dtype == DType.Float32 ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52);

    [TestCaseSource(nameof(Sizes))]
    public void Qr(params int[] sizes)
    {
        var a = Draw(sizes);
        var (q, r) = Linalg.Qr(a);
        var k = Math.Min(sizes[^1], sizes[^2]);
        Near(q.MatMul(r), a);
        Near(q.T.MatMul(q), Tensor.Eye(k, dtype: dtype).Expand([.. sizes[..^2], k, k]));
        Assert.That((r.Tril(-1).Eq(0).All() & (r.Diagonal(0, -2, -1) >= 0).All()).Item<bool>());
    }

    [TestCaseSource(nameof(Sizes))]
    public void Svd(params int[] sizes) => IsSvd(Draw(sizes));

    [TestCaseSource(nameof(Sizes))]
    public void Svd_of_matrices_of_low_rank(params int[] sizes)
    {
        IsSvd(Tensor.Zeros(sizes, dtype));
        IsSvd(Tensor.Ones(sizes, dtype));
        IsSvd(Tensor.Eye(sizes[^2], sizes[^1], dtype).Expand(sizes));
        if (sizes[^1] >= 2)
        {
            // A column of zeros, and one that is another's double.
            IsSvd(Draw(sizes).With([TensorIndex.Ellipsis, 0], 0));
            var a = Draw(sizes);
            IsSvd(a.With([TensorIndex.Ellipsis, 0], a.Select(-1, 1) * 2));
        }
    }

    [TestCase(1e30, 1e-30)]
    [TestCase(1e-37, 1)]
    public void Svd_and_Eigh_neither_overflow_nor_vanish(double high, double low)
    {
        var a = Draw([4, 4]) * high;
        var s = Linalg.Svdvals(a * low);
        Assert.That(Linalg.Svdvals(a).AllClose(s / low, relativeTolerance: 100 * Unit, absoluteTolerance: 0));
        Assert.That(Linalg.Eigvalsh(a).AllClose(Linalg.Eigvalsh(a * low) / low, relativeTolerance: 1000 * Unit, absoluteTolerance: 1000 * Unit * high));
        Assert.That(Linalg.Qr(a).R.IsFinite().All().Item<bool>());
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(9)]
    [TestCase(64)]
    [TestCase(101)]
    public void Eigh(int n)
    {
        var x = Draw([2, n, n]);
        IsEigh(x + x.T);
        IsEigh(x.MatMul(x.T));
        IsEigh(Tensor.Ones([n, n], dtype));
        IsEigh(Tensor.Eye(n, dtype: dtype) * 3);
        IsEigh(Tensor.Zeros([n, n], dtype));
    }

    [Test]
    public void Eigenvalues_of_the_second_difference()
    {
        // 2 − 2 cos(kπ/(n + 1))
        const int N = 50;
        var a = (Tensor.Eye(N, dtype: dtype) * 2) - Tensor.Ones([N - 1], dtype).Diag(1) - Tensor.Ones([N - 1], dtype).Diag(-1);
        var expected = 2 - ((Tensor.Arange(1, N + 1, dtype: DType.Float64) * (Math.PI / (N + 1))).Cos() * 2);
        Assert.That(Linalg.Eigvalsh(a).To(DType.Float64).AllClose(expected, relativeTolerance: 0, absoluteTolerance: 20 * Unit));
    }

    [Test]
    public void Small_singular_values_of_graded_columns_are_accurate()
    {
        // Columns of very different lengths: one-sided rotations find each value to its own precision.
        var q = Linalg.Qr(Draw([6, 6])).Q;
        var scales = Tensor.From(dtype == DType.Float32 ? [1, 1e-2, 1e-4, 1e-6, 1e-8, 1e-10] : [1, 1e-20, 1e-40, 1e-60, 1e-80, 1e-100], [6]).To(dtype);
        var expected = scales.To(DType.Float64);
        Assert.That(Linalg.Svdvals(q * scales).To(DType.Float64).AllClose(expected, relativeTolerance: 30 * Unit, absoluteTolerance: 0));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(10)]
    [TestCase(70)]
    public void Cholesky(int n)
    {
        var x = Draw([3, n, n]);
        var a = x.MatMul(x.T) + (Tensor.Eye(n, dtype: dtype) * 0.5);
        var l = Linalg.Cholesky(a);
        Near(l.MatMul(l.T), a);
        Assert.That(l.Triu(1).Eq(0).All().Item<bool>());
        Assert.That(Linalg.Cholesky(a, upper: true).AllClose(l.T, relativeTolerance: 0, absoluteTolerance: 0));
    }

    [Test]
    public void Results_are_those_of_each_matrix_alone()
    {
        var a = Draw([40, 20, 20]);
        var s = Linalg.Svdvals(a);
        var d = Linalg.Det(a);
        for (var i = 0; i < 40; i += 13)
        {
            Assert.That(Linalg.Svdvals(a[i]).Eq(s[i]).All().Item<bool>());
            Assert.That(Linalg.Det(a[i]).Item(), Is.EqualTo(d[i].Item()));
        }
    }

    private void IsSvd(Tensor a)
    {
        var (u, s, vt) = Linalg.Svd(a);
        var k = Math.Min(a.Shape[-1], a.Shape[-2]);
        var unit = Tensor.Eye(k, dtype: dtype).Expand([.. a.Shape.ToArray()[..^2], k, k]);
        Near((u * s.Unsqueeze(-2)).MatMul(vt), a);
        Near(u.T.MatMul(u), unit);
        Near(vt.MatMul(vt.T), unit);
        Assert.That((s >= 0).All().Item<bool>());
        Assert.That(k < 2 || (s.Narrow(-1, 0, k - 1) >= s.Narrow(-1, 1, k - 1)).All().Item<bool>());
    }

    private void IsEigh(Tensor a)
    {
        var (w, v) = Linalg.Eigh(a);
        var n = a.Shape[-1];
        Near((v * w.Unsqueeze(-2)).MatMul(v.T), a);
        Near(v.T.MatMul(v), Tensor.Eye(n, dtype: dtype).Expand(a.Shape));
        Assert.That(n < 2 || (w.Narrow(-1, 0, n - 1) <= w.Narrow(-1, 1, n - 1)).All().Item<bool>());
    }

    private Tensor Draw(int[] sizes) => Tensor.Randn(sizes, dtype, generator: new Generator(5));

    // Backward-stable: an error of some rounding units of the matrix.
    private void Near(Tensor actual, Tensor expected)
    {
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape));
        var size = expected.ElementCount == 0 ? 1 : Math.Max(1, expected.Abs().Amax().Item());
        Assert.That(actual.AllClose(expected, relativeTolerance: 0, absoluteTolerance: 10 * Math.Max(4, expected.Shape[-1]) * size * Unit), $"{actual}\nis not\n{expected}");
    }
}
