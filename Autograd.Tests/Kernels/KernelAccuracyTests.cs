using System.Numerics;

namespace Autograd.Tests.Kernels;

/// <summary>Our kernels: accuracy with special values, and bits that depend on nothing but the value.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class KernelAccuracyTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static IEnumerable<KernelCase<T>> Own => KernelCase<T>.All.Where(kernel => kernel.Own is not null);

    private static IEnumerable<BinaryKernelCase<T>> OwnBinary => BinaryKernelCase<T>.All.Where(kernel => kernel.Own is not null);

    [Test]
    public void Is_accurate([ValueSource(nameof(Own))] KernelCase<T> kernel)
    {
        var (ulp, where) = Measurement.Error(kernel.Own!, kernel.Exact);
        Assert.That(ulp, Is.LessThanOrEqualTo(kernel.Bound), where);
    }

    [Test]
    public void Is_accurate_in_two_arguments([ValueSource(nameof(OwnBinary))] BinaryKernelCase<T> kernel)
    {
        var (ulp, where) = Measurement.Error(kernel.Own!, kernel.Exact);
        Assert.That(ulp, Is.LessThanOrEqualTo(kernel.Bound), where);
    }

    [Test]
    public void Bits_depend_on_the_value_alone([ValueSource(nameof(Own))] KernelCase<T> kernel) =>
        Assert.That(Measurement.UnstableLengths(kernel.Own!), Is.Empty, "lengths of spans");

    [Test]
    public void Result_may_be_the_arguments_own_span([ValueSource(nameof(Own))] KernelCase<T> kernel)
    {
        var x = Samples.Of<T>(perRange: 100, seed: 9);
        var apart = new T[x.Length];
        kernel.Own!(x, apart);
        kernel.Own!(x, x);
        for (var i = 0; i < x.Length; i++) Assert.That(Measurement.SameBits(x[i], apart[i]), $"element {i}: {x[i]} for {apart[i]}");
    }

    [Test]
    public void Power_may_overwrite_either_operand([Values] bool overwriteExponent, [Values] bool withNaN)
    {
        var power = BinaryKernelCase<T>.All.Single(kernel => string.Equals(kernel.Name, "Pow", StringComparison.Ordinal)).Own!;
        var (a, b) = Measurement.Pairs<T>(perRange: 100);
        if (!withNaN) b = Array.ConvertAll(b, value => T.IsNaN(value) ? T.One : value);
        var apart = new T[a.Length];
        power(a, b, apart);
        var target = overwriteExponent ? b : a;
        power(a, b, target);
        for (var i = 0; i < a.Length; i++) Assert.That(Measurement.SameBits(target[i], apart[i]), $"element {i}: {target[i]} for {apart[i]}");
    }
}
