using BenchmarkDotNet.Attributes;

namespace Autograd.Benchmarks;

/// <summary>Square matrix products; 2n³ floating-point operations each.</summary>
public class MatMulBenchmarks
{
    private Tensor a = null!;
    private Tensor b = null!;

    [Params(16, 64, 256)]
    public int Size { get; set; }

    [Params(DType.Float32, DType.Float64)]
    public DType Type { get; set; }

    [GlobalSetup]
    public void Setup() => (a, b) = (Tensor.Randn([Size, Size], Type, generator: new Generator(0)), Tensor.Randn([Size, Size], Type, generator: new Generator(1)));

    [Benchmark]
    public Tensor Product() => a.MatMul(b);

    [Benchmark]
    public Tensor ProductWithTransposed() => a.MatMul(b.T);
}
