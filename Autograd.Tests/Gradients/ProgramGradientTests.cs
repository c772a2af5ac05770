using Autograd.Tests.Generators;

namespace Autograd.Tests.Gradients;

/// <summary>The gradient of a random program equals the numerical one.</summary>
internal sealed class ProgramGradientTests
{
    [Test]
    public void Gradient_of_a_random_program()
        => Law.Holds(Programs.Arbitrary(), program => Verify(program, order: 1), count: 400);

    [Test]
    public void Second_derivatives_of_a_small_random_program()
        => Law.Holds(Programs.Arbitrary(steps: 4, elements: 6), program => Verify(program, order: 2), count: 150);

    /// <summary>A wrong gradient disagrees whatever the step; a right one agrees for some step, however curved the function.</summary>
    private static void Verify(TestProgram program, int order)
    {
        var report = Compare(program, order, step: null);
        if (!report.IsCorrect && !Compare(program, order, 1e-4).IsCorrect && !Compare(program, order, 1e-7).IsCorrect)
        {
            throw new GradientMismatchException(report);
        }
    }

    private static GradCheckReport Compare(TestProgram program, int order, double? step)
        => GradCheck.Compare(program.Run, program.Inputs, new() { Order = order, Step = step, RelativeTolerance = 1e-4, AbsoluteTolerance = 1e-6 });
}
