namespace Autograd.Tests.Operations;

/// <summary>Derivatives of every public operation up to the third: those of its gradient, to second order, against central differences.</summary>
internal sealed class OperationOrderTests
{
    private static readonly GradCheckOptions Options = new() { Order = 2, RelativeTolerance = 1e-4, AbsoluteTolerance = 1e-6 };

    private static IEnumerable<OperationSample> Differentiable => OperationSamples.All.Where(sample => sample.Gradient(sample.Point()) is not null);

    // Times x, so that a gradient that is constant depends on x, too.
    [TestCaseSource(nameof(Differentiable))]
    public void Derivatives_are_right_to_third_order(object operation)
        => GradCheck.Verify(x => ((OperationSample)operation).Gradient(x, createGraph: true)! * x, ((OperationSample)operation).Point(), Options);

    [Test]
    public void All_other_operations_give_integers_truth_values_or_constants()
        => Assert.That(
            OperationSamples.All.Except(Differentiable).Where(sample => sample.Call(sample.Point()).DType.IsFloatingPoint).Select(sample => sample.Name),
            Is.EqualTo(["Step"]));
}
