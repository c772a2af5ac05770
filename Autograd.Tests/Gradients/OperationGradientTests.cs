namespace Autograd.Tests.Gradients;

/// <summary>Every operation of the library, found by reflection: declared, and right to second order on its declared cases, on contiguous and on strided inputs.</summary>
internal sealed class OperationGradientTests
{
    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    private static IEnumerable<OperationCase> Cases => OperationCase.All(typeof(Tensor).Assembly);

    private static IEnumerable<Type> Operations => OperationCase.Operations(typeof(Tensor).Assembly);

    [TestCaseSource(nameof(Operations))]
    public void DeclaresGradientTestsUnlessItHasNoGradient(Type operation)
        => Assert.That(OperationDeclarations.IsDeclared(operation), $"{operation.Name} declares no [GradientTest] and is not among the operations without a gradient.");

    [TestCaseSource(nameof(Cases))]
    public void GradientIsRightToSecondOrder(object operationCase)
    {
        var test = (OperationCase)operationCase;
        GradCheck.Verify(test.Apply, test.Inputs(new Generator(1)), SecondOrder);
    }

    [TestCaseSource(nameof(Cases))]
    public void GradientIsRightForStridedInputs(object operationCase)
    {
        var test = (OperationCase)operationCase;
        var inputs = test.Inputs(new Generator(2));
        GradCheck.Verify(strided => test.Apply(Array.ConvertAll(strided, Views.Scramble)), Array.ConvertAll(inputs, Views.Unscramble), SecondOrder);
        var direct = test.Apply(inputs);
        var throughViews = test.Apply(Array.ConvertAll(inputs, input => Views.Scramble(Views.Unscramble(input))));
        Assert.That(throughViews.AsSpan<double>().SequenceEqual(direct.AsSpan<double>()), "The values of views differ from those of copies.");
    }
}
