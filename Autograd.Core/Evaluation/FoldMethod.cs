using System.Reflection;
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

        private static Vector512<T> Start<T>()
            where T : unmanaged, INumber<T>
            => Vector512.Create(TFunction.Identity<T>());

        private static Vector512<T> Folded<T>(Vector512<T> v)
            where T : unmanaged, INumber<T>
            => Vector512.Create(Folding.Lanes<TFunction, T>(v));
    }
}
