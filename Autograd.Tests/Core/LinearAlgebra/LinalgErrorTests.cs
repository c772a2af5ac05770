namespace Autograd.Tests.Core.LinearAlgebra;

/// <summary>What has no answer says so, at the caller's line.</summary>
internal sealed class LinalgErrorTests
{
    private static readonly Tensor Square = Tensor.Eye(2, dtype: DType.Float64);

    private static readonly Dictionary<string, Func<Tensor, object>> OfSquare = new(StringComparer.Ordinal)
    {
        ["Inv"] = a => Linalg.Inv(a),
        ["Det"] = a => Linalg.Det(a),
        ["SlogDet"] = a => Linalg.SlogDet(a),
        ["LogDet"] = a => Linalg.LogDet(a),
        ["Solve"] = a => Linalg.Solve(a, Square),
        ["SolveTriangular"] = a => Linalg.SolveTriangular(a, Square, upper: true),
        ["Cholesky"] = a => Linalg.Cholesky(a),
        ["Eigh"] = a => Linalg.Eigh(a),
        ["Eigvalsh"] = a => Linalg.Eigvalsh(a),
        ["MatrixPower"] = a => Linalg.MatrixPower(a, 2),
    };

    private static readonly Dictionary<string, Func<Tensor, object>> OfMatrices = new(OfSquare, StringComparer.Ordinal)
    {
        ["Qr"] = a => Linalg.Qr(a),
        ["Svd"] = a => Linalg.Svd(a),
        ["Svdvals"] = a => Linalg.Svdvals(a),
        ["Pinv"] = a => Linalg.Pinv(a),
        ["Lstsq"] = a => Linalg.Lstsq(a, a),
        ["MatrixNorm"] = a => Linalg.MatrixNorm(a),
    };

    private static IEnumerable<string> SquareNames => OfSquare.Keys;

    private static IEnumerable<string> MatrixNames => OfMatrices.Keys;

    [TestCaseSource(nameof(SquareNames))]
    public void Not_square(string name)
        => Assert.That(() => OfSquare[name](Tensor.Ones([2, 3], DType.Float64)), Throws.TypeOf<ShapeException>().With.Message.StartsWith($"{name}: shape [2, 3] is not square"));

    [TestCaseSource(nameof(MatrixNames))]
    public void Integers_vectors_and_nothing(string name)
    {
        Assert.That(() => OfMatrices[name](Tensor.Ones([2, 2], DType.Int64)), Throws.TypeOf<DTypeException>().With.Message.StartsWith($"{name}: the elements are Int64").And.Message.Contains("To(DType.Float32)"));
        Assert.That(() => OfMatrices[name](Tensor.Ones([2, 2], DType.Bool)), Throws.TypeOf<DTypeException>());
        Assert.That(() => OfMatrices[name](Tensor.Ones([2], DType.Float64)), Throws.TypeOf<ShapeException>().With.Message.StartsWith($"{name}: shape [2] has 1 dimensions"));
        Assert.That(() => OfMatrices[name](null!), Throws.TypeOf<ArgumentNullException>());
    }

    [Test]
    public void Singular_matrices_are_named_by_their_place()
    {
        var stack = Tensor.Eye(2, dtype: DType.Float64).Expand(3, 2, 2, 2).With([1, 0, 1, 1], 0);
        Assert.That(() => Linalg.Inv(stack), Throws.TypeOf<LinearAlgebraException>().With.Message.StartsWith("Inv: matrix [1, 0] is singular"));
        Assert.That(() => Linalg.Solve(Tensor.Ones([2, 2]), Tensor.Ones([2])), Throws.TypeOf<LinearAlgebraException>().With.Message.StartsWith("Solve: the matrix is singular"));
        Assert.That(() => Linalg.MatrixPower(Tensor.Ones([2, 2]), -1), Throws.TypeOf<LinearAlgebraException>());
        Assert.That(() => Linalg.Cholesky(stack - 2), Throws.TypeOf<LinearAlgebraException>().With.Message.StartsWith("Cholesky: matrix [0, 0] is not positive-definite"));
        Assert.That(() => Linalg.Cholesky(Tensor.Stack([Tensor.Eye(300), Tensor.Eye(300), -Tensor.Eye(300), -Tensor.Eye(300)])), Throws.TypeOf<LinearAlgebraException>().With.Message.Contains("matrix [2]"));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void What_is_not_a_number_spreads_or_is_refused(double value)
    {
        var a = Tensor.Eye(3, dtype: DType.Float64).With([1, 1], value);
        Assert.That(() => Linalg.Svd(a), Throws.TypeOf<LinearAlgebraException>().With.Message.Contains("NaN or infinite"));
        Assert.That(() => Linalg.Eigh(a), Throws.TypeOf<LinearAlgebraException>());
        Assert.That(() => Linalg.Pinv(a), Throws.TypeOf<LinearAlgebraException>());
        Assert.That(() => Linalg.Cholesky(a), Throws.TypeOf<LinearAlgebraException>());
        Assert.That(Linalg.Det(a).Item(), Is.EqualTo(value));
        Assert.That(Linalg.Qr(a).R.IsFinite().All().Item<bool>(), Is.False);
        Assert.That(Linalg.Inv(Tensor.Full([2, 2], double.NaN, DType.Float64)).IsNaN().All().Item<bool>());
    }

    [Test]
    public void Right_sides_that_do_not_fit()
    {
        Assert.That(() => Linalg.Solve(Square, Tensor.Ones([3, 2], DType.Float64)), Throws.TypeOf<ShapeException>().With.Message.Contains("[3, 2]"));
        Assert.That(() => Linalg.Solve(Square, Tensor.Ones([3], DType.Float64)), Throws.TypeOf<ShapeException>());
        Assert.That(() => Linalg.Solve(Square.Expand(2, 2, 2), Tensor.Ones([3, 2, 2], DType.Float64)), Throws.TypeOf<ShapeException>().With.Message.Contains("do not broadcast"));
        Assert.That(() => Linalg.Solve(Square, Tensor.Ones([2, 2])), Throws.TypeOf<DTypeException>().With.Message.Contains("To(DType.Float64)"));
        Assert.That(() => Linalg.Solve(Square, null!), Throws.TypeOf<ArgumentNullException>());
        Assert.That(() => Linalg.SolveTriangular(Square, Tensor.Ones([2], DType.Float64), upper: true), Throws.TypeOf<ShapeException>());
        Assert.That(() => Linalg.Lstsq(Tensor.Ones([3, 2]), Tensor.Ones([2, 2])), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void Norms_that_do_not_exist()
    {
        Assert.That(() => Linalg.MatrixNorm(Square, 3), Throws.ArgumentException.With.Message.Contains("no norm 3"));
        Assert.That(() => Linalg.MatrixNorm(Square, "max"), Throws.ArgumentException.With.Message.Contains("no norm 'max'"));
        Assert.That(() => Linalg.MatrixNorm(Square, 1, 0, -2), Throws.ArgumentException.With.Message.Contains("the same one"));
        Assert.That(() => Linalg.MatrixNorm(Tensor.Ones([0, 0]), 2), Throws.TypeOf<ShapeException>().With.Message.Contains("nothing to choose"));
    }

    [Test]
    public void A_triangle_with_a_zero_on_its_diagonal_gives_infinities()
        => Assert.That(Linalg.SolveTriangular(Tensor.Zeros([1, 1]), Tensor.Ones([1, 1]), upper: true).Item(), Is.EqualTo(double.PositiveInfinity));
}
