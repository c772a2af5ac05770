using BenchmarkDotNet.Attributes;

namespace Autograd.Benchmarks;

/// <summary>The cost of one recorded operation on 16 elements: a chain of 200, so that the figures are per operation.</summary>
[MemoryDiagnoser]
public class RecordedOperationBenchmarks
{
    private const int Chain = 200;

    private Tensor leaf = null!;
    private Tensor factor = null!;

    [GlobalSetup]
    public void Setup() => (leaf, factor) = (Tensor.Randn([16], requiresGrad: true, generator: new Generator(0)), Tensor.Randn([16], generator: new Generator(1)));

    [Benchmark(OperationsPerInvoke = Chain)]
    public Tensor Forward()
    {
        var y = leaf;
        for (var i = 0; i < Chain; i++)
        {
            y *= factor;
        }

        return y;
    }

    [Benchmark(OperationsPerInvoke = Chain)]
    public Tensor ForwardTimesNumber()
    {
        var y = leaf;
        for (var i = 0; i < Chain; i++)
        {
            y *= 1.5;
        }

        return y;
    }

    [Benchmark(OperationsPerInvoke = Chain)]
    public Tensor? ForwardAndBackward()
    {
        leaf.ZeroGrad();
        Forward().Sum().Backward();
        return leaf.Grad;
    }
}
