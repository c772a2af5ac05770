using BenchmarkDotNet.Attributes;

namespace Autograd.Benchmarks;

/// <summary>Elementwise operations and reductions on vectors from cache-sized to memory-sized; evaluated, since large results stay pending otherwise.</summary>
[MemoryDiagnoser]
public class ElementwiseBenchmarks
{
    private Tensor x = null!;
    private Tensor y = null!;

    [Params(1_000, 1_000_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup() => (x, y) = (Tensor.Randn([Count], generator: new Generator(0)), Tensor.Randn([Count], generator: new Generator(1)));

    [Benchmark]
    public Tensor Add() => (x + y).Evaluate();

    [Benchmark]
    public Tensor MultiplyByNumber() => (x * 1.5).Evaluate();

    [Benchmark]
    public Tensor Exp() => x.Exp().Evaluate();

    [Benchmark]
    public Tensor Tanh() => x.Tanh().Evaluate();

    [Benchmark]
    public Tensor Gelu() => x.Gelu().Evaluate();

    [Benchmark]
    public Tensor TenMultiplicationsAndAdditions()
    {
        var z = x;
        for (var i = 0; i < 5; i++)
        {
            z = (z * y) + x;
        }

        return z.Evaluate();
    }

    [Benchmark]
    public Tensor Sum() => x.Sum();

    [Benchmark]
    public Tensor MeanSquaredError() => (x - y).Square().Mean();

    [Benchmark]
    public Tensor SumOverRows() => x.Reshape(-1, 100).Sum(0);
}
