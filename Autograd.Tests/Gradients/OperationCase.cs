using System.Reflection;
using Autograd.Autodiff;
using Autograd.Evaluation;

namespace Autograd.Tests.Gradients;

/// <summary>One declared case of one operation: how to build its inputs, and the operation from them.</summary>
/// <param name="Operation">The operation's class.</param>
/// <param name="Text">The case as declared: the shapes of the tensor arguments.</param>
/// <param name="Arguments">The other arguments.</param>
/// <param name="Domain">Where values come from.</param>
internal sealed record OperationCase(Type Operation, string Text, object[] Arguments, Domain Domain)
{
    /// <summary>Every declared case of every concrete operation of an assembly.</summary>
    public static IEnumerable<OperationCase> All(Assembly assembly) => Operations(assembly).SelectMany(Declared);

    /// <summary>The concrete operations of an assembly.</summary>
    public static IEnumerable<Type> Operations(Assembly assembly)
        => assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal);

    public static IEnumerable<OperationCase> Declared(Type operation)
        => from attribute in operation.GetCustomAttributes<GradientTestAttribute>()
           from text in attribute.Cases
           select new OperationCase(operation, text, attribute.Arguments, attribute.Domain);

    public override string ToString() => $"{Autograd.Autodiff.Operation.NameOf(Operation)}({Text}{string.Concat(Arguments.Select(a => "; " + Describe(a)))})";

    /// <summary>The tensors of the case, drawn from its domain.</summary>
    public Tensor[] Inputs(Generator generator)
    {
        Tensor[] inputs;
        do
        {
            inputs = [.. Text.Split(", ").Select(spec => TensorSpec.Parse(spec).Draw(generator, Domain))];
        }
        while ((Domain == Domain.Distinct && !AreApart(inputs)) || (Domain == Domain.Quotient && !HaveFractions(inputs[0] / inputs[1])));
        return inputs;
    }

    /// <summary>Applies the operation to some tensors: the constructor is found by the kinds of its parameters.</summary>
    public Tensor Apply(Tensor[] tensors)
    {
        var constructor = Operation.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .FirstOrDefault(candidate => TryBind(candidate, tensors) is not null)
            ?? throw new InvalidOperationException($"No constructor of {Operation.Name} takes {tensors.Length} tensors and ({string.Join(", ", Arguments.Select(Describe))}).");
        try
        {
            return ((Operation)constructor.Invoke(TryBind(constructor, tensors))).Apply();
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            throw new InvalidOperationException($"{this}: {inner.Message}", inner);
        }
    }

    // Distinct values of one tensor are apart by construction; those of two tensors are drawn until they are.
    private static bool AreApart(Tensor[] inputs)
        => inputs.Length < 2 || ((inputs[0].Reshape(-1 * Math.Sign(inputs[0].ElementCount), 1) - inputs[1].Flatten()).Abs() > 0.005).All().Item<bool>();

    private static bool HaveFractions(Tensor quotients) => ((quotients - quotients.Round()).Abs() > 0.02).All().Item<bool>();

    private static string Describe(object argument) => argument is int[] numbers ? $"[{string.Join(", ", numbers)}]" : $"{argument}";

    private object?[]? TryBind(ConstructorInfo constructor, Tensor[] tensors)
    {
        var (nextTensor, nextArgument) = (0, 0);
        var parameters = constructor.GetParameters();
        var bound = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = parameters[i].ParameterType;
            if (type == typeof(Tensor) && nextTensor < tensors.Length)
            {
                bound[i] = tensors[nextTensor++];
            }
            else if (type == typeof(Tensor[]))
            {
                bound[i] = tensors[nextTensor..];
                nextTensor = tensors.Length;
            }
            else if (nextArgument < Arguments.Length && Convert(Arguments[nextArgument++], type) is { } value)
            {
                bound[i] = value;
            }
            else
            {
                return null;
            }
        }

        return nextTensor == tensors.Length && nextArgument == Arguments.Length ? bound : null;
    }

    private static object? Convert(object argument, Type type)
        => type.IsInstanceOfType(argument) ? argument
            : type == typeof(Scalar) && argument is double number ? (Scalar)number
            : type == typeof(Selection) && argument is string text ? Selection.Parse(text)
            : type == typeof(ConvolutionShape) && argument is string windows ? ConvolutionShape.Parse(windows)
            : null;
}
