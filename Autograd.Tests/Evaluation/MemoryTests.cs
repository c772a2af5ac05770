using System.Runtime.CompilerServices;
using Autograd.Evaluation;

namespace Autograd.Tests.Evaluation;

/// <summary>Memory looks after itself: what is dead comes back, what is alive stays as it is.</summary>
[NonParallelizable]
internal sealed class MemoryTests
{
    private const int Large = 1 << 20;

    [Test]
    public void DroppedTemporariesDoNotPileUp()
    {
        // The budget follows what was alive at the last collection, which another test may have left high.
        Loans.Collect();
        var (live, most) = (Loans.Outstanding, 0L);
        var x = Tensor.Ones([Large]);
        for (var i = 0; i < 2000; i++)
        {
            (x + i).Evaluate();
            most = Math.Max(most, Loans.Outstanding);
        }

        Assert.That(most, Is.LessThan((2 * live) + (200L << 20)), "2,000 dropped temporaries of 4 MB, beside what other tests keep alive");
    }

    [Test]
    public void WhatGrewOldBeforeItWasDroppedDoesNotPileUp()
    {
        Loans.Collect();
        var (live, most) = (Loans.Outstanding, 0L);
        for (var i = 0; i < 200; i++)
        {
            DropWhenOld();
            most = Math.Max(most, Loans.Outstanding);
        }

        Assert.That(most, Is.LessThan((2 * live) + (200L << 20)), "200 temporaries of 4 MB that outlived two collections");
    }

    [Test]
    public void AKeptTensorStaysValid()
    {
        var kept = Enumerable.Range(0, 20).Select(i => (Tensor.Ones([100_000]) * i).Evaluate()).ToArray();
        for (var i = 0; i < 500; i++)
        {
            (Tensor.Ones([100_000]) * -1).Evaluate();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.That(kept.Select(tensor => tensor.Mean().Item()), Is.EqualTo(Enumerable.Range(0, 20).Select(i => (double)i)).Within(1e-9));
    }

    [Test]
    public void ASpanThatAUserHoldsStaysValidWithoutItsTensor()
    {
        var span = (Tensor.Ones([Large]) * 3).AsSpan<float>();
        for (var i = 0; i < 50; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            (Tensor.Ones([Large]) * -1).Evaluate();
        }

        Assert.That(System.Numerics.Tensors.TensorPrimitives.Min(span), Is.EqualTo(3f));
    }

    [Test]
    public void ABackwardPassGivesItsTemporariesBack()
    {
        var x = Tensor.Ones([Large], requiresGrad: true);
        var y = x.Tanh().Exp().Square().Sum();
        var before = Loans.Outstanding;
        y.Backward();
        Assert.That(Loans.Outstanding - before, Is.LessThanOrEqualTo(3 * Large * sizeof(float) * 5L / 4), "what is left is the gradient, and forward values that the pass has stored");
        Assert.That(x.Grad!.AllClose(Tensor.Full([Large], 2 * Math.Exp(2 * Math.Tanh(1)) * (1 - Math.Pow(Math.Tanh(1), 2)))));
    }

    [Test]
    public void WhatACustomRuleKeepsStaysValid()
    {
        Tensor? seen = null;
        var keep = Differentiate.CustomGradient(v => v, (v, y, grad) => seen = grad * 2);
        var x = Tensor.Ones([Large], requiresGrad: true);
        (keep(x) * 5).Sum().Backward();
        for (var i = 0; i < 20; i++)
        {
            (Tensor.Ones([Large]) * -1).Evaluate();
        }

        Assert.That((seen!.Amin().Item(), seen.Amax().Item()), Is.EqualTo((10.0, 10.0)));
    }

    [Test]
    public void GradientsThatShareMemoryWithTemporariesStayValid()
    {
        var x = Tensor.Ones([1024, 1024], requiresGrad: true);
        var weight = Tensor.Full([1024, 1024], 2.0).AsLeaf();
        (x.T * weight).Reshape(-1).Sum().Backward();
        for (var i = 0; i < 20; i++)
        {
            (Tensor.Ones([1024, 1024]) * -1).Evaluate();
        }

        Assert.That((x.Grad!.Mean().Item(), weight.Grad!.Mean().Item()), Is.EqualTo((2.0, 1.0)));
    }

    [Test]
    public void TrainingAllocatesNothingThatScalesWithTheData()
    {
        Assume.That(Pool.IsPoisoning, Is.False, "With memory of every size from the pool, its bookkeeping is what is allocated.");
        var model = new Autograd.NN.Sequential(new Autograd.NN.Linear(256, 256), new Autograd.NN.Tanh(), new Autograd.NN.Linear(256, 64));
        var optimizer = new Autograd.Optim.Adam(model.Parameters());
        var (x, y) = (Tensor.Randn([128, 256]), Tensor.Randn([128, 64]));
        void Step()
        {
            var loss = Autograd.NN.Loss.MeanSquaredError(model.Forward(x), y);
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
        }

        long PerStep()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 500; i++)
            {
                Step();
            }

            return (GC.GetAllocatedBytesForCurrentThread() - before) / 500;
        }

        // The pool grows to what may lie dead between two collections, which depends on when the finalizer's thread has its turn: steady sooner or later.
        var perStep = Enumerable.Range(0, 12).Select(_ => PerStep()).ToArray();
        Assert.That(perStep[3..].Min(), Is.LessThan(256 * 256 * sizeof(float) / 2), $"bytes a step; the weights alone are 256 KB; 500 steps each: {string.Join(' ', perStep)}");
    }

    [Test]
    public void MemoryGivenBackByItsOwnerIsNotFoundDeadAsWell()
    {
        // The last thing that is known of an owner is that it gives its array back; a sweep at that very moment must not give it back, too, or it is lent twice.
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        var users = Enumerable.Range(0, 2).Select(user => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                RentAndRelease();
            }
        })).ToArray();
        while (!stop.IsCancellationRequested)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            Loans.Sweep(1);
        }

        Assert.That(() => Task.WaitAll(users), Throws.Nothing);

        // Optimized, so that an owner is known no longer than it is used.
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        static void RentAndRelease()
        {
            for (var i = 0; i < 200; i++)
            {
                Pool.Rent<float>(4096).Release();
            }
        }
    }

    [Test]
    public void PoisonedMemoryIsNoticed()
    {
        // The tester is tested: a span used after its owner has given the memory back must not see the old values.
        var (poisoning, tensor) = (Pool.IsPoisoning, Tensor.Ones([Large]));
        Pool.IsPoisoning = true;
        try
        {
            var stale = tensor.Elements<float>();
            tensor.Release();
            Assert.That(stale[Large / 2], Is.NaN);
        }
        finally
        {
            Pool.IsPoisoning = poisoning;
        }
    }

    /// <summary>A result that collections by others find alive until it belongs to the oldest generation.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropWhenOld()
    {
        var x = Tensor.Ones([Large]);
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            Loans.Sweep(1);
        }

        GC.KeepAlive(x);
    }
}
