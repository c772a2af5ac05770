namespace Autograd.Tests.Autodiff;

/// <summary>Differentiate.CustomGradient as a user has it: public names only.</summary>
internal sealed class CustomGradientTests
{
    private static readonly Func<Tensor, Tensor> Cube = Differentiate.CustomGradient(x => x * x * x, (x, _, grad) => grad * 3 * x * x, "Cube");

    private static readonly Func<Tensor[], Tensor> Product = Differentiate.CustomGradient(
        inputs => inputs[0] * inputs[1], (inputs, _, grad) => [grad * inputs[1], grad * inputs[0]], "Product");

    [Test]
    public void The_rule_decides_the_gradient()
    {
        var x = Tensor.From([2.0, 3], requiresGrad: true);
        var straightThrough = Differentiate.CustomGradient(t => t.Round(), (_, _, grad) => grad * 7, "StraightThrough");
        straightThrough(x).Sum().Backward();
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([7.0, 7]));
    }

    [Test]
    public void A_rule_in_tensor_operations_can_be_differentiated_again()
    {
        GradCheck.Verify(Cube, Tensor.From([-1.5, 0.3, 2]), new() { Order = 2 });
        var x = Tensor.From([2.0], requiresGrad: true);
        var y = Cube(x);
        foreach (var expected in (double[])[12, 12, 6])
        {
            y = Differentiate.Gradients(y, [x], createGraph: true)[0];
            Assert.That(y.Item(), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Several_inputs_broadcast_and_differentiate_twice()
        => GradCheck.Verify(Product, [Tensor.From([1.0, -2, 3, 0.5, 2, 1], [2, 3]), Tensor.From([0.3, -1, 2])], new() { Order = 2 });

    [Test]
    public void The_rule_may_read_the_result()
    {
        var exp = Differentiate.CustomGradient(x => x.Exp(), (_, y, grad) => grad * y);
        GradCheck.Verify(exp, Tensor.From([-1.5, 0.3, 2]), new() { Order = 2 });
    }

    [Test]
    public void Null_is_no_gradient()
    {
        var (a, b) = (Tensor.From([2.0], requiresGrad: true), Tensor.From([5.0], requiresGrad: true));
        var half = Differentiate.CustomGradient(x => x[0] * x[1], (x, _, grad) => [grad * x[1], null]);
        half([a, b]).Backward();
        Assert.That((a.Grad!.Item(), b.Grad), Is.EqualTo((5.0, (Tensor?)null)));
    }

    [Test]
    public void Inputs_that_need_no_gradient_get_none()
    {
        var a = Tensor.From([2.0], requiresGrad: true);
        var y = Product([a, Tensor.From([5.0])]);
        y.Backward();
        Assert.That(a.Grad!.Item(), Is.EqualTo(5));
        Assert.That(Product([Tensor.From([5.0]), Tensor.From([5.0])]).RequiresGrad, Is.False);
        using (Grad.Disabled())
        {
            Assert.That(Product([a, a]).RequiresGrad, Is.False);
        }
    }

    [TestCase(1)]
    [TestCase(3)]
    public void The_wrong_number_of_gradients_is_an_error(int count)
    {
        var wrong = Differentiate.CustomGradient(x => x[0] + x[1], (_, _, grad) => [.. Enumerable.Repeat(grad, count)], "Miscounted");
        var x = Tensor.From([2.0], requiresGrad: true);
        Assert.That(() => wrong([x, x]).Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("Miscounted").And.Message.Contains($"{count}").And.Message.Contains("2 inputs"));
    }

    [Test]
    public void The_wrong_shape_or_type_is_an_error()
    {
        var x = Tensor.From([2.0, 3], requiresGrad: true);
        var shape = Differentiate.CustomGradient(t => t * 2, (_, _, grad) => grad.Sum(), "Summed");
        Assert.That(() => shape(x).Sum().Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("Summed").And.Message.Contains("[2]").And.Message.Contains("[]"));
        var type = Differentiate.CustomGradient(t => t * 2, (_, _, grad) => grad.To(DType.Float32), "Narrowed");
        Assert.That(() => type(x).Sum().Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("Narrowed").And.Message.Contains("Float32").And.Message.Contains("Float64"));
    }

    [Test]
    public void A_rule_may_differentiate_by_itself()
    {
        // Nothing of the forward pass is kept: the rule computes it again, recorded this time.
        static Tensor F(Tensor x) => (x.Sin() * x).Exp();
        var again = Differentiate.CustomGradient(F, (x, _, grad) =>
        {
            using var recording = Grad.Enabled();
            var leaf = x.AsLeaf();
            return Differentiate.Gradients(F(leaf), [leaf], grad)[0];
        });
        GradCheck.Verify(again, Tensor.From([-1.5, 0.3, 2]));
    }

    [Test]
    public void What_a_rule_returns_is_a_constant_on_the_leaf()
    {
        var scale = new Parameter(Tensor.From([10.0]), "scale");
        var x = Tensor.From([2.0], requiresGrad: true);
        Differentiate.CustomGradient(t => t * 2, (_, _, _) => scale)(x).Backward();
        scale.Assign(Tensor.From([0.0]));
        Assert.That((x.Grad!.Item(), x.Grad.RequiresGrad), Is.EqualTo((10.0, false)));
        var z = Tensor.From([2.0], requiresGrad: true);
        Differentiate.CustomGradient(t => t * 2, (t, _, _) => t)(z).Backward();
        Assert.That((z.Grad!.Item(), z.Grad.RequiresGrad), Is.EqualTo((2.0, false)));
    }

    [Test]
    public void The_identity_is_an_operation_of_its_own()
    {
        var x = Tensor.From([2.0], requiresGrad: true);
        var y = Differentiate.CustomGradient(t => t, (_, _, grad) => -grad, "Reversal")(x);
        Assert.That((ReferenceEquals(x, y), y.IsLeaf), Is.EqualTo((false, false)));
        (y * 3).Backward();
        Assert.That(x.Grad!.Item(), Is.EqualTo(-3));
    }

    [Test]
    public void Inputs_are_captured_when_the_operation_is_applied()
    {
        var parameter = new Parameter(Tensor.From([2.0]));
        var y = Cube(parameter);
        parameter.Assign(Tensor.From([100.0]));
        y.Backward();
        Assert.That(parameter.Grad!.Item(), Is.EqualTo(12));
    }

    [Test]
    public void Missing_functions_are_named()
    {
        Assert.That(() => Differentiate.CustomGradient((Func<Tensor, Tensor>)null!, (_, _, grad) => grad), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("forward"));
        Assert.That(() => Differentiate.CustomGradient(x => x, (Func<Tensor, Tensor, Tensor, Tensor>)null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("vjp"));
    }
}
