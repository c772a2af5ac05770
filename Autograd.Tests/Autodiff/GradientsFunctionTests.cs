namespace Autograd.Tests.Autodiff;

/// <summary>Differentiate.Gradients: gradients as a function, of leaves and intermediates, without a trace.</summary>
internal sealed class GradientsFunctionTests
{
    [Test]
    public void Leaves_stay_untouched()
    {
        var (a, b) = (Leaf(2), Leaf(3));
        var gradients = Differentiate.Gradients(a * b, [b, a]);
        Assert.That((gradients[0].Item(), gradients[1].Item()), Is.EqualTo((2.0, 3.0)));
        Assert.That((a.Grad, b.Grad), Is.EqualTo(((Tensor?)null, (Tensor?)null)));
        a.Sum().Backward();
        Differentiate.Gradients(a * b, [a]);
        Assert.That(a.Grad!.Item(), Is.EqualTo(1));
    }

    [Test]
    public void Intermediates_and_their_sources_at_once()
    {
        var x = Leaf(2);
        var h = x * x;
        var y = h * h * x;
        var gradients = Differentiate.Gradients(y, [h, x, y]);
        Assert.That(gradients.Select(gradient => gradient.Item()), Is.EqualTo([2.0 * 4 * 2, 5.0 * 16, 1]));
    }

    [Test]
    public void What_lies_before_an_intermediate_is_neither_differentiated_nor_released()
    {
        var calls = 0;
        var square = Differentiate.CustomGradient(t => t * t, (t, _, grad) =>
        {
            calls++;
            return grad * 2 * t;
        });
        var x = Leaf(3);
        var h = square(x);
        Assert.That(Differentiate.Gradients(h * h, [h])[0].Item(), Is.EqualTo(18));
        Assert.That(calls, Is.Zero);
        h.Backward();
        Assert.That((calls, x.Grad!.Item()), Is.EqualTo((1, 6.0)));
    }

    [Test]
    public void What_lies_before_an_intermediate_may_have_been_released()
    {
        var x = Leaf(3);
        var h = x * x;
        h.Backward();
        Assert.That(Differentiate.Gradients(h * h, [h])[0].Item(), Is.EqualTo(18));
        Assert.That(() => Differentiate.Gradients(h * h, [x]), Throws.TypeOf<GradientException>().With.Message.Contains("retainGraph: true"));
    }

    [Test]
    public void The_record_is_released_unless_retained()
    {
        var x = Leaf(2);
        var y = x * x * x;
        Differentiate.Gradients(y, [x], retainGraph: true);
        Differentiate.Gradients(y, [x]);
        Assert.That(() => Differentiate.Gradients(y, [x]), Throws.TypeOf<GradientException>().With.Message.Contains("retainGraph: true"));
    }

    [Test]
    public void An_unused_input_is_an_error_or_zeros()
    {
        var (x, unused, constant) = (Leaf(2), Leaf(3, 4), Tensor.Ones([2, 2]));
        Assert.That(() => Differentiate.Gradients(x * x, [x, unused]), Throws.TypeOf<GradientException>().With.Message.Contains("input 1").And.Message.Contains("allowUnused: true"));
        Assert.That(() => Differentiate.Gradients(x * x, [constant]), Throws.TypeOf<GradientException>().With.Message.Contains("input 0").And.Message.Contains("requiresGrad: true"));
        var gradients = Differentiate.Gradients(x * x, [unused, x, constant], allowUnused: true);
        Assert.That(gradients[0].ToArray<double>(), Is.EqualTo([0.0, 0]));
        Assert.That(gradients[1].Item(), Is.EqualTo(4));
        Assert.That((gradients[2].DType, gradients[2].ToArray<float>()), Is.EqualTo((DType.Float32, new float[4])));
    }

    [Test]
    public void An_output_that_was_not_recorded_is_an_error_or_zeros()
    {
        var x = Leaf(2, 3);
        Assert.That(() => Differentiate.Gradients(Tensor.Ones([]), [x]), Throws.TypeOf<GradientException>().With.Message.Contains("nothing was recorded"));
        Assert.That(Differentiate.Gradients(Tensor.Ones([]), [x], allowUnused: true)[0].ToArray<double>(), Is.EqualTo([0.0, 0]));
    }

    [Test]
    public void An_input_named_twice_gets_its_gradient_twice()
    {
        var x = Leaf(2);
        Assert.That(Differentiate.Gradients(x * x, [x, x]).Select(gradient => gradient.Item()), Is.EqualTo([4.0, 4]));
    }

    [Test]
    public void No_inputs_no_gradients()
    {
        var x = Leaf(2);
        var y = x * x;
        Assert.That(Differentiate.Gradients(y, []), Is.Empty);
        y.Backward();
        Assert.That(x.Grad!.Item(), Is.EqualTo(4), "Asking for nothing released or accumulated something.");
    }

    [Test]
    public void The_gradient_to_start_from_is_checked_and_used()
    {
        var x = Leaf(2, 3);
        Assert.That(Differentiate.Gradients(x * x, [x], Tensor.From([1.0, 10]))[0].ToArray<double>(), Is.EqualTo([4.0, 60]));
        Assert.That(() => Differentiate.Gradients(x * x, [x]), Throws.TypeOf<GradientException>());
        Assert.That(() => Differentiate.Gradients(x * x, [x], Tensor.Ones([3], DType.Float64)), Throws.TypeOf<ShapeException>());
        Assert.That(() => Differentiate.Gradients(x * x, [x], Tensor.Ones([2])), Throws.TypeOf<DTypeException>());
    }

    [Test]
    public void A_recorded_gradient_to_start_from_takes_part_if_the_graph_is_created()
    {
        var (x, w) = (Leaf(3), Leaf(5));
        var slope = Differentiate.Gradients(x * x, [x], w, createGraph: true)[0];
        Assert.That(Differentiate.Gradients(slope, [w], retainGraph: true)[0].Item(), Is.EqualTo(6));
        Assert.That(Differentiate.Gradients(x * x, [x], w)[0].RequiresGrad, Is.False);
        Assert.That(Differentiate.Gradients(x, [x], w)[0].RequiresGrad, Is.False);
    }

    [Test]
    public void A_parameter_that_was_assigned_since_is_no_longer_the_input_that_was_used()
    {
        var parameter = new Parameter(Tensor.From([2.0]));
        var y = parameter * parameter;
        parameter.Assign(Tensor.From([5.0]));
        Assert.That(Differentiate.Gradients(y, [parameter])[0].Item(), Is.EqualTo(4), "The leaf is the parameter's, whatever its value.");
    }

    private static Tensor Leaf(params double[] values) => Tensor.From(values, [values.Length], requiresGrad: true);
}
