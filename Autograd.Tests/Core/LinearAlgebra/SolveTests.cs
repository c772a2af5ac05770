namespace Autograd.Tests.Core.LinearAlgebra;

/// <summary>Systems of equations, inverses, determinants and what is composed of them.</summary>
[TestFixture(DType.Float32)]
[TestFixture(DType.Float64)]
internal sealed class SolveTests(DType dtype)
{
    private double Tolerance => dtype == DType.Float32 ? 2e-4 : 1e-12;

    [TestCase(new[] { 0, 0 }, new[] { 0, 2 })]
    [TestCase(new[] { 1, 1 }, new[] { 1, 1 })]
    [TestCase(new[] { 5, 5 }, new[] { 5, 1 })]
    [TestCase(new[] { 5, 5 }, new[] { 5, 3 })]
    [TestCase(new[] { 60, 60 }, new[] { 60, 17 })]
    [TestCase(new[] { 2, 3, 4, 4 }, new[] { 3, 4, 2 })]
    [TestCase(new[] { 4, 4 }, new[] { 3, 2, 4, 5 })]
    [TestCase(new[] { 3, 1, 4, 4 }, new[] { 2, 4, 5 })]
    [TestCase(new[] { 0, 4, 4 }, new[] { 4, 5 })]
    public void Solve_from_both_sides(int[] left, int[] right)
    {
        var (a, b) = (Draw(left, 1), Draw(right, 2));
        Near(a.MatMul(Linalg.Solve(a, b)), b);
        Near(Linalg.Solve(a, b.T, left: false).MatMul(a), b.T);
        foreach (var upper in new[] { true, false })
        {
            var triangle = (upper ? a.Triu() : a.Tril()) + (Tensor.Eye(left[^1], dtype: dtype) * left[^1]);
            var other = triangle + (upper ? a.Tril(-1) : a.Triu(1));
            Near(triangle.MatMul(Linalg.SolveTriangular(other, b, upper)), b);
            Near(Linalg.SolveTriangular(other, b.T, upper, left: false).MatMul(triangle), b.T);
            var unit = (triangle / (left[^1] + 5)).With(Diagonal(triangle), 1);
            Near(unit.MatMul(Linalg.SolveTriangular(other / (left[^1] + 5), b, upper, unitriangular: true)), b);
        }
    }

    [Test]
    public void A_vector_counts_as_a_column()
    {
        var (a, b) = (Draw([4, 4], 1), Draw([4], 2));
        Near(a.MatMul(Linalg.Solve(a, b)), b);
        Near(Linalg.Solve(a, b, left: false).MatMul(a), b);
        var (stack, vectors) = (Draw([3, 4, 4], 1), Draw([3, 4], 2));
        Near(stack.MatMul(Linalg.Solve(stack, vectors).Unsqueeze(-1)).Squeeze(-1), vectors);
        Near(Linalg.Lstsq(stack, vectors), Linalg.Solve(stack, vectors));
    }

    [Test]
    public void Inverse_powers_and_determinants()
    {
        var a = (Draw([2, 6, 6], 3) * 0.2) + Tensor.Eye(6, dtype: dtype);
        var unit = Tensor.Eye(6, dtype: dtype).Expand(2, 6, 6);
        Near(Linalg.Inv(a).MatMul(a), unit);
        Near(Linalg.MatrixPower(a, 0), unit);
        Near(Linalg.MatrixPower(a, 1), a);
        Near(Linalg.MatrixPower(a, 5), a.MatMul(a).MatMul(a).MatMul(a).MatMul(a));
        Near(Linalg.MatrixPower(a, -3), Linalg.Inv(a.MatMul(a).MatMul(a)));
        var (sign, log) = Linalg.SlogDet(a);
        Near(sign * log.Exp(), Linalg.Det(a));
        Near(Linalg.Det(a.MatMul(a)), Linalg.Det(a).Square());
        Near(Linalg.LogDet(a.MatMul(a)), log * 2);
    }

    [Test]
    public void Determinants_of_special_matrices()
    {
        Assert.That(Linalg.Det(Tensor.Zeros([0, 0], dtype)).Item(), Is.EqualTo(1));
        Assert.That(Linalg.Det(Tensor.Ones([3, 3], dtype)).Item(), Is.EqualTo(0));
        Assert.That(Linalg.Det(Tensor.Eye(3, dtype: dtype).Flip(0)).Item(), Is.EqualTo(-1));
        Assert.That(Linalg.Det(Tensor.Full([2, 2], double.NaN, dtype)).Item(), Is.NaN);
        var (sign, log) = Linalg.SlogDet(Tensor.Ones([2, 2], dtype));
        Assert.That((sign.Item(), log.Item()), Is.EqualTo((0, double.NegativeInfinity)));
        Assert.That(Linalg.LogDet(Tensor.Eye(2, dtype: dtype).Flip(0)).Item(), Is.NaN);
        Assert.That(Linalg.LogDet(Tensor.Ones([2, 2], dtype)).Item(), Is.EqualTo(double.NegativeInfinity));

        // 10⁴⁰⁰ is no number, its logarithm is.
        Assert.That(Linalg.SlogDet(Tensor.Eye(400, dtype: dtype) * 10).LogAbsDet.Item(), Is.EqualTo(400 * Math.Log(10)).Within(1e-2));
    }

    [TestCase(5, 3)]
    [TestCase(3, 5)]
    [TestCase(4, 4)]
    public void Pseudoinverses_obey_Penroses_equations(int m, int n)
    {
        var low = Draw([m, 2], 4).MatMul(Draw([2, n], 5));
        foreach (var a in new[] { Draw([2, m, n], 6), low, Tensor.Zeros([m, n], dtype) })
        {
            var p = Linalg.Pinv(a);
            Near(a.MatMul(p).MatMul(a), a);
            Near(p.MatMul(a).MatMul(p), p);
            Near(a.MatMul(p), a.MatMul(p).T);
            Near(p.MatMul(a), p.MatMul(a).T);
        }
    }

    [Test]
    public void Least_squares_solutions_leave_orthogonal_residuals()
    {
        var (a, b) = (Draw([3, 9, 4], 7), Draw([9, 2], 8));
        Near(a.T.MatMul(a.MatMul(Linalg.Lstsq(a, b)) - b), Tensor.Zeros([3, 4, 2], dtype));
    }

    [Test]
    public void Matrix_norms()
    {
        var a = Tensor.From([1.0, -2, 3, 4], [2, 2]).To(dtype);
        var (s0, s1) = (Math.Sqrt(15 + Math.Sqrt(125)), Math.Sqrt(15 - Math.Sqrt(125)));
        Assert.Multiple(() =>
        {
            Assert.That(Linalg.MatrixNorm(a).Item(), Is.EqualTo(Math.Sqrt(30)).Within(1e-6));
            Assert.That(Linalg.MatrixNorm(a, "nuc").Item(), Is.EqualTo(s0 + s1).Within(1e-6));
            Assert.That(Linalg.MatrixNorm(a, 1).Item(), Is.EqualTo(6));
            Assert.That(Linalg.MatrixNorm(a, -1).Item(), Is.EqualTo(4));
            Assert.That(Linalg.MatrixNorm(a, double.PositiveInfinity).Item(), Is.EqualTo(7));
            Assert.That(Linalg.MatrixNorm(a, double.NegativeInfinity).Item(), Is.EqualTo(3));
            Assert.That(Linalg.MatrixNorm(a, 2).Item(), Is.EqualTo(s0).Within(1e-6));
            Assert.That(Linalg.MatrixNorm(a, -2).Item(), Is.EqualTo(s1).Within(1e-6));
        });
        var stack = Draw([3, 4, 5], 9);
        Near(Linalg.MatrixNorm(stack, 1, 2, 0, keepDim: true), stack.Abs().Sum(2, keepDim: true).Amax(0, keepDim: true));
        Assert.That(Linalg.MatrixNorm(stack, "nuc", 0, 2, keepDim: true).Shape, Is.EqualTo(Shape.Create([1, 4, 1])));
        Assert.That(Linalg.MatrixNorm(Tensor.Zeros([2, 0, 3], dtype), "nuc").Sum().Item(), Is.EqualTo(0));
    }

    private static TensorIndex[] Diagonal(Tensor a)
    {
        var mask = Tensor.Eye(a.Shape[-1], dtype: DType.Bool).Expand(a.Shape);
        return [mask];
    }

    private Tensor Draw(int[] sizes, ulong seed) => Tensor.Randn(sizes, dtype, generator: new Generator(seed));

    private void Near(Tensor actual, Tensor expected)
    {
        Assert.That(expected.Rank <= actual.Rank);
        Assert.That(actual.AllClose(expected.Expand(actual.Shape), relativeTolerance: Tolerance, absoluteTolerance: 5 * Tolerance), $"{actual}\nis not\n{expected}");
    }
}
