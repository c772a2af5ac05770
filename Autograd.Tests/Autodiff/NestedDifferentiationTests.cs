namespace Autograd.Tests.Autodiff;

/// <summary>Derivatives of functions that differentiate: of any order, and no derivative sees what another one varies.</summary>
internal sealed class NestedDifferentiationTests
{
    private static readonly Tensor One = Tensor.From(1.0, DType.Float64);

    /// <summary>d/dx (x · d/dy (x + y)) = 1, not 2 (Siskind and Pearlmutter, Nesting forward-mode AD in a functional framework, 2008).</summary>
    [Test]
    public void Perturbations_are_not_confused()
    {
        var inner = Differentiate.Grad(x => x * Differentiate.Grad(y => x + y)(One));
        Assert.That(inner(One).Item(), Is.EqualTo(1));

        // The inner function is evaluated at the outer variable itself, and uses it besides: d/dy (x y) at y = x is x.
        Assert.That(Differentiate.Grad(x => Differentiate.Grad(y => x * y)(x))(One * 5).Item(), Is.EqualTo(1));
        Assert.That(Differentiate.Grad(x => x * Differentiate.Grad(y => x * y * y)(x))(One * 5).Item(), Is.EqualTo(6 * 25));
        var leaf = Tensor.From([5.0], requiresGrad: true);
        Assert.That(Differentiate.Grad(y => (leaf * y).Sum())(leaf).Item(), Is.EqualTo(5));
        Assert.That(Differentiate.Jvp(x => Differentiate.Jvp(y => x * y, x, One).Tangent, One * 5, One).Tangent.Item(), Is.EqualTo(1));
    }

    [Test]
    public void Derivatives_of_any_order()
    {
        Func<Tensor, Tensor> f = x => x.Sin();
        var x = Tensor.From(0.3, DType.Float64);
        for (var order = 1; order <= 6; order++)
        {
            f = Differentiate.Grad(f);
            Assert.That(f(x).Item(), Is.EqualTo(Math.Sin(0.3 + (order * Math.PI / 2))).Within(1e-14), $"order {order}");
        }

        Func<Tensor, Tensor> g = t => t.Exp() * t;
        for (var order = 1; order <= 4; order++)
        {
            var former = g;
            g = t => Differentiate.Jvp(former, t, Tensor.OnesLike(t)).Tangent;
            Assert.That(g(x).Item(), Is.EqualTo(Math.Exp(0.3) * (0.3 + order)).Within(1e-13), $"order {order}");
        }

        var third = Differentiate.Jacobian(Differentiate.Hessian(t => t.Pow(4).Sum()))(Tensor.From([2.0, 3]));
        Assert.That(third.Shape, Is.EqualTo(Shape.Create([2, 2, 2])));
        Assert.That((third[0, 0, 0].Item(), third[1, 1, 1].Item(), third[0, 1, 0].Item()), Is.EqualTo((48.0, 72.0, 0.0)).Within(1e-10));
    }

    [Test]
    public void What_they_return_is_recorded_where_it_depends_on_something_recorded()
    {
        var (w, x) = (new Parameter(Tensor.From([2.0, 3])), Tensor.From([0.5, -1]));
        Assert.That(Differentiate.Grad(t => t.Square().Sum())(x).RequiresGrad, Is.False);
        Assert.That(Differentiate.Hessian(t => t.Pow(3).Sum())(x).RequiresGrad, Is.False);

        // ∂/∂w Σ (∂/∂x Σ w x²)² = ∂/∂w Σ 4 w² x².
        var penalty = Differentiate.Grad(t => (w * t * t).Sum())(x).Square().Sum();
        penalty.Backward();
        Assert.That(w.Grad!.AllClose(w.Detach() * x.Square() * 8, 1e-14, 1e-14));
        Assert.That(x.Grad, Is.Null);

        using var unrecorded = Grad.Disabled();
        Assert.That(Differentiate.Grad(t => (w * t * t).Sum())(x) is { RequiresGrad: false } gradient && gradient.AllClose(w.Detach() * x * 2));
    }

    [Test]
    public void Every_derivative_is_differentiable_in_turn()
    {
        var x = Tensor.From([0.3, -1.2, 0.8]);
        static Tensor F(Tensor t) => (t.Sin() * t[0] * t.Exp()).Sum();
        static Tensor Field(Tensor t) => t.Tanh() * t.Sum();
        GradCheck.Verify(t => Differentiate.Grad(F)(t), x);
        GradCheck.Verify(t => Differentiate.Hessian(F)(t), x);
        GradCheck.Verify(t => Differentiate.Jacobian(Field)(t), x, new() { Order = 2 });
        GradCheck.Verify(t => Differentiate.Laplacian(F)(t), x);
        GradCheck.Verify(t => Differentiate.Divergence(Field)(t), x, new() { Order = 2 });
        GradCheck.Verify(t => Differentiate.Hvp(F, t[0], t[1]), [x, x + 1]);
        GradCheck.Verify(t => Differentiate.Jvp(Field, t[0], t[1]).Tangent, [x, x + 1], new() { Order = 2 });
        GradCheck.Verify(t => Differentiate.Vjp(Field, t[0]).Pullback(t[1]), [x, x + 1], new() { Order = 2 });
        GradCheck.Verify(t => Differentiate.ValueAndGrad(F)(t) is var (value, gradient) ? value * gradient : t, x);
    }

    [Test]
    public void An_intermediate_whose_record_goes_on_is_an_input_like_any_other()
    {
        var a = Tensor.From([0.3, -1.2], requiresGrad: true);
        var x = a * 3;
        Differentiate.Grad(t => t.Pow(3).Sum())(x).Sum().Backward();
        Assert.That(a.Grad!.AllClose(a.Detach() * 3 * 6 * 3, 1e-13, 1e-13));
    }
}
