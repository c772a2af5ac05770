using System.Runtime.CompilerServices;

namespace Autograd.Tests.Autodiff;

/// <summary>Records of any length and any number of paths: neither stack nor time explodes.</summary>
internal sealed class LongRecordTests
{
    private const int Length = 1_000_000;

    [Test]
    public void A_chain_of_a_million_operations_is_differentiated_in_little_stack()
    {
        var gradient = 0.0;
        RunInSmallStack(() =>
        {
            var x = Tensor.From([1.0], requiresGrad: true);
            Chain(x).Backward();
            gradient = x.Grad!.Item();
        });
        Assert.That(gradient, Is.EqualTo(Math.Pow(1 + 1e-6, Length)).Within(1e-6));
    }

    [Test]
    public void A_chain_of_a_million_operations_is_collected()
    {
        WeakReference? first = null, last = null;
        RunInSmallStack(() => (first, last) = AbandonedChain());
        Collect();
        Assert.That((first!.IsAlive, last!.IsAlive), Is.EqualTo((false, false)));
    }

    [Test]
    public void A_long_chain_keeps_its_record_for_higher_orders()
    {
        var x = Tensor.From([1.0], requiresGrad: true);
        Tensor y = x;
        for (var i = 0; i < 20_000; i++)
        {
            y = i % 2 == 0 ? y.Sin() : y * 1.001;
        }

        var slope = Differentiate.Gradients(y, [x], createGraph: true)[0];
        var curvature = Differentiate.Gradients(slope, [x])[0];
        Assert.That(double.IsFinite(curvature.Item()) && curvature.Item() != 0);
    }

    /// <summary>y = x + x, 60 times: 2⁶⁰ paths, 60 operations.</summary>
    [Test]
    public void Paths_are_not_walked_one_by_one()
    {
        var x = Tensor.From([1.0], requiresGrad: true);
        Tensor y = x;
        for (var i = 0; i < 60; i++)
        {
            y = y + y;
        }

        RunInSmallStack(() => y.Backward());
        Assert.That(x.Grad!.Item(), Is.EqualTo(Math.ScaleB(1, 60)));
    }

    /// <summary>aₙ₊₁ = aₙ + bₙ, bₙ₊₁ = aₙ: the gradient counts paths, the Fibonacci numbers.</summary>
    [Test]
    public void Every_path_counts_once()
    {
        var x = Tensor.From([1.0], requiresGrad: true);
        Tensor a = x, b = x * 1;
        for (var i = 0; i < 60; i++)
        {
            (a, b) = (a + b, a * 1);
        }

        RunInSmallStack(() => a.Backward());
        Assert.That(x.Grad!.Item(), Is.EqualTo(4052739537881.0), "Fibonacci number 62");
    }

    [Test]
    public void A_wide_record_adds_up_every_use()
    {
        var x = Tensor.From([1.0], requiresGrad: true);
        var sum = Tensor.Concatenate([.. Enumerable.Range(0, 20_000).Select(i => x * i)]).Sum();
        sum.Backward();
        Assert.That(x.Grad!.Item(), Is.EqualTo(19_999.0 * 20_000 / 2));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference First, WeakReference Last) AbandonedChain()
    {
        var x = Tensor.From([1.0], requiresGrad: true);
        var y = Chain(x);
        return (new WeakReference(x.Node), new WeakReference(y));
    }

    private static Tensor Chain(Tensor x)
    {
        var factor = Tensor.From([1 + 1e-6]);
        for (var i = 0; i < Length; i++)
        {
            x = x * factor;
        }

        return x;
    }

    /// <summary>A fraction of the usual stack: a recursive walk dies after a few thousand steps. And ten minutes at most, on a machine that is busy: a walk along each of 2⁶⁰ paths takes longer.</summary>
    private static void RunInSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    failure = exception;
                }
            },
            maxStackSize: 256 * 1024)
        { IsBackground = true };
        thread.Start();
        Assert.That(thread.Join(TimeSpan.FromMinutes(10)), "It takes too long.");
        Assert.That(failure, Is.Null);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
