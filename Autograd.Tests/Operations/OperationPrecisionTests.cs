namespace Autograd.Tests.Operations;

/// <summary>Every operation in single precision: value and gradient are those of double precision to 1e-5, in units of the greatest element and of what a relative change of the input does to the result.</summary>
internal sealed class OperationPrecisionTests
{
    private const double Tolerance = 1e-5;
    private const double Change = 1e-6;

    private static IEnumerable<OperationSample> Samples => OperationSamples.All;

    [TestCaseSource(nameof(Samples))]
    public void Values_in_single_precision(object operation) => Check((OperationSample)operation, x => ((OperationSample)operation).Call(x));

    [TestCaseSource(nameof(Samples))]
    public void Gradients_in_single_precision(object operation) => Check((OperationSample)operation, x => ((OperationSample)operation).Gradient(x) ?? Tensor.Zeros([], x.DType));

    private static void Check(OperationSample sample, Func<Tensor, Tensor> function)
    {
        // The same numbers in both types.
        var single = sample.Point().To(DType.Float32);
        var x = single.To(DType.Float64);
        var (exact, got) = (function(x).To(DType.Float64), function(single).To(DType.Float64));
        var allowed = Tolerance * (Greatest(exact) + Condition(function, x, exact));
        Assert.That(got.AllClose(exact, 0, allowed), $"{allowed} allowed\n{exact}\n{got}");
    }

    /// <summary>The greatest change of the result, divided by the relative change of the input's elements.</summary>
    private static double Condition(Func<Tensor, Tensor> function, Tensor x, Tensor y)
    {
        var generator = new Generator(44);
        return Enumerable.Range(0, 4).Max(_ => Greatest(function(x + (x * Tensor.RandInt(0, 2, x.Shape, generator) * Change)).To(DType.Float64) - y)) / Change;
    }

    private static double Greatest(Tensor x) => x.ElementCount == 0 ? 0 : x.Abs().Amax().Item();
}
