using System.Runtime.CompilerServices;

namespace Autograd.Tests.Autodiff;

/// <summary>What a record keeps alive: the values that gradient rules read, until the pass has used them.</summary>
internal sealed class MemoryTests
{
    [Test]
    public void The_inputs_of_a_sum_die_while_the_record_lives()
    {
        var (y, inputs) = Record((a, b) => a + b);
        Assert.That(Alive(inputs), Is.EqualTo((false, false)));
        y.Sum().Backward();
    }

    [Test]
    public void The_inputs_of_a_product_live_until_the_pass_has_used_them()
    {
        var (y, inputs) = Record((a, b) => a * b);
        Assert.That(Alive(inputs), Is.EqualTo((true, true)));
        y.Backward(Tensor.OnesLike(y), retainGraph: true);
        Assert.That(Alive(inputs), Is.EqualTo((true, true)), "The record was to be retained.");
        y.Backward(Tensor.OnesLike(y));
        Assert.That(Alive(inputs), Is.EqualTo((false, false)));
        GC.KeepAlive(y);
    }

    [Test]
    public void A_quotient_keeps_its_divisor_only()
    {
        var (y, inputs) = Record((a, b) => a / b);
        Assert.That(Alive(inputs), Is.EqualTo((false, true)));
        GC.KeepAlive(y);
    }

    [Test]
    public void An_exponential_keeps_its_result_and_not_its_input()
    {
        var (y, inputs) = Record((a, _) => a.Exp());
        Assert.That(Alive(inputs).First, Is.False);
        var (z, results) = Result(x => x.Exp());
        Assert.That(IsAlive(results), Is.True, "The rule reads the result.");
        z.Backward(Tensor.OnesLike(z));
        Assert.That(IsAlive(results), Is.False);
        GC.KeepAlive((y, z));
    }

    [Test]
    public void A_sine_keeps_its_input_and_not_its_result()
    {
        var (y, inputs) = Record((a, _) => a.Sin());
        Assert.That(Alive(inputs).First, Is.True);
        var (z, results) = Result(x => x.Sin());
        Assert.That(IsAlive(results), Is.False);
        GC.KeepAlive((y, z));
    }

    [Test]
    public void Views_and_sums_keep_neither()
    {
        var (y, inputs) = Record((a, b) => (a.T.Reshape(6) + b.Flatten()).Sum());
        Assert.That(Alive(inputs), Is.EqualTo((false, false)));
        GC.KeepAlive(y);
    }

    [Test]
    public void Nothing_is_kept_where_nothing_is_recorded()
    {
        using var scope = Grad.Disabled();
        var (y, inputs) = Record((a, b) => a * b);
        Assert.That(Alive(inputs), Is.EqualTo((false, false)));
        GC.KeepAlive(y);
    }

    [Test]
    public void Gradients_releases_what_it_used()
    {
        var (y, inputs, leaf) = RecordOn((a, b) => (a * b).Sum());
        Differentiate.Gradients(y, [leaf]);
        Assert.That(Alive(inputs), Is.EqualTo((false, false)));
        GC.KeepAlive(y);
    }

    [Test]
    public void What_one_pass_released_another_record_does_not_keep()
    {
        var (used, other, shared) = Shared();
        Assert.That(IsAlive(shared), Is.True);
        used.Backward(Tensor.OnesLike(used));
        Assert.That(IsAlive(shared), Is.False);
        Assert.That(() => other.Backward(Tensor.OnesLike(other)), Throws.TypeOf<GradientException>());
    }

    [Test]
    public void The_thread_keeps_nothing_of_a_pass()
    {
        var (root, gradient) = Pass();
        Assert.That((IsAlive(root), IsAlive(gradient)), Is.EqualTo((false, false)));
    }

    [Test]
    public void A_failed_pass_keeps_nothing_either()
    {
        var (root, _) = FailedPass();
        Assert.That(IsAlive(root), Is.False);
    }

    /// <summary>A record whose inputs are referenced by nothing else, and weak references to them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Tensor Y, WeakReference[] Inputs) Record(Func<Tensor, Tensor, Tensor> operation)
    {
        var (y, inputs, _) = RecordOn(operation);
        return (y, inputs);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Tensor Y, WeakReference[] Inputs, Tensor Leaf) RecordOn(Func<Tensor, Tensor, Tensor> operation)
    {
        var leaf = Tensor.Ones([2, 3], DType.Float64, requiresGrad: true);
        var (a, b) = (leaf + 1, leaf + 2);
        return (operation(a, b).Evaluate(), [new(a), new(b)], leaf);
    }

    /// <summary>A record after an operation, and a weak reference to the operation's result.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Tensor After, WeakReference Result) Result(Func<Tensor, Tensor> operation)
    {
        var result = operation(Tensor.Ones([3], DType.Float64, requiresGrad: true));
        return ((result + 1).Evaluate(), new(result));
    }

    /// <summary>Two records that share an operation whose rule reads its result.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Tensor First, Tensor Second, WeakReference Shared) Shared()
    {
        var shared = Tensor.Ones([3], DType.Float64, requiresGrad: true).Exp();
        return ((shared + 1).Evaluate(), (shared + 2).Evaluate(), new(shared));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Root, WeakReference Gradient) Pass()
    {
        var x = Tensor.Ones([3], DType.Float64, requiresGrad: true);
        var y = (x * x).Sum();
        y.Backward();
        return (new(y.Node), new(x.Grad));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Root, WeakReference Gradient) FailedPass()
    {
        var x = Tensor.Ones([3], DType.Float64, requiresGrad: true);
        var y = Differentiate.CustomGradient(t => t * 2, (_, _, _) => throw new InvalidOperationException())(x).Sum();
        Assert.That(() => y.Backward(), Throws.InvalidOperationException);
        return (new(y.Node), new(x.Grad));
    }

    private static (bool First, bool Second) Alive(WeakReference[] references) => (IsAlive(references[0]), IsAlive(references[1]));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAlive(WeakReference reference)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return reference.IsAlive;
    }
}
