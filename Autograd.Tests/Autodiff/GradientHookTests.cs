namespace Autograd.Tests.Autodiff;

/// <summary>Hooks see the complete gradient of a tensor, and may replace it; intermediates keep theirs on request.</summary>
internal sealed class GradientHookTests
{
    private static Tensor X() => Tensor.From([1.0, 2, 3], requiresGrad: true);

    [Test]
    public void A_hook_sees_the_sum_of_all_terms_once()
    {
        var x = X();
        var y = x * 2;
        var seen = new List<double[]>();
        y.RegisterHook(gradient => seen.Add(gradient.ToArray<double>()));
        (y * 3 + y * y).Sum().Backward();
        Assert.That(seen, Has.Count.EqualTo(1));
        Assert.That(seen[0], Is.EqualTo(new[] { 7.0, 11, 15 }), "3 + 2y");
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo(new[] { 14.0, 22, 30 }), "An observer changes nothing.");
    }

    [Test]
    public void Hooks_replace_the_gradient_in_their_order_until_they_are_disposed()
    {
        var x = X();
        var y = x * 2;
        using var plus = y.RegisterHook(gradient => gradient + 1);
        var times = y.RegisterHook(gradient => gradient * 10);
        y.Sum().Backward(retainGraph: true);
        Assert.That(x.Grad!.ToArray<double>(), Is.All.EqualTo(40), "(1 + 1)·10·2");

        times.Dispose();
        times.Dispose();
        x.ZeroGrad();
        y.Sum().Backward();
        Assert.That(x.Grad!.ToArray<double>(), Is.All.EqualTo(4));
    }

    [Test]
    public void A_hook_on_a_parameter_stays_through_assignments()
    {
        var parameter = new Parameter(Tensor.From([1.0, 2]));
        using var hook = parameter.RegisterHook(gradient => gradient.Clamp(-1, 1));
        for (var step = 0; step < 2; step++)
        {
            parameter.ZeroGrad();
            (parameter * 5).Sum().Backward();
            Assert.That(parameter.Grad!.ToArray<double>(), Is.All.EqualTo(1));
            parameter.Assign(parameter - parameter.Grad!);
        }
    }

    [Test]
    public void Hooks_hold_for_functional_gradients_too_of_leaves_and_intermediates()
    {
        var x = X();
        var y = x * 2;
        using var first = y.RegisterHook(gradient => gradient * 10);
        using var second = x.RegisterHook(gradient => gradient + 1);
        var z = (y * 3).Sum();
        Assert.That(Differentiate.Gradients(z, [y, x], retainGraph: true).Select(gradient => gradient[0].Item()), Is.EqualTo(new[] { 30.0, 61 }));
        Assert.That(x.Grad, Is.Null);
    }

    [Test]
    public void With_createGraph_the_hook_is_differentiated_too()
    {
        var x = Tensor.From([3.0], requiresGrad: true);
        var y = x * 1;
        var hook = y.RegisterHook(gradient => gradient * x);
        var slope = Differentiate.Gradients(y.Square().Sum(), [x], createGraph: true)[0];
        Assert.That(slope.Item(), Is.EqualTo(18), "2x·x");
        hook.Dispose();
        Assert.That(Differentiate.Gradients(slope.Sum(), [x])[0].Item(), Is.EqualTo(12), "4x");
    }

    [Test]
    public void A_gradient_that_a_hook_keeps_stays_as_it_is([Values(8, 100_000)] int count)
    {
        var x = Tensor.Ones([count], requiresGrad: true);
        var kept = new List<Tensor>();
        for (var pass = 1; pass <= 3; pass++)
        {
            var y = x * pass;
            y.RegisterHook(kept.Add);
            (y * y).Sum().Backward();
        }

        for (var pass = 1; pass <= 3; pass++)
        {
            Assert.That(kept[pass - 1].Eq(2 * pass).All().Item<bool>(), $"pass {pass}");
        }
    }

    [Test]
    public void A_hook_that_throws_leaves_no_gradient_behind()
    {
        var (x, other) = (X(), X());
        var y = x * 2;
        y.RegisterHook((Action<Tensor>)(_ => throw new InvalidDataException("enough")));
        var loss = (y + other).Sum();
        Assert.That(() => loss.Backward(), Throws.TypeOf<InvalidDataException>());
        Assert.That((x.Grad, other.Grad), Is.EqualTo(((Tensor?)null, (Tensor?)null)));
    }

    [Test]
    public void What_cannot_be_a_gradient_is_refused()
    {
        var x = X();
        var y = x * 2;
        var wrong = y.RegisterHook(gradient => gradient[..2]);
        Assert.That(() => y.Sum().Backward(retainGraph: true), Throws.TypeOf<ShapeException>().With.Message.Contains("returned shape [2]").And.Message.Contains("[3]"));
        wrong.Dispose();
        y.RegisterHook(gradient => gradient.To(DType.Float32));
        Assert.That(() => y.Sum().Backward(retainGraph: true), Throws.TypeOf<DTypeException>().With.Message.Contains("To(DType.Float64)"));
        Assert.That(() => Tensor.Ones([2]).RegisterHook(gradient => gradient), Throws.TypeOf<GradientException>().With.Message.Contains("RegisterHook").And.Message.Contains("requiresGrad"));
        Assert.That(() => y.RegisterHook((Func<Tensor, Tensor?>)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void An_intermediate_keeps_its_gradient_on_request()
    {
        var x = X();
        var y = x * 2;
        Assert.That(() => y.Grad, Throws.TypeOf<GradientException>().With.Message.Contains("RetainGrad()"));
        y.RetainGrad();
        y.RetainGrad();
        Assert.That((y.RetainsGrad, y.Grad, y.IsLeaf), Is.EqualTo((true, (Tensor?)null, false)));
        (y * y).Sum().Backward(retainGraph: true);
        Assert.That(y.Grad!.ToArray<double>(), Is.EqualTo(new[] { 4.0, 8, 12 }));
        (y * 1).Sum().Backward();
        Assert.That(y.Grad!.ToArray<double>(), Is.EqualTo(new[] { 5.0, 9, 13 }), "Passes add up, as on a leaf.");
        y.ZeroGrad();
        Assert.That(y.Grad, Is.Null);
    }

    [Test]
    public void The_kept_gradient_is_the_one_after_the_hooks_and_functional_gradients_leave_it_alone()
    {
        var x = X();
        var y = x * 2;
        y.RetainGrad();
        using var hook = y.RegisterHook(gradient => gradient * 10);
        _ = Differentiate.Gradients(y.Sum(), [x], retainGraph: true);
        Assert.That(y.Grad, Is.Null);
        y.Sum().Backward();
        Assert.That(y.Grad!.ToArray<double>(), Is.All.EqualTo(10));
    }

    [Test]
    public void A_leaf_keeps_its_gradient_anyway_and_a_constant_has_none()
    {
        var x = X();
        x.RetainGrad();
        Assert.That(x.RetainsGrad, Is.False);
        Assert.That(() => Tensor.Ones([2]).RetainGrad(), Throws.TypeOf<GradientException>().With.Message.Contains("RetainGrad"));
    }
}
