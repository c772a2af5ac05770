using System.Reflection;
using Autograd.NN;

namespace Autograd.Tests.Operations;

/// <summary>Every public operation on every element type, on nothing, on rank 0, on sizes of 1, on views, on NaN and infinities: a result that fits, or an exception made for the case.</summary>
internal sealed class OperationBehaviourTests
{
    // Methods that make or hand on tensors and compute nothing of their elements.
    private static readonly string[] NotOperations =
    [
        "From", "Full", "Zeros", "Ones", "ZerosLike", "OnesLike", "FullLike", "Arange", "Linspace", "Eye", "Rand", "Randn", "RandInt", "RandPermutation", "RandLike", "RandnLike",
        "Detach", "AsLeaf", "Evaluate",
    ];

    // NaN is not above 0.
    private static readonly string[] WithoutNaN = ["Step"];

    private static IEnumerable<OperationSample> Samples => OperationSamples.All;

    [Test]
    public void Every_operation_has_one_sample()
    {
        var methods = Methods(typeof(Tensor), string.Empty).Concat(Methods(typeof(Loss), "Loss.")).Concat(Methods(typeof(Linalg), "Linalg.")).Distinct(StringComparer.Ordinal);
        Assert.That(Samples.Select(sample => sample.Name).Order(StringComparer.Ordinal), Is.EqualTo(methods.Order(StringComparer.Ordinal)));
    }

    [TestCaseSource(nameof(Samples))]
    public void A_view_gives_what_its_copy_gives(object operation)
    {
        var sample = (OperationSample)operation;
        var x = sample.Point();
        var view = Tensor.Stack([x, x], x.Rank).Select(x.Rank, 1);
        Assert.That(view.IsContiguous, Is.False);
        Assert.That(sample.Call(view).AllClose(sample.Call(x), 0, 0, equalNaN: true));
    }

    [TestCaseSource(nameof(Samples))]
    public void Every_element_type_gives_a_result_or_a_type_error(object operation)
    {
        var sample = (OperationSample)operation;
        foreach (var dtype in Enum.GetValues<DType>())
        {
            Attempt(sample, Tensor.Ones(sample.Shape, dtype), typeof(DTypeException));
        }
    }

    [TestCaseSource(nameof(Samples))]
    public void Nothing_rank_0_and_sizes_of_1_give_a_result_or_an_error_of_the_argument(object operation)
    {
        var sample = (OperationSample)operation;
        foreach (var size in new[] { 0, 1 })
        {
            Attempt(sample, Tensor.Ones([.. sample.Shape.Select(_ => size)], DType.Float64), typeof(ShapeException), typeof(ArgumentException));
            Attempt(sample, Tensor.Ones([size, .. sample.Shape.AsSpan()[1..]], DType.Float64), typeof(ShapeException), typeof(ArgumentException));
            Attempt(sample, Tensor.Ones([.. sample.Shape.AsSpan()[..^1], size], DType.Float64), typeof(ShapeException), typeof(ArgumentException));
        }

        Attempt(sample, Tensor.Ones([], DType.Float64), typeof(ShapeException), typeof(ArgumentException));
    }

    [TestCaseSource(nameof(Samples))]
    public void NaN_and_infinities_do_not_vanish(object operation)
    {
        var sample = (OperationSample)operation;
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            var x = Tensor.Full(sample.Shape, value, DType.Float64);
            if (Attempt(sample, x, typeof(ArgumentOutOfRangeException), typeof(LinearAlgebraException)) is { DType.IsFloatingPoint: true } y && double.IsNaN(value) && !WithoutNaN.Contains(sample.Name))
            {
                Assert.That(y.IsNaN().Any().Item<bool>(), $"NaN gives {y}");
            }
        }
    }

    /// <summary>The result; null for an exception of one of the expected kinds, which has to say what is wrong.</summary>
    private static Tensor? Attempt(OperationSample sample, Tensor x, params Type[] expected)
    {
        try
        {
            return sample.Call(x).Evaluate();
        }
#pragma warning disable CA1031 // Whatever it is, it is looked at.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var error = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            Assert.That(expected.Any(type => type.IsInstanceOfType(error)), $"{sample.Name} of {x.Shape} {x.DType}: {error}");
            Assert.That(error.Message, Has.Length.GreaterThan(30), $"{sample.Name} of {x.Shape} {x.DType}");
            return null;
        }
    }

    private static IEnumerable<string> Methods(Type type, string prefix)
        => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName && !NotOperations.Contains(method.Name) && Gives(method.ReturnType))
            .Select(method => prefix + method.Name);

    private static bool Gives(Type type)
        => type == typeof(Tensor) || type == typeof(Tensor[]) || (type.IsAssignableTo(typeof(System.Runtime.CompilerServices.ITuple)) && type.GetGenericArguments()[0] == typeof(Tensor));
}
