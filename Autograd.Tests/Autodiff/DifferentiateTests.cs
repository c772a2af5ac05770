namespace Autograd.Tests.Autodiff;

/// <summary>Derivatives as functions: gradients, products, matrices; nested, of several inputs, of inputs that do not matter.</summary>
internal sealed class DifferentiateTests
{
    private static readonly Tensor X = Tensor.From([0.3, -1.2, 2, 0.7, -0.4, 1.1], [2, 3]);
    private static readonly Tensor V = Tensor.From([1.0, 0.5, -2, 0.25, 3, -1], [2, 3]);

    private static Tensor F(Tensor x) => (x.Sin() * x.Exp()).Sum() + (x[0] * x[1]).Sum();

    private static Tensor Field(Tensor x) => (x * x.Sum(0, keepDim: true)).Tanh() + x.Flip(1);

    [Test]
    public void Gradients_of_one_two_three_and_any_number_of_inputs()
    {
        Assert.That(Differentiate.Grad(x => x.Sin().Sum())(X).AllClose(X.Cos(), 1e-15, 1e-15));
        var (value, gradient) = Differentiate.ValueAndGrad(F)(X);
        Assert.That((value.Item(), gradient.RequiresGrad, value.RequiresGrad), Is.EqualTo((F(X).Item(), false, false)));
        Assert.That(gradient.AllClose(Differentiate.NumericalGradient(F, X), 1e-9, 1e-9));
        var (a, b) = Differentiate.Grad((x, y) => (x * y.Exp()).Sum())(X, V);
        Assert.That(a.AllClose(V.Exp(), 1e-15, 1e-15) && b.AllClose(X * V.Exp(), 1e-15, 1e-15));
        var (sum, (p, q, r)) = Differentiate.ValueAndGrad((x, y, z) => (x * y * z).Sum())(X, V, X);
        Assert.That(p.AllClose(V * X) && q.AllClose(X * X) && r.AllClose(X * V) && sum.Item() == (X * V * X).Sum().Item(), "Equal values are different inputs.");
        Assert.That(Differentiate.Grad((Tensor[] x) => (x[0] * x[1]).Sum())([X, V])[1].AllClose(X));
    }

    [Test]
    public void Inputs_that_do_not_matter_have_gradient_0_or_are_an_error()
    {
        Assert.That(Differentiate.Grad((x, y) => x.Sum())(X, V).Second.Eq(0).All().Item<bool>());
        Assert.That(Differentiate.Grad(_ => Tensor.Ones([]))(X).Eq(0).All().Item<bool>());
        Assert.That(Differentiate.Jacobian(_ => V)(X).Eq(0).All().Item<bool>());
        Assert.That(Differentiate.Hessian(x => x.Sum())(X).Eq(0).All().Item<bool>());
        Assert.That(Differentiate.Jvp(_ => V, X, V).Tangent.Eq(0).All().Item<bool>());
        Assert.That(Differentiate.Hvp(x => x.Sum(), X, V).Eq(0).All().Item<bool>());
        Assert.That(Differentiate.Laplacian(x => x.Sum())(X).Item(), Is.Zero);
        Assert.That(() => Differentiate.Grad((x, y) => x.Sum(), strict: true)(X, V), Throws.TypeOf<GradientException>().With.Message.Contains("does not depend").And.Message.Contains("strict"));
        Assert.That(() => Differentiate.Grad(x => x.Detach().Sum(), strict: true)(X), Throws.TypeOf<GradientException>().With.Message.Contains("Detach"));
        Assert.That(() => Differentiate.Jacobian(_ => V, strict: true)(X), Throws.TypeOf<GradientException>());
    }

    [Test]
    public void Wrong_arguments_are_told_what_is_wrong()
    {
        Assert.That(() => Differentiate.Grad(x => x * 2)(X), Throws.TypeOf<GradientException>().With.Message.Contains("[2, 3]").And.Message.Contains("Jacobian"));
        Assert.That(() => Differentiate.Grad(x => x.Sum())(Tensor.From([1L, 2])), Throws.TypeOf<DTypeException>().With.Message.Contains("Int64"));
        Assert.That(() => Differentiate.Grad(x => (x > 0).All())(X), Throws.TypeOf<DTypeException>().With.Message.Contains("Bool"));
        Assert.That(() => Differentiate.Jvp(x => x, X, V[0]), Throws.TypeOf<ShapeException>().With.Message.Contains("direction"));
        Assert.That(() => Differentiate.Divergence(x => x.Sum(0))(X), Throws.TypeOf<ShapeException>().With.Message.Contains("field"));
        Assert.That(() => Differentiate.Hvp((Tensor[] x) => x[0].Sum(), [X], []), Throws.ArgumentException);
        Assert.That(() => Differentiate.NumericalGradient(x => x, X), Throws.TypeOf<GradientException>().With.Message.Contains("NumericalJacobian"));
        Assert.That(() => Differentiate.Grad((Func<Tensor, Tensor>)null!)(X), Throws.ArgumentNullException);
    }

    [Test]
    public void Products_and_matrices_agree_with_each_other_and_with_quotients()
    {
        var jacobian = Differentiate.Jacobian(Field)(X);
        Assert.That(jacobian.Shape, Is.EqualTo(Shape.Create([2, 3, 2, 3])));
        Assert.That(jacobian.AllClose(Differentiate.NumericalJacobian(Field, X), 1e-8, 1e-8));
        var matrix = jacobian.Reshape(6, 6);
        var (value, pullback) = Differentiate.Vjp(Field, X);
        Assert.That(value.AllClose(Field(X)) && pullback(V).Flatten().AllClose(matrix.T.MatMul(V.Flatten()), 1e-13, 1e-13) && pullback(V * 2).Flatten().AllClose(matrix.T.MatMul(V.Flatten()) * 2, 1e-13, 1e-13));
        var (same, tangent) = Differentiate.Jvp(Field, X, V);
        Assert.That(same.AllClose(Field(X)) && tangent.Flatten().AllClose(matrix.MatMul(V.Flatten()), 1e-13, 1e-13) && !tangent.RequiresGrad);
        Assert.That(Differentiate.Divergence(Field)(X).AllClose(matrix.Diagonal().Sum(), 1e-13, 1e-13));

        var hessian = Differentiate.Hessian(F)(X).Reshape(6, 6);
        Assert.That(hessian.AllClose(hessian.T, 1e-13, 1e-13) && hessian.AllClose(Differentiate.NumericalHessian(F, X).Reshape(6, 6), 1e-4, 1e-4));
        Assert.That(Differentiate.Hvp(F, X, V).Flatten().AllClose(hessian.MatMul(V.Flatten()), 1e-13, 1e-13));
        Assert.That(Differentiate.Laplacian(F)(X).AllClose(hessian.Diagonal().Sum(), 1e-13, 1e-13));
    }

    [Test]
    public void Matrices_of_several_inputs_come_in_blocks()
    {
        static Tensor G(Tensor x, Tensor y) => (x.Sin().MatMul(y) * y).Sum();
        var (x, y) = (X[.., ..2], V[0, ..2]);
        var ((xx, xy), (yx, yy)) = Differentiate.Hessian(G)(x, y);
        Assert.That((xx.Shape, xy.Shape, yx.Shape, yy.Shape), Is.EqualTo((Shape.Create([2, 2, 2, 2]), Shape.Create([2, 2, 2]), Shape.Create([2, 2, 2]), Shape.Create([2, 2]))));
        Assert.That(xy.Flatten(0, 1).T.AllClose(yx.Flatten(1), 1e-13, 1e-13));
        Assert.That(yy.AllClose(Differentiate.NumericalHessian(t => G(x, t), y), 1e-4, 1e-4));
        var blocks = Differentiate.Hessian((Tensor[] both) => G(both[0], both[1]))([x, y]);
        Assert.That(blocks[0][1].AllClose(xy) && blocks[1][1].AllClose(yy));
        var (jx, jy) = Differentiate.Jacobian((a, b) => a.MatMul(b))(x, y);
        Assert.That((jx.Shape, jy.AllClose(x, 1e-15, 1e-15)), Is.EqualTo((Shape.Create([2, 2, 2]), true)));
        var (_, pullback) = Differentiate.Vjp((a, b) => a.MatMul(b), x, y);
        Assert.That(pullback(y) is var (px, py) && px.AllClose(y.Outer(y)) && py.AllClose(x.T.MatMul(y)));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Numbers_and_nothing_are_points_too(int elements)
    {
        var x = elements == 0 ? Tensor.Zeros([0, 2], DType.Float64) : Tensor.From(0.7, DType.Float64);
        Assert.That(Differentiate.Jacobian(t => t.Sin())(x).Shape.ElementCount, Is.EqualTo(elements));
        Assert.That(Differentiate.Hessian(t => t.Sin().Sum())(x).Shape.ElementCount, Is.EqualTo(elements));
        Assert.That(Differentiate.Grad(t => t.Sin().Sum())(x).Shape, Is.EqualTo(x.Shape));
        Assert.That(Differentiate.Jvp(t => t.Sin(), x, x).Tangent.Shape, Is.EqualTo(x.Shape));
        Assert.That(Differentiate.NumericalGradient(t => t.Sin().Sum(), x).AllClose(x.Cos(), 1e-10, 1e-10));
    }

    [Test]
    public void The_rows_of_a_jacobian_are_computed_one_by_one_if_they_must()
    {
        // A rule that reads values cannot be applied to several gradients at once.
        var reading = Differentiate.CustomGradient(x => x.Sin(), (x, _, g) => Tensor.From(g.ToArray<double>(), [3]) * x.Cos());
        var jacobian = Differentiate.Jacobian(x => reading(x) * 2)(X[0]);
        Assert.That(jacobian.AllClose(X[0].Cos().Diag() * 2, 1e-14, 1e-14));
    }

    [Test]
    public void Float32_stays_Float32()
    {
        var x = X.To(DType.Float32);
        Assert.That(
            new[] { Differentiate.Grad(F)(x), Differentiate.Jacobian(Field)(x), Differentiate.Hessian(F)(x), Differentiate.Jvp(Field, x, x).Tangent, Differentiate.NumericalGradient(F, x) }.Select(t => t.DType),
            Is.All.EqualTo(DType.Float32));
    }
}
