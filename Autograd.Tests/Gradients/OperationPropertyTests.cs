using Autograd.Tests.Generators;

namespace Autograd.Tests.Gradients;

/// <summary>Every operation of the library with random shapes, arguments, values and forms of its inputs: right to second order.</summary>
internal sealed class OperationPropertyTests
{
    private static IEnumerable<Type> Differentiable
        => OperationCase.Operations(typeof(Tensor).Assembly).Where(operation => OperationCase.Declared(operation).Any());

    [TestCaseSource(nameof(Differentiable))]
    public void Gradient_is_right_for_any_shapes(Type operation)
        => Law.Holds(RandomCases.Of(operation), sample => OperationCheck.Verify(sample.Case, sample.Case.Inputs(new Generator(sample.Seed))), count: 25);

    [TestCaseSource(nameof(Differentiable))]
    public void Gradient_and_values_are_right_for_inputs_of_any_form(Type operation)
        => Law.Holds(
            RandomCases.Of(operation),
            sample => OperationCheck.VerifyViews(
                sample.Case,
                sample.Case.Inputs(new Generator(sample.Seed)),
                (i, input) => sample.Forms[i].Arrange(input),
                (i, arranged) => sample.Forms[i].View(arranged)),
            count: 25);
}
