using Autograd.Optim;

namespace Autograd.Tests.Evaluation;

/// <summary>An optimizer's step uses the memory of former values again, and nobody who still holds one may notice.</summary>
[NonParallelizable]
internal sealed class VariableMemoryTests
{
    private const int Count = 10_000;

    private static IEnumerable<TestCaseData> Readers
    {
        get
        {
            TestCaseData Case(string name, Func<Parameter, Func<Tensor>> hold) => new TestCaseData(hold).SetArgDisplayNames(name);
            yield return Case("a view", p => { var view = p[..]; return () => view; });
            yield return Case("the transpose", p => { var view = p.Reshape(100, 100).T; return () => view; });
            yield return Case("the detached value", p => { var value = p.Detach(); return () => value; });
            yield return Case("a leaf of the same values", p => { var leaf = p.AsLeaf(); return () => leaf; });
            yield return Case("the value in its own type", p => { var value = p.To(p.DType); return () => value; });
            yield return Case("a pending sum", p => { using var _ = Grad.Disabled(); var pending = p + 0; return () => pending; });
            yield return Case("a pending chain", p => { using var _ = Grad.Disabled(); var pending = ((p * 2) + 1) - p; return () => pending - 1; });
            yield return Case("a recorded product", p => { var square = p * p; return () => -square.Sqrt(); });
            yield return Case("a gradient to come", p =>
            {
                var x = Tensor.Ones([Count], requiresGrad: true);
                var product = (x * p).Sum();
                return () =>
                {
                    product.Backward();
                    return x.Grad!;
                };
            });
            yield return Case("memory handed out", p => { var memory = p.Reshape(100, 100).AsMemory2D<float>(); return () => Tensor.From(memory.ToArray().Cast<float>().ToArray()); });
            yield return Case("another parameter of the same value", p => { var other = new Parameter(p); return () => other; });
        }
    }

    [TestCaseSource(nameof(Readers))]
    public void WhatWasTakenBeforeAStepStaysAsItWas(Func<Parameter, Func<Tensor>> hold)
    {
        var parameter = new Parameter(Tensor.Zeros([Count]));
        var optimizer = new Sgd([parameter], learningRate: 1, momentum: 0.5);
        Step(parameter, optimizer);
        Step(parameter, optimizer);
        var held = hold(parameter);
        var expected = parameter.ToArray<float>()[0];
        for (var i = 0; i < 5; i++)
        {
            Step(parameter, optimizer);
        }

        Assert.That(held().ToArray<float>().Distinct(), Is.EqualTo(new[] { expected }).Within(1e-5f));
    }

    [Test]
    public void AStepWritesTheNewValueIntoTheMemoryOfTheFormer()
    {
        var parameter = new Parameter(Tensor.Zeros([Count]));
        var optimizer = new Adam([parameter]);
        for (var i = 0; i < 3; i++)
        {
            Step(parameter, optimizer);
        }

        var owner = parameter.Current.Owner;
        Step(parameter, optimizer);
        Assert.That(parameter.Current.Owner, Is.SameAs(owner));
    }

    [Test]
    public void TrainingAllocatesNothingThatGrowsWithTheParameters()
    {
        long BytesOfAStep(int count)
        {
            var parameter = new Parameter(Tensor.Zeros([count]));
            var optimizer = new Adam([parameter]);
            for (var i = 0; i < 5; i++)
            {
                Step(parameter, optimizer);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            Step(parameter, optimizer);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var (small, large) = (BytesOfAStep(5_000), BytesOfAStep(500_000));
        Assert.That(large, Is.LessThan(small + 10_000), $"{small} bytes with 5,000 parameters");
    }

    [Test]
    public void AnotherThreadSeesOneValueOrTheNext()
    {
        var parameter = new Parameter(Tensor.Zeros([Count]));
        var optimizer = new Sgd([parameter], learningRate: 1, momentum: 0.5);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var torn = 0;
            while (!stop.IsCancellationRequested)
            {
                using var __ = Grad.Disabled();
                var value = (parameter * 2) - parameter;
                torn += value.Amax().Item() == value.Amin().Item() ? 0 : 1;
            }

            return torn;
        })).ToArray();
        for (var i = 0; i < 2000; i++)
        {
            Step(parameter, optimizer);
        }

        stop.Cancel();
        Assert.That(readers.Select(reader => reader.Result), Is.All.Zero);
    }

    private static void Step(Parameter parameter, Optimizer optimizer)
    {
        optimizer.ZeroGrad();
        parameter.Sum().Backward();
        optimizer.Step();
    }
}
