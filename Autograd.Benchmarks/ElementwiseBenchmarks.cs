using BenchmarkDotNet.Attributes;

namespace Autograd.Benchmarks;

/// <summary>Elementwise operations and reductions on vectors from cache-sized to memory-sized.</summary>
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
    public Tensor Add() => x + y;

    [Benchmark]
    public Tensor MultiplyByNumber() => x * 1.5;

    [Benchmark]
    public Tensor Exp() => x.Exp();

    [Benchmark]
    public Tensor Tanh() => x.Tanh();

    [Benchmark]
    public Tensor Gelu() => x.Gelu();

    [Benchmark]
    public Tensor Sum() => x.Sum();

    [Benchmark]
    public Tensor SumOverRows() => x.Reshape(-1, 100).Sum(0);
}
