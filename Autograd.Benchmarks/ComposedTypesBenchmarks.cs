using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;

namespace Autograd.Benchmarks;

/// <summary>The experiment of decision 9: a chain of arithmetic as a type composed at run time, beside the engine's tiles and a loop by hand. Five times x ← x·a + b.</summary>
public class ComposedTypesBenchmarks
{
    private const int Links = 5;

    private Tensor x = null!;
    private Tensor a = null!;
    private Tensor b = null!;
    private float[] result = null!;
    private Loop composed = null!;

    private interface IExpression
    {
        static abstract Vector512<float> At(Vector512<float> x, Vector512<float> a, Vector512<float> b);
    }

    /// <summary>The number of elements.</summary>
    [Params(65_536, 1_048_576)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Threads.Count = 1;
        (x, a, b) = (Tensor.Rand([Count]), Tensor.Rand([Count]), Tensor.Rand([Count]));
        result = new float[Count];
        var type = typeof(X);
        for (var i = 0; i < Links; i++)
        {
            type = typeof(Add<,>).MakeGenericType(typeof(Mul<,>).MakeGenericType(type, typeof(A)), typeof(B));
        }

        composed = (Loop)Activator.CreateInstance(typeof(Loop<>).MakeGenericType(type))!;
    }

    [Benchmark(Baseline = true)]
    public Tensor Tiles()
    {
        var y = x;
        for (var i = 0; i < Links; i++)
        {
            y = (y * a) + b;
        }

        return y.Evaluate();
    }

    [Benchmark]
    public float[] ComposedType()
    {
        composed.Run(x.AsSpan<float>(), a.AsSpan<float>(), b.AsSpan<float>(), result);
        return result;
    }

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

    private abstract class Loop
    {
        public abstract void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y);
    }

    private sealed class Loop<TExpression> : Loop
        where TExpression : struct, IExpression
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
        {
            ref var x0 = ref MemoryMarshal.GetReference(x);
            ref var a0 = ref MemoryMarshal.GetReference(a);
            ref var b0 = ref MemoryMarshal.GetReference(b);
            ref var y0 = ref MemoryMarshal.GetReference(y);
            for (nuint i = 0; i < (nuint)y.Length; i += (nuint)Vector512<float>.Count)
            {
                TExpression.At(Vector512.LoadUnsafe(ref x0, i), Vector512.LoadUnsafe(ref a0, i), Vector512.LoadUnsafe(ref b0, i)).StoreUnsafe(ref y0, i);
            }
        }
    }

    private readonly struct X : IExpression
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> At(Vector512<float> x, Vector512<float> a, Vector512<float> b) => x;
    }

    private readonly struct A : IExpression
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> At(Vector512<float> x, Vector512<float> a, Vector512<float> b) => a;
    }

    private readonly struct B : IExpression
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> At(Vector512<float> x, Vector512<float> a, Vector512<float> b) => b;
    }

    private readonly struct Mul<TLeft, TRight> : IExpression
        where TLeft : struct, IExpression
        where TRight : struct, IExpression
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> At(Vector512<float> x, Vector512<float> a, Vector512<float> b) => TLeft.At(x, a, b) * TRight.At(x, a, b);
    }

    private readonly struct Add<TLeft, TRight> : IExpression
        where TLeft : struct, IExpression
        where TRight : struct, IExpression
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> At(Vector512<float> x, Vector512<float> a, Vector512<float> b) => TLeft.At(x, a, b) + TRight.At(x, a, b);
    }
}
