namespace Autograd.Tests.Gradients;

/// <summary>Every operation of the library, found by reflection: declared, and right to second order on its declared cases, on contiguous and on strided inputs.</summary>
internal sealed class OperationGradientTests
{
    private static IEnumerable<OperationCase> Cases => OperationCase.All(typeof(Tensor).Assembly);

    private static IEnumerable<Type> Operations => OperationCase.Operations(typeof(Tensor).Assembly);

    [TestCaseSource(nameof(Operations))]
    public void DeclaresGradientTestsUnlessItHasNoGradient(Type operation)
        => Assert.That(OperationDeclarations.IsDeclared(operation), $"{operation.Name} declares no [GradientTest] and is not among the operations without a gradient.");

    [TestCaseSource(nameof(Cases))]
    public void GradientIsRightToSecondOrder(object operationCase)
    {
        var test = (OperationCase)operationCase;
        OperationCheck.Verify(test, test.Inputs(new Generator(1)));
    }

    [TestCaseSource(nameof(Cases))]
    public void GradientIsRightForStridedInputs(object operationCase)
    {
        var test = (OperationCase)operationCase;
        OperationCheck.VerifyViews(test, test.Inputs(new Generator(2)), (_, input) => Views.Unscramble(input), (_, arranged) => Views.Scramble(arranged));
    }
}
