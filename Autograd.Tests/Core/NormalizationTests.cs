namespace Autograd.Tests.Core;

/// <summary>Normalizations: what they do to means and variances, that nothing changes in place, and their mistakes.</summary>
public class NormalizationTests
{
    private static readonly Tensor X = (Tensor.Randn([4, 6, 5], DType.Float64, generator: new Generator(21)) * 3) + 2;

    [Test]
    public void Each_normalization_makes_mean_0_and_variance_1_where_it_says()
    {
        Standard(X.LayerNorm([5], eps: 0), y => y, [2]);
        Standard(X.LayerNorm([6, 5], eps: 0), y => y, [1, 2]);
        Standard(X.BatchNorm(null, null, training: true, eps: 0).Output, y => y, [0, 2]);
        Standard(X.InstanceNorm(eps: 0).Output, y => y, [2]);
        Standard(X.GroupNorm(3, eps: 0), y => y.Reshape(4, 3, 10), [2]);
        Assert.That(X.RmsNorm([5], eps: 0).Square().Mean(2).ToArray<double>(), Is.All.EqualTo(1).Within(1e-12));

        static void Standard(Tensor y, Func<Tensor, Tensor> groups, int[] dims)
        {
            Assert.That(groups(y).Mean(dims).ToArray<double>(), Is.All.Zero.Within(1e-12));
            Assert.That(groups(y).Var(dims, correction: 0).ToArray<double>(), Is.All.EqualTo(1).Within(1e-12));
        }
    }

    [Test]
    public void Special_cases_agree()
    {
        Assert.That(X.GroupNorm(6).AllClose(X.InstanceNorm().Output));
        Assert.That(X.GroupNorm(1).AllClose(X.LayerNorm([6, 5])));
        Assert.That(X[..1].BatchNorm(null, null, training: true).Output.AllClose(X[..1].InstanceNorm().Output));
        Assert.That(X.LocalResponseNorm(1, alpha: 0, k: 4, beta: 0.5).AllClose(X / 2));
    }

    [Test]
    public void Running_statistics_are_returned_not_changed()
    {
        var (mean, variance) = (Tensor.Zeros([6], DType.Float64), Tensor.Ones([6], DType.Float64));
        var (_, newMean, newVariance) = X.AsLeaf().BatchNorm(mean, variance, training: true, momentum: 0.25);
        Assert.That(mean.ToArray<double>(), Is.All.Zero);
        Assert.That(newMean!.AllClose(X.Mean([0, 2]) * 0.25));
        Assert.That(newVariance!.AllClose((X.Var([0, 2]) * 0.25) + 0.75));
        Assert.That(newMean!.RequiresGrad || newVariance!.RequiresGrad, Is.False);
        var (_, kept, _) = X.BatchNorm(mean, variance);
        Assert.That(kept, Is.SameAs(mean));
    }

    [Test]
    public void Gradients_are_right_to_second_order()
    {
        GradCheckOptions order2 = new() { Order = 2 };
        Tensor Draw(ulong seed, params int[] sizes) => Tensor.Randn(sizes, DType.Float64, generator: new Generator(seed));
        GradCheck.Verify(t => t[0].LayerNorm([3], t[1], t[2]), [Draw(1, 2, 3), Draw(2, 3), Draw(3, 3)], order2);
        GradCheck.Verify(t => t[0].BatchNorm(null, null, t[1], t[2], training: true).Output, [Draw(4, 3, 2), Draw(5, 2), Draw(6, 2)], order2);
        GradCheck.Verify(t => t[0].GroupNorm(2, t[1], t[2]), [Draw(7, 1, 4, 2), Draw(8, 4), Draw(9, 4)], order2);
        GradCheck.Verify(t => t.RmsNorm([3]), Draw(10, 2, 3), order2);
        GradCheck.Verify(t => t.LocalResponseNorm(2, alpha: 0.3), Draw(11, 1, 3, 2), order2);
    }

    [Test]
    public void Mistakes_are_named()
    {
        Assert.That(() => X.LayerNorm([6]), Throws.TypeOf<ShapeException>().With.Message.Contains("[4, 6, 5]"));
        Assert.That(() => X.LayerNorm([5], Tensor.Ones([6], DType.Float64)), Throws.TypeOf<ShapeException>().With.Message.Contains("weight"));
        Assert.That(() => X.GroupNorm(4), Throws.TypeOf<ShapeException>().With.Message.Contains("6 channels"));
        Assert.That(() => X.BatchNorm(null, null), Throws.ArgumentNullException);
        Assert.That(() => X.BatchNorm(Tensor.Ones([5]), null, training: true), Throws.TypeOf<ShapeException>());
        Assert.That(() => X[..1, .., 0].BatchNorm(null, null, training: true), Throws.TypeOf<ShapeException>().With.Message.Contains("one element"));
        Assert.That(() => X[.., .., 0].InstanceNorm(), Throws.TypeOf<ShapeException>());
        Assert.That(() => X.To(DType.Int64).LayerNorm([5]), Throws.TypeOf<DTypeException>());
        Assert.That(() => X[0, 0].GroupNorm(1), Throws.TypeOf<ShapeException>());
    }
}
