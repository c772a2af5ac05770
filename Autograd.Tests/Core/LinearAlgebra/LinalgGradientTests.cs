namespace Autograd.Tests.Core.LinearAlgebra;

/// <summary>Gradients of compositions, and at the points where a formula could divide by zero.</summary>
internal sealed class LinalgGradientTests
{
    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new(StringComparer.Ordinal)
    {
        ["Inv"] = Linalg.Inv,
        ["LogDet"] = a => Linalg.LogDet(a.MatMul(a.T)),
        ["SlogDet"] = a => Linalg.SlogDet(a).LogAbsDet,
        ["Qr, wide"] = a => Linalg.Qr(a.Narrow(-2, 0, 2)).Q.Sum() + (Linalg.Qr(a.Narrow(-2, 0, 2)).R.Square() * 0.3).Sum(),
        ["Svd"] = a => Linalg.Svd(a).U.MatMul(Linalg.Svd(a).Vt) * 2,
        ["Eigh"] = a => Linalg.Eigh(a).Eigenvectors * Linalg.Eigh(a).Eigenvalues.Exp().Unsqueeze(-1),
        ["Eigvalsh"] = a => Linalg.Eigvalsh(a).Exp(),
        ["Cholesky"] = a => Linalg.Cholesky(a.MatMul(a.T), upper: true),
        ["Lstsq, tall"] = a => Linalg.Lstsq(a.Narrow(-1, 0, 2), a.Narrow(-1, 2, 1)),
        ["Lstsq, wide"] = a => Linalg.Lstsq(a.Narrow(-2, 0, 2), a.Narrow(-2, 0, 2).Sin()),
        ["MatrixPower"] = a => Linalg.MatrixPower(a, 3) + Linalg.MatrixPower(a, -2) + Linalg.MatrixPower(a, 0),
        ["Norms"] = a => Linalg.MatrixNorm(a) + Linalg.MatrixNorm(a, "nuc") + Linalg.MatrixNorm(a, 2) + Linalg.MatrixNorm(a, -2) + Linalg.MatrixNorm(a, 1) + Linalg.MatrixNorm(a, double.NegativeInfinity),
        ["Solve, right"] = a => Linalg.Solve(a, a.Cos(), left: false),
        ["SolveTriangular, right"] = a => Linalg.SolveTriangular(a, a.Cos(), upper: true, left: false),
    };

    private static IEnumerable<string> Names => Functions.Keys;

    [TestCaseSource(nameof(Names))]
    public void Compositions(string name)
    {
        var a = Tensor.From([2.1, 0.3, -0.2, 0.4, 3.2, 0.5, -0.1, 0.2, 4.3], [3, 3]);
        GradCheck.Verify(Functions[name], a, SecondOrder);
        GradCheck.Verify(Functions[name], Tensor.Stack([a, a.T * 1.1]), SecondOrder);
    }

    // Cofactors are polynomials: they have all derivatives at singular matrices, too.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Determinants_of_singular_matrices(int n)
    {
        for (var rank = 0; rank < n; rank++)
        {
            var a = Tensor.From([2.0, 1, -1, 3], [4])[..n].Diag().MatMul(Tensor.Ones([n, n], DType.Float64).Triu());
            a = a * (Tensor.Arange(n) < rank).To(DType.Float64);
            Assert.That(Linalg.Det(a).Item(), Is.EqualTo(0));
            GradCheck.Verify(Linalg.Det, a, SecondOrder);
            GradCheck.Verify(Linalg.Det, Tensor.Stack([a, Tensor.Eye(n, dtype: DType.Float64) * 2]), SecondOrder);
        }
    }

    [Test]
    public void A_determinant_of_high_deficiency_has_no_gradient_noise()
    {
        var a = Tensor.Zeros([12, 12], DType.Float64, requiresGrad: true);
        Assert.That(Differentiate.Gradients(Linalg.Det(a), [a])[0].Eq(0).All().Item<bool>());
    }

    [Test]
    public void The_third_derivative_of_an_inverse()
    {
        // (1/x)‴ = −6/x⁴
        var x = Tensor.From([2.0], [1, 1], requiresGrad: true);
        var y = Linalg.Inv(x);
        for (var order = 0; order < 3; order++)
        {
            y = Differentiate.Gradients(y.Sum(), [x], createGraph: true)[0];
        }

        Assert.That(y.Item(), Is.EqualTo(-6.0 / 16).Within(1e-14));
    }

    [Test]
    public void Eigenvalues_that_coincide_have_the_gradient_of_their_sum()
    {
        var a = (Tensor.Eye(3, dtype: DType.Float64) * 2).AsLeaf();
        Assert.That(Differentiate.Gradients(Linalg.Eigvalsh(a).Sum(), [a])[0].AllClose(Tensor.Eye(3, dtype: DType.Float64)));
        Assert.That(Differentiate.Gradients(Linalg.MatrixNorm(a, "nuc"), [a])[0].AllClose(Tensor.Eye(3, dtype: DType.Float64)));

        // Its vectors are arbitrary within their plane, and so is a gradient through them: not a number, rather than any number.
        var vectors = Linalg.Eigh(a).Eigenvectors;
        var gradient = Differentiate.Gradients((vectors * Tensor.Randn([3, 3], DType.Float64, generator: new Generator(1))).Sum(), [a])[0];
        Assert.That(gradient.IsFinite().All().Item<bool>(), Is.False);
    }

    [Test]
    public void Singular_values_of_a_matrix_of_low_rank_have_a_gradient()
    {
        var a = Tensor.Ones([4, 3], DType.Float64, requiresGrad: true);
        var gradient = Differentiate.Gradients(Linalg.Svdvals(a).Narrow(-1, 0, 1).Sum(), [a])[0];
        Assert.That(gradient.AllClose(Tensor.Full([4, 3], 1 / Math.Sqrt(12), DType.Float64)));
    }

    [Test]
    public void Gradients_of_functions_of_symmetric_matrices_are_symmetric()
    {
        var a = Tensor.From([3.0, 1, 1, 2], [2, 2], requiresGrad: true);
        foreach (var y in new[] { Linalg.Cholesky(a).Sum(), Linalg.Eigvalsh(a).Square().Sum(), Linalg.Eigh(a).Eigenvectors.Sum() })
        {
            var gradient = Differentiate.Gradients(y, [a])[0];
            Assert.That(gradient.AllClose(gradient.T, relativeTolerance: 0, absoluteTolerance: 0));
        }
    }

    [Test]
    public void Factors_serve_any_number_of_passes()
    {
        var a = Tensor.Randn([70, 70], DType.Float64, requiresGrad: true, generator: new Generator(3));
        var x = Linalg.Solve(a, Tensor.Ones([70], DType.Float64));
        var first = Differentiate.Gradients(x.Sum(), [a], retainGraph: true)[0];
        GC.Collect();
        var again = Differentiate.Gradients(x.Sum(), [a], createGraph: true)[0];
        Assert.That(again.Detach().Eq(first).All().Item<bool>());
        var expected = -(Linalg.Inv(a.Detach()).T.MatMul(Tensor.Ones([70, 1], DType.Float64)).MatMul(x.Detach().Unsqueeze(0)));
        Assert.That(first.AllClose(expected, relativeTolerance: 1e-8, absoluteTolerance: 1e-8));
    }
}
