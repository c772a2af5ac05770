namespace Autograd.Tests.Autodiff;

/// <summary>Any number of threads may compute and differentiate with the same parameters.</summary>
internal sealed class ConcurrencyTests
{
    private const int Threads = 8;

    [Test]
    public void Accumulation_from_many_threads_loses_nothing()
    {
        const int Passes = 2_000;
        var w = new Parameter(Tensor.From([1f, 2, 3]));
        InParallel(thread =>
        {
            for (var i = 0; i < Passes; i++)
            {
                (w * (thread + 1)).Sum().Backward();
            }
        });

        // Whole numbers below 2²⁴ add up exactly in any order.
        Assert.That(w.Grad!.ToArray<float>(), Is.All.EqualTo((float)(Passes * Threads * (Threads + 1) / 2)));
    }

    [Test]
    public void Every_thread_gets_the_gradient_of_its_own_data()
    {
        var generator = new Generator(5);
        var (w, bias) = (new Parameter(Tensor.Randn([4, 3], DType.Float64, generator: generator)), new Parameter(Tensor.Randn([3], DType.Float64, generator: generator)));
        var data = Enumerable.Range(0, Threads).Select(_ => Tensor.Randn([5, 4], DType.Float64, generator: generator)).ToArray();
        Tensor Loss(Tensor x) => (x.MatMul(w) + bias).Tanh().Square().Mean();
        var expected = Array.ConvertAll(data, x => Differentiate.Gradients(Loss(x), [w, bias]));
        InParallel(thread =>
        {
            for (var i = 0; i < 200; i++)
            {
                var gradients = Differentiate.Gradients(Loss(data[thread]), [w, bias]);
                if (!gradients[0].AsSpan<double>().SequenceEqual(expected[thread][0].AsSpan<double>()) || !gradients[1].AsSpan<double>().SequenceEqual(expected[thread][1].AsSpan<double>()))
                {
                    throw new InvalidOperationException($"Thread {thread}, pass {i}: the gradient differs from the one computed alone.");
                }
            }
        });
        Assert.That((w.Grad, bias.Grad), Is.EqualTo(((Tensor?)null, (Tensor?)null)));
    }

    [Test]
    public void One_retained_record_may_be_differentiated_by_many_threads()
    {
        var x = Tensor.From([0.5, 2], requiresGrad: true);
        var y = (x.Exp() * x.Sin()).Sum();
        InParallel(_ =>
        {
            for (var i = 0; i < 500; i++)
            {
                y.Backward(retainGraph: true);
            }
        });
        var once = Differentiate.Gradients(y, [x])[0];
        Assert.That(x.Grad!.AllClose(once * (500 * Threads), 1e-12));
    }

    [Test]
    public void A_use_sees_one_value_of_a_variable_that_is_being_assigned()
    {
        // Row-major and strided by turns: value and layout belong together.
        Tensor[] values = [Tensor.Ones([8], DType.Float64), Tensor.Stack([Tensor.Full([8], 2.0, DType.Float64), Tensor.Full([8], -2.0, DType.Float64)], 1).Select(1, 0)];
        var (w, other) = (new Parameter(values[0]), new Parameter(values[0]));
        var stop = false;
        var writer = new Thread(() =>
        {
            for (var i = 0; !Volatile.Read(ref stop); i++)
            {
                w.Assign(values[i % 2]);
            }
        });
        writer.Start();
        try
        {
            var until = Environment.TickCount64 + 200;
            for (var i = 0; Environment.TickCount64 < until; i++)
            {
                if (i % 4 == 3)
                {
                    other.Assign(w);
                }

                var seen = (i % 4 == 0 ? w * 1 : i % 4 == 1 ? w.AsLeaf() : i % 4 == 2 ? w.Detach() : other).ToArray<double>();
                Assert.That(seen.AsSpan().ContainsAnyExcept(seen[0]), Is.False, "Two values were mixed.");
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            writer.Join();
        }
    }

    [Test]
    public void Recording_is_switched_for_each_thread_by_itself()
        => InParallel(thread =>
        {
            var x = Tensor.From([2.0], requiresGrad: true);
            for (var i = 0; i < 2_000; i++)
            {
                if (thread % 2 == 0)
                {
                    using (Grad.Disabled())
                    {
                        Require(!(x * x).RequiresGrad);
                    }
                }

                var y = x * x;
                Require(y.RequiresGrad);
                y.Backward();
            }

            Require(x.Grad!.Item() == 8_000);
        });

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The recording mode of another thread was seen.");
        }
    }

    private static void InParallel(Action<int> work)
    {
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                work(index);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                failures.Enqueue(exception);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.That(failures, Is.Empty);
    }
}
