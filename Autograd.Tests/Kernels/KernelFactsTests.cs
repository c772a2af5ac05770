using Autograd.Kernels;

namespace Autograd.Tests.Kernels;

/// <summary>Single values that users notice, written out.</summary>
internal sealed class KernelFactsTests
{
    [Test]
    public void Sigmoid_does_not_flush_to_zero_early() =>
        Assert.That(Of(VectorMath.Sigmoid, -88.7f), Is.EqualTo(3.0e-39f).Within(0.05e-39f));

    [TestCase(0.0)]
    [TestCase(-0.0)]
    public void Odd_functions_keep_zero_and_its_sign(double zero)
    {
        foreach (var kernel in (UnaryKernel<double>[])[VectorMath.Tanh, VectorMath.Sinh, VectorMath.Sin, VectorMath.Tan, VectorMath.Erf, VectorMath.ExpM1, VectorMath.LogP1])
        {
            var value = Of(kernel, zero);
            Assert.That(value, Is.Zero);
            Assert.That(double.IsNegative(value), Is.EqualTo(double.IsNegative(zero)), kernel.Method.Name);
        }
    }

    [Test]
    public void Log2_is_exact_for_powers_of_two()
    {
        for (var n = -1074; n <= 1023; n++) Assert.That(Of(VectorMath.Log2, Math.ScaleB(1, n)), Is.EqualTo((double)n));
    }

    [Test]
    public void Exp2_is_exact_for_integers()
    {
        for (var n = -1080; n <= 1024; n++) Assert.That(Of(VectorMath.Exp2, (double)n), Is.EqualTo(Math.ScaleB(1, n)));
    }

    // Evaluated in arbitrary precision.
    [TestCase(0.5, 0.47950012218695346)]
    [TestCase(-1.0, 1.8427007929497149)]
    [TestCase(5.0, 1.5374597944280349e-12)]
    public void Erfc_has_its_tabulated_values(double x, double expected) =>
        Assert.That(Of(VectorMath.Erfc, x), Is.EqualTo(expected).Within(4).Ulps);

    [Test]
    public void Erfc_has_relative_accuracy_to_the_smallest_number()
    {
        Assert.That(Of(VectorMath.Erfc, 27.2), Is.GreaterThan(0));
        Assert.That(Of(VectorMath.Erfc, 27.3), Is.Zero);
    }

    [Test]
    public void Empty_spans_are_fine() => Assert.DoesNotThrow(() => VectorMath.Exp<float>([], []));

    private static T Of<T>(UnaryKernel<T> kernel, T x)
    {
        var y = new T[1];
        kernel([x], y);
        return y[0];
    }
}
