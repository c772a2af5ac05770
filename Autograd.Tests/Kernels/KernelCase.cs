using System.Numerics;
using System.Numerics.Tensors;
using Autograd.Kernels;

namespace Autograd.Tests.Kernels;

internal delegate void UnaryKernel<T>(ReadOnlySpan<T> x, Span<T> y);

internal delegate void BinaryKernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y);

/// <summary>
/// A function of one argument: its exact value, the version of <see cref="TensorPrimitives"/>, ours (null where operations call
/// the library's), and the greatest error in ULP allowed of the one in use, a little above what was measured.
/// </summary>
internal sealed record KernelCase<T>(
    string Name, Func<double, DoubleDouble> Exact, UnaryKernel<T>? Library, UnaryKernel<T>? Own, double Bound)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly KernelCase<T>[] All =
    [
        new("Exp", Reference.Exp, TensorPrimitives.Exp, VectorMath.Exp, 1.1),
        new("Exp2", x => Math.Pow(2, x), TensorPrimitives.Exp2, VectorMath.Exp2, 1.1),
        new("ExpM1", Reference.ExpM1, TensorPrimitives.ExpM1, VectorMath.ExpM1, 2),
        new("Log", Reference.Log, TensorPrimitives.Log, VectorMath.Log, 1.5),
        new("Log2", x => Math.Log2(x), TensorPrimitives.Log2, VectorMath.Log2, 2.1),
        new("Log10", x => Math.Log10(x), TensorPrimitives.Log10, VectorMath.Log10, 2.1),
        new("LogP1", Reference.LogP1, TensorPrimitives.LogP1, VectorMath.LogP1, 1.5),
        new("Sin", x => Math.Sin(x), TensorPrimitives.Sin, VectorMath.Sin, 1.5),
        new("Cos", x => Math.Cos(x), TensorPrimitives.Cos, VectorMath.Cos, 1.5),
        new("Tan", x => Math.Tan(x), TensorPrimitives.Tan, VectorMath.Tan, 3.1),
        new("Sinh", Reference.Sinh, TensorPrimitives.Sinh, VectorMath.Sinh, 2.5),
        new("Cosh", Reference.Cosh, TensorPrimitives.Cosh, VectorMath.Cosh, 1.7),
        new("Tanh", Reference.Tanh, TensorPrimitives.Tanh, VectorMath.Tanh, 3),
        new("Sigmoid", Reference.Sigmoid, TensorPrimitives.Sigmoid, VectorMath.Sigmoid, 2.5),
        new("Softplus", Reference.Softplus, null, VectorMath.Softplus, 2.5),
        new("Erf", Reference.Erf, null, VectorMath.Erf, 2.5),
        new("Erfc", Reference.Erfc, null, VectorMath.Erfc, 4),
        new("Sqrt", x => Math.Sqrt(x), TensorPrimitives.Sqrt, VectorMath.Sqrt, 0.5),
        new("ReciprocalSqrt", Reference.ReciprocalSqrt, TensorPrimitives.ReciprocalSqrt, null, 1.5),
        new("Cbrt", x => Math.Cbrt(x), TensorPrimitives.Cbrt, null, 1.1),
        new("Asin", x => Math.Asin(x), TensorPrimitives.Asin, null, 1.1),
        new("Acos", x => Math.Acos(x), TensorPrimitives.Acos, null, 1.1),
        new("Atan", x => Math.Atan(x), TensorPrimitives.Atan, null, 1.1),
        new("Asinh", x => Math.Asinh(x), TensorPrimitives.Asinh, null, 2.1),
        new("Acosh", x => Math.Acosh(x), TensorPrimitives.Acosh, null, 2.1),
        new("Atanh", x => Math.Atanh(x), TensorPrimitives.Atanh, null, 2.1),
    ];

    public UnaryKernel<T> InUse => Own ?? Library!;

    public override string ToString() => Name;
}

/// <summary>The same for a function of two arguments.</summary>
internal sealed record BinaryKernelCase<T>(
    string Name, Func<double, double, DoubleDouble> Exact, BinaryKernel<T> Library, BinaryKernel<T>? Own, double Bound)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly BinaryKernelCase<T>[] All =
    [
        new("Pow", (x, y) => Math.Pow(x, y), TensorPrimitives.Pow, VectorMath.Pow, 1.1),
        new("Atan2", (y, x) => Math.Atan2(y, x), TensorPrimitives.Atan2, null, 1.6),
        new("Hypot", Reference.Hypot, TensorPrimitives.Hypot, null, 1.1),
    ];

    public BinaryKernel<T> InUse => Own ?? Library;

    public override string ToString() => Name;
}
