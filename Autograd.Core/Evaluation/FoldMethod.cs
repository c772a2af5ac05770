using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The methods by which a compiled loop folds the vectors of a row into one number, in the order of <see cref="Folding"/>. Reductions that have the same one compute the same.</summary>
internal sealed class FoldMethod
{
    /// <summary>Vectors of partial results that lie side by side.</summary>
    public const int Width = 8;

    private readonly Func<DType, MethodInfo?> identity;
    private readonly Func<DType, MethodInfo?> finish;

    private FoldMethod(LaneMethod pair, Func<DType, MethodInfo?> identity, Func<DType, MethodInfo?> finish)
        => (Pair, this.identity, this.finish) = (pair, identity, finish);

    /// <summary>The function of two vectors.</summary>
    public LaneMethod Pair { get; }

    /// <summary>The vector to start from.</summary>
    public MethodInfo? Identity(DType dtype) => identity(dtype);

    /// <summary>From a vector to one whose every lane is the fold of its lanes.</summary>
    public MethodInfo? Finish(DType dtype) => finish(dtype);

    /// <summary>The one of a function.</summary>
    public static class Of<TFunction>
        where TFunction : struct, IFoldFunction
    {
        public static readonly FoldMethod Instance = new(
            LaneMethod.OfPair<TFunction>.Instance,
            dtype => dtype switch
            {
                DType.Float32 => ((Func<Vector512<float>>)Start<float>).Method,
                DType.Float64 => ((Func<Vector512<double>>)Start<double>).Method,
                DType.Int64 => ((Func<Vector512<long>>)Start<long>).Method,
                _ => null,
            },
            dtype => dtype switch
            {
                DType.Float32 => ((Func<Vector512<float>, Vector512<float>>)Folded<float>).Method,
                DType.Float64 => ((Func<Vector512<double>, Vector512<double>>)Folded<double>).Method,
                DType.Int64 => ((Func<Vector512<long>, Vector512<long>>)Folded<long>).Method,
                _ => null,
            });

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<T> Start<T>()
            where T : unmanaged, INumber<T>
            => Vector512.Create(TFunction.Identity<T>());

        // The pairs of Folding.Lanes, by permutations of the whole vector: fewer steps, each of which waits for the one before.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<T> Folded<T>(Vector512<T> v)
            where T : unmanaged, INumber<T>
        {
            v = TFunction.Apply(v, Vector512.Shuffle(v.AsInt64(), Vector512.Create(4L, 5, 6, 7, 4, 5, 6, 7)).As<long, T>());
            v = TFunction.Apply(v, Vector512.Shuffle(v.AsInt64(), Vector512.Create(2L, 3, 2, 3, 2, 3, 2, 3)).As<long, T>());
            v = TFunction.Apply(v, Vector512.Shuffle(v.AsInt64(), Vector512.Create(1L, 1, 1, 1, 1, 1, 1, 1)).As<long, T>());
            if (Unsafe.SizeOf<T>() == sizeof(float))
            {
                v = TFunction.Apply(v, Vector512.Shuffle(v.AsInt32(), Vector512.Create(1)).As<int, T>());
            }

            return Vector512.Create(v.ToScalar());
        }
    }
}
