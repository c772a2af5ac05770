using System.Reflection;
using System.Runtime.Intrinsics;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>The methods that apply a function to vectors of each element type, for compiled loops to call. Operations that have the same one compute the same function.</summary>
internal sealed class LaneMethod(Delegate single, Delegate real, Delegate whole)
{
    /// <summary>The one of a choice: of the second argument where the first, a mask, has all bits, of the third where it has none.</summary>
    public static LaneMethod Choice { get; } = OfThree(Vector512.ConditionalSelect, Vector512.ConditionalSelect, Vector512.ConditionalSelect);

    /// <summary>The one of a function of three arguments.</summary>
    public static LaneMethod OfThree(
        Func<Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>> single,
        Func<Vector512<double>, Vector512<double>, Vector512<double>, Vector512<double>> real,
        Func<Vector512<long>, Vector512<long>, Vector512<long>, Vector512<long>> whole) => new(single, real, whole);

    /// <summary>The method for vectors of <paramref name="dtype"/>; there is none for truth values.</summary>
    public MethodInfo? For(DType dtype) => dtype switch
    {
        DType.Float32 => single.Method,
        DType.Float64 => real.Method,
        DType.Int64 => whole.Method,
        _ => null,
    };

    /// <summary>The one of a function of one argument.</summary>
    public static class Of<TFunction>
        where TFunction : struct, ILaneFunction
    {
        public static readonly LaneMethod Instance = new(
            (Func<Vector512<float>, Vector512<float>>)TFunction.Apply,
            (Func<Vector512<double>, Vector512<double>>)TFunction.Apply,
            (Func<Vector512<long>, Vector512<long>>)TFunction.Apply);
    }

    /// <summary>The one of a function of two arguments.</summary>
    public static class OfPair<TFunction>
        where TFunction : struct, IPairFunction
    {
        public static readonly LaneMethod Instance = new(
            (Func<Vector512<float>, Vector512<float>, Vector512<float>>)TFunction.Apply,
            (Func<Vector512<double>, Vector512<double>, Vector512<double>>)TFunction.Apply,
            (Func<Vector512<long>, Vector512<long>, Vector512<long>>)TFunction.Apply);
    }

    /// <summary>The one of a relation, which yields masks: all bits of a lane, or none.</summary>
    public static class OfRelation<TRelation>
        where TRelation : struct, Comparison.IRelation
    {
        public static readonly LaneMethod Instance = new(
            (Func<Vector512<float>, Vector512<float>, Vector512<float>>)TRelation.Mask,
            (Func<Vector512<double>, Vector512<double>, Vector512<double>>)TRelation.Mask,
            (Func<Vector512<long>, Vector512<long>, Vector512<long>>)TRelation.Mask);
    }
}
