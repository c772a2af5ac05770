using System.Reflection;

namespace Autograd.Tests.Core;

/// <summary>The public elementwise operations of Tensor, found by reflection, so that new ones are tested as they come.</summary>
internal static class ElementwiseMethods
{
    /// <summary>Instance methods that need no argument and whose result has the tensor's shape, apart from those that are not functions of each element by itself.</summary>
    public static IEnumerable<MethodInfo> Unary => typeof(Tensor).GetMethods()
        .Where(method => !method.IsStatic && method.ReturnType == typeof(Tensor) && method.GetParameters().All(parameter => parameter.HasDefaultValue))
        .Where(method => method.Name is not ("get_T" or "get_Grad" or "Detach" or "AsLeaf" or "Evaluate" or "Nonzero" or "Flip" or "Tril" or "Triu" or "Glu" or "Clamp" or "Squeeze" or "ArgSort"))
        .Where(method => method.Of(Tensor.Ones([2, 2])).Shape == Shape.Create([2, 2]));

    /// <summary>Methods and operators of two tensors with an elementwise result.</summary>
    public static IEnumerable<MethodInfo> Binary => OfTwo(typeof(Tensor), typeof(Tensor))
        .Where(method => method.Name is not ("MatMul" or "Linear" or "With" or "ExpandAs" or "MaskedSelect" or "Prelu" or "Dot" or "Outer" or "Kron"));

    /// <summary>Methods and operators of a tensor and a number.</summary>
    public static IEnumerable<MethodInfo> WithNumber => OfTwo(typeof(Tensor), typeof(Scalar));

    /// <summary>Operators of a number and a tensor.</summary>
    public static IEnumerable<MethodInfo> OfNumber => OfTwo(typeof(Scalar), typeof(Tensor));

    public static Tensor Of(this MethodInfo method, Tensor x) => (Tensor)Call(method, x, [.. method.GetParameters().Select(parameter => parameter.DefaultValue)]);

    public static Tensor Of(this MethodInfo method, object a, object b) => (Tensor)(method.IsStatic ? Call(method, null, [a, b]) : Call(method, a, [b]));

    private static IEnumerable<MethodInfo> OfTwo(Type first, Type second) => typeof(Tensor).GetMethods()
        .Where(method => method.ReturnType == typeof(Tensor) && method.GetParameters().Select(parameter => parameter.ParameterType)
            .SequenceEqual(method.IsStatic ? [first, second] : first == typeof(Tensor) ? [second] : [typeof(void)]))
        .DistinctBy(method => method.Name, StringComparer.Ordinal);

    private static object Call(MethodInfo method, object? target, object?[] arguments)
        => method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
}
