namespace Autograd.Tests.Autodiff;

/// <summary>Parameter and TensorBuffer: tensors whose value is replaced, never what was computed from them.</summary>
internal sealed class VariableTests
{
    [Test]
    public void Assign_does_not_affect_recorded_work_forward_or_backward()
    {
        var w = new Parameter(Tensor.From([2.0, 3]));
        var (product, view) = (w * w, w.Reshape(2, 1).T);
        var detached = w.Detach();
        w.Assign(Tensor.From([50.0, 60]));
        Assert.That(product.ToArray<double>(), Is.EqualTo([4.0, 9]));
        Assert.That(view.ToArray<double>(), Is.EqualTo([2.0, 3]));
        Assert.That(detached.ToArray<double>(), Is.EqualTo([2.0, 3]));
        product.Sum().Backward();
        Assert.That(w.Grad!.ToArray<double>(), Is.EqualTo([4.0, 6]));
        Assert.That(w.ToArray<double>(), Is.EqualTo([50.0, 60]));
    }

    [Test]
    public void Operations_that_have_nothing_to_do_return_the_value_and_not_the_variable()
    {
        var w = new Parameter(Tensor.From([2.0, 3]));
        Tensor[] same =
        [
            w.To(DType.Float64), w.Reshape(2), w.Expand(2), w.Squeeze(0), w.SumTo(2), w.Transpose(0, 0), w.Detach(), w.Ceil() * 1, w.Roll(0, 0),
            w.Flatten(), w.Permute(0), w.Repeat(1), w[..], w.AsLeaf(),
        ];
        w.Assign(Tensor.From([50.0, 60]));
        Assert.That(same.Select(tensor => tensor.ToArray<double>()), Is.All.EqualTo(new[] { 2.0, 3 }));
        Assert.That(same, Has.None.InstanceOf<Variable>());
        var counts = new TensorBuffer(Tensor.From([2L, 3]));
        Tensor[] whole = [counts.Round(), counts.Floor(), counts.Trunc(), counts.Ceil(), counts.Prod([0], keepDim: true), counts.Clamp(min: 0)];
        counts.Assign(Tensor.From([7L, 8]));
        Assert.That(whole, Has.None.InstanceOf<Variable>());
        Assert.That(whole[..4].Select(tensor => tensor.ToArray<long>()), Is.All.EqualTo(new[] { 2L, 3 }));
    }

    [Test]
    public void A_parameter_is_a_leaf_that_learns()
    {
        var w = new Parameter(Tensor.From([4.0]), "w");
        for (var step = 0; step < 100; step++)
        {
            w.ZeroGrad();
            (w * w).Sum().Backward();
            w.Assign(w - (0.1 * w.Grad!));
        }

        Assert.That(w.Item(), Is.EqualTo(0).Within(1e-8));
        Assert.That((w.IsLeaf, w.RequiresGrad, w.Name), Is.EqualTo((true, true, "w")));
    }

    [Test]
    public void Assign_keeps_the_gradient_and_detaches_the_value()
    {
        var w = new Parameter(Tensor.From([4.0]));
        (w * 3).Backward();
        w.Assign(w * 2);
        Assert.That((w.Grad!.Item(), w.Item(), w.IsLeaf), Is.EqualTo((3.0, 8.0, true)));
        (w * w).Backward();
        Assert.That(w.Grad!.Item(), Is.EqualTo(3 + 16));
    }

    [Test]
    public void Assign_refuses_another_shape_or_type_and_names_the_variable()
    {
        var (w, mean) = (new Parameter(Tensor.From([4.0, 5]), "weight"), new TensorBuffer(Tensor.From([1L])));
        Assert.That(() => w.Assign(Tensor.Ones([3], DType.Float64)), Throws.TypeOf<ShapeException>().With.Message.Contains("Parameter 'weight'").And.Message.Contains("[2]").And.Message.Contains("[3]"));
        Assert.That(() => w.Assign(Tensor.Ones([1, 2], DType.Float64)), Throws.TypeOf<ShapeException>());
        Assert.That(() => w.Assign(Tensor.Ones([2])), Throws.TypeOf<DTypeException>().With.Message.Contains("value.To(DType.Float64)"));
        Assert.That(() => mean.Assign(Tensor.Ones([1])), Throws.TypeOf<DTypeException>().With.Message.Contains("this TensorBuffer"));
        Assert.That(() => w.Assign(null!), Throws.ArgumentNullException);
        Assert.That(w.ToArray<double>(), Is.EqualTo([4.0, 5]));
    }

    [Test]
    public void A_variable_may_be_assigned_another_ones_value()
    {
        var (a, b) = (new Parameter(Tensor.From([1.0])), new Parameter(Tensor.From([2.0])));
        a.Assign(b);
        b.Assign(Tensor.From([3.0]));
        (a * a).Backward();
        Assert.That((a.Item(), a.Grad!.Item(), b.Grad), Is.EqualTo((1.0 + 1, 4.0, (Tensor?)null)));
    }

    [Test]
    public void A_parameter_shares_no_leaf_with_what_it_was_made_from()
    {
        var x = Tensor.From([2.0], requiresGrad: true);
        var (w, copy) = (new Parameter(x * 3), new Parameter(x));
        (w * copy).Backward();
        Assert.That((w.Grad!.Item(), copy.Grad!.Item(), x.Grad), Is.EqualTo((2.0, 6.0, (Tensor?)null)));
    }

    [Test]
    public void A_frozen_parameter_is_a_constant()
    {
        var (w, x) = (new Parameter(Tensor.From([4.0])), Tensor.From([3.0], requiresGrad: true));
        var before = w * x;
        w.IsFrozen = true;
        Assert.That((w.RequiresGrad, (w * 2).RequiresGrad, w.Grad), Is.EqualTo((false, false, (Tensor?)null)));
        (w * x).Backward();
        Assert.That((w.Grad, x.Grad!.Item()), Is.EqualTo(((Tensor?)null, 4.0)));
        w.Assign(Tensor.From([5.0]));
        Assert.That((w.IsFrozen, w.Item()), Is.EqualTo((true, 5.0)));
        w.IsFrozen = false;
        (w * x).Backward();
        Assert.That(w.Grad!.Item(), Is.EqualTo(3));
        Assert.That(() => before.Backward(), Throws.Nothing, "What was recorded before freezing goes on.");
    }

    [Test]
    public void A_buffer_is_a_constant_of_any_type()
    {
        var (mean, count) = (new TensorBuffer(Tensor.From([2.0], requiresGrad: true)), new TensorBuffer(Tensor.From([1L]), "count"));
        Assert.That(((mean * 2).RequiresGrad, mean.RequiresGrad), Is.EqualTo((false, false)));
        count.Assign(count + 1);
        Assert.That((count.Item<long>(), count.DType), Is.EqualTo((2L, DType.Int64)));
        mean.Assign(Tensor.From([5.0], requiresGrad: true) * 2);
        Assert.That((mean.Item(), mean.RequiresGrad), Is.EqualTo((10.0, false)));
    }

    [Test]
    public void A_strided_value_is_taken_as_it_is()
    {
        var w = new Parameter(Tensor.Zeros([2, 3], DType.Float64));
        w.Assign(Tensor.From([1.0, 2, 3, 4, 5, 6], [3, 2]).T.Flip(0));
        Assert.That(w.ToArray<double>(), Is.EqualTo([2.0, 4, 6, 1, 3, 5]));
        Assert.That((w.IsContiguous, w[1, 2].Item(), (w * 1).ToArray<double>()[0], w.T.ToArray<double>()[1]), Is.EqualTo((false, 5.0, 2.0, 1.0)));
        Assert.That(w.MatMul(Tensor.Ones([3], DType.Float64)).ToArray<double>(), Is.EqualTo([12.0, 9]));
        w.Sum().Backward();
        Assert.That(w.Grad!.ToArray<double>(), Is.All.EqualTo(1.0));
        Assert.That(w.With([0, 0], 9).ToArray<double>()[..2], Is.EqualTo([9.0, 4]));
    }
}
