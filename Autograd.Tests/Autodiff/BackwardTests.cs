namespace Autograd.Tests.Autodiff;

/// <summary>Backward(): what arrives on the leaves, and what happens to the record.</summary>
internal sealed class BackwardTests
{
    [Test]
    public void Gradients_arrive_on_every_leaf()
    {
        var (a, b) = (Leaf(2, 3), Leaf(5, 7));
        (a * b).Sum().Backward();
        Assert.That(a.Grad!.ToArray<double>(), Is.EqualTo([5.0, 7]));
        Assert.That(b.Grad!.ToArray<double>(), Is.EqualTo([2.0, 3]));
    }

    [Test]
    public void Passes_accumulate_until_ZeroGrad()
    {
        var x = Leaf(2, 3);
        (x * x).Sum().Backward();
        (x * 10).Sum().Backward();
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([14.0, 16]));
        x.ZeroGrad();
        Assert.That(x.Grad, Is.Null);
        x.Sum().Backward();
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([1.0, 1]));
    }

    [Test]
    public void A_gradient_that_was_read_does_not_change_with_later_passes()
    {
        var x = Leaf(2);
        (x * 3).Sum().Backward();
        var first = x.Grad!;
        (x * 4).Sum().Backward();
        Assert.That((first.Item(), x.Grad!.Item()), Is.EqualTo((3.0, 7.0)));
    }

    [Test]
    public void A_leaf_is_its_own_record()
    {
        var x = Leaf(2);
        x.Backward();
        x.Backward();
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([2.0]));
    }

    [Test]
    public void RetainGraph_allows_another_pass_with_the_same_result()
    {
        var x = Leaf(2, 3);
        var y = (x * x * x).Sum();
        y.Backward(retainGraph: true);
        y.Backward(retainGraph: true);
        y.Backward();
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([36.0, 81]));
    }

    [Test]
    public void A_second_pass_without_retaining_says_how_to_retain()
    {
        var x = Leaf(2, 3);
        var y = (x * x).Sum();
        y.Backward();
        Assert.That(() => y.Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("retainGraph: true").And.Message.Contains("Sum"));
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([4.0, 6]), "The failed pass left a trace.");
    }

    [Test]
    public void A_pass_through_a_part_that_was_released_says_so()
    {
        var x = Leaf(2, 3);
        var shared = x * x;
        shared.Sum().Backward();
        var later = shared.Sin().Sum();
        Assert.That(() => later.Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("Mul").And.Message.Contains("retainGraph: true"));
    }

    [Test]
    public void Two_results_of_one_record_need_it_retained()
    {
        var x = Leaf(2, 3);
        var shared = x.Exp();
        shared.Sum().Backward(retainGraph: true);
        (shared * 2).Sum().Backward();
        Assert.That(x.Grad!.AllClose(3 * x.Exp()));
    }

    [Test]
    public void CreateGraph_retains()
    {
        var x = Leaf(2);
        var y = (x * x * x).Sum();
        y.Backward(createGraph: true);
        Assert.That(() => y.Backward(), Throws.Nothing);
        Assert.That(x.Grad!.Item(), Is.EqualTo(24));
    }

    [Test]
    public void Without_createGraph_the_gradients_are_constants()
    {
        var x = Leaf(2);
        (x * x).Sum().Backward();
        Assert.That(x.Grad!.RequiresGrad, Is.False);
        x.ZeroGrad();
        (x * x).Sum().Backward(createGraph: true);
        Assert.That(x.Grad!.RequiresGrad, Is.True);
        var slope = x.Grad!;
        x.ZeroGrad();
        slope.Sum().Backward();
        Assert.That(x.Grad!.Item(), Is.EqualTo(2));
    }

    [Test]
    public void The_gradient_to_start_from_is_a_weight()
    {
        var x = Leaf(2, 3);
        (x * x).Backward(Tensor.From([10.0, 100]));
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([40.0, 600]));
    }

    [Test]
    public void The_gradient_to_start_from_is_read_at_once_and_not_recorded()
    {
        var weight = new Parameter(Tensor.From([10.0, 100]));
        var x = Leaf(2, 3);
        x.Backward(weight);
        weight.Assign(Tensor.From([0.0, 0]));
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([10.0, 100]));
        Assert.That(x.Grad!.RequiresGrad, Is.False);
    }

    [Test]
    public void Several_elements_need_a_gradient_to_start_from()
    {
        var y = Leaf(2, 3) * 2;
        Assert.That(() => y.Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("[2]").And.Message.Contains("Sum()").And.Message.Contains("Backward(gradient)"));
    }

    [Test]
    public void One_element_of_any_rank_needs_none()
    {
        var x = Leaf(3);
        (x * x).Reshape(1, 1, 1).Backward();
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([6.0]));
    }

    [Test]
    public void A_gradient_of_the_wrong_shape_or_type_is_refused()
    {
        var x = Leaf(2, 3);
        Assert.That(() => (x * x).Backward(Tensor.Ones([3], DType.Float64)), Throws.TypeOf<ShapeException>().With.Message.Contains("[3]").And.Message.Contains("[2]"));
        Assert.That(() => (x * x).Backward(Tensor.Ones([1, 2], DType.Float64)), Throws.TypeOf<ShapeException>());
        Assert.That(() => (x * x).Backward(Tensor.Ones([2], DType.Float32)), Throws.TypeOf<DTypeException>().With.Message.Contains("To(DType.Float64)"));
        Assert.That(x.Grad, Is.Null);
    }

    [Test]
    public void What_was_not_recorded_has_no_gradient()
    {
        Assert.That(() => Tensor.Ones([]).Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("requiresGrad: true"));
        Assert.That(() => (Leaf(2) > 1).Sum().Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("Int64"));
        Tensor y;
        using (Grad.Disabled())
        {
            y = Leaf(2) * 2;
        }

        Assert.That(() => y.Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("Grad.Disabled()"));
    }

    [Test]
    public void Only_floating_point_numbers_can_be_leaves()
    {
        Assert.That(() => Tensor.Full([2], 1, DType.Int64, requiresGrad: true), Throws.TypeOf<DTypeException>().With.Message.Contains("Int64").And.Message.Contains("To(DType.Float32)"));
        Assert.That(() => Tensor.From([1L, 2]).AsLeaf(), Throws.TypeOf<DTypeException>());
        Assert.That(() => Tensor.From([true]).AsLeaf(), Throws.TypeOf<DTypeException>());
        Assert.That(() => new Parameter(Tensor.From([1L])), Throws.TypeOf<DTypeException>().With.Message.Contains("TensorBuffer"));
    }

    [Test]
    public void Grad_of_an_intermediate_says_how_to_get_it()
    {
        var y = Leaf(2) * 2;
        Assert.That(() => y.Grad, Throws.TypeOf<GradientException>().With.Message.Contains("Mul").And.Message.Contains("Differentiate.Gradients"));
        Assert.That((Leaf(2).IsLeaf, y.IsLeaf, Tensor.Ones([1]).IsLeaf), Is.EqualTo((true, false, true)));
    }

    [Test]
    public void A_gradient_flows_through_a_change_of_type()
    {
        var x = Tensor.From([1.5f, 2], requiresGrad: true);
        (x.To(DType.Float64) * 3.0).Sum().Backward();
        Assert.That(x.Grad!.ToArray<float>(), Is.EqualTo([3f, 3]));
        var w = Leaf(2, 3);
        x.ZeroGrad();
        (x * w).Sum().Backward();
        Assert.That((x.Grad!.DType, w.Grad!.DType), Is.EqualTo((DType.Float32, DType.Float64)));
    }

    [Test]
    public void Detached_values_are_constants()
    {
        var x = Leaf(3);
        (x * x.Detach()).Sum().Backward();
        Assert.That(x.Grad!.Item(), Is.EqualTo(3));
        Assert.That(x.Detach().RequiresGrad, Is.False);
        Assert.That((x * 2).Detach().IsLeaf, Is.True);
    }

    [Test]
    public void AsLeaf_takes_the_gradient_instead_of_its_source()
    {
        var x = Leaf(3);
        var cut = (x * 2).AsLeaf();
        (cut * cut).Sum().Backward();
        Assert.That((cut.Grad!.Item(), x.Grad), Is.EqualTo((12.0, (Tensor?)null)));
    }

    [Test]
    public void A_pass_whose_rule_throws_leaves_the_leaves_as_they_were()
    {
        var broken = Differentiate.CustomGradient(x => x, (_, _, _) => throw new InvalidOperationException("Broken."));
        var (a, b) = (Leaf(2), Leaf(3));
        Assert.That(() => (b + broken(a)).Sum().Backward(), Throws.InvalidOperationException.With.Message.EqualTo("Broken."));
        Assert.That(() => (broken(a) + b).Sum().Backward(), Throws.InvalidOperationException.With.Message.EqualTo("Broken."));
        Assert.That((a.Grad, b.Grad), Is.EqualTo(((Tensor?)null, (Tensor?)null)));
        Assert.That(Grad.IsEnabled, Is.True);
        (b * 2).Sum().Backward();
        Assert.That(b.Grad!.Item(), Is.EqualTo(2));
    }

    private static Tensor Leaf(params double[] values) => Tensor.From(values, [values.Length], requiresGrad: true);
}
