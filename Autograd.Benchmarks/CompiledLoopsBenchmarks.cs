using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;

namespace Autograd.Benchmarks;

/// <summary>A chain of arithmetic by tiles, by a compiled loop, and by a loop by hand: five times x ← x·a + b.</summary>
public class CompiledLoopsBenchmarks
{
    private const int Links = 5;

    private Tensor x = null!;
    private Tensor a = null!;
    private Tensor b = null!;
    private float[] result = null!;

    /// <summary>The number of elements.</summary>
    [Params(65_536, 1_048_576)]
    public int Count { get; set; }

    [GlobalSetup(Target = nameof(Tiles))]
    public void SetupTiles()
    {
        Fusion.CompilesLoops = false;
        Setup();
    }

    [GlobalSetup(Targets = [nameof(CompiledLoop), nameof(LoopByHand)])]
    public void Setup()
    {
        Threads.Count = 1;
        (x, a, b) = (Tensor.Rand([Count]), Tensor.Rand([Count]), Tensor.Rand([Count]));
        result = new float[Count];
    }

    [GlobalCleanup]
    public void Cleanup() => Fusion.CompilesLoops = true;

    [Benchmark(Baseline = true)]
    public Tensor Tiles() => Chain().Evaluate();

    [Benchmark]
    public Tensor CompiledLoop() => Chain().Evaluate();

    [Benchmark]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float[] LoopByHand()
    {
        var xs = x.AsSpan<float>();
        var factors = a.AsSpan<float>();
        var terms = b.AsSpan<float>();
        for (var i = 0; i < Count; i += Vector512<float>.Count)
        {
            var y = Vector512.Create(xs[i..]);
            var factor = Vector512.Create(factors[i..]);
            var term = Vector512.Create(terms[i..]);
            for (var k = 0; k < Links; k++)
            {
                y = (y * factor) + term;
            }

            y.CopyTo(result, i);
        }

        return result;
    }

    private Tensor Chain()
    {
        var y = x;
        for (var i = 0; i < Links; i++)
        {
            y = (y * a) + b;
        }

        return y;
    }
}
