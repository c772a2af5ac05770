namespace Autograd.Tests.Core;

/// <summary>The slope counts below 0 only, also where it is not a number.</summary>
internal sealed class PreluTests
{
    [Test]
    public void ASlopeThatIsNotANumberDoesNotReachPositiveElements()
    {
        var x = Tensor.From([0.5, 2.0], requiresGrad: true);
        var y = x.Prelu(Tensor.From([double.NaN]));
        y.Sum().Backward();
        Assert.That(y.ToArray<double>(), Is.EqualTo((double[])[0.5, 2]));
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo((double[])[1, 1]));
    }

    [Test]
    public void NotANumberStaysSo()
        => Assert.That(Tensor.From([double.NaN, -2, 0]).Prelu(Tensor.From([0.25])).ToArray<double>(), Is.EqualTo((double[])[double.NaN, -0.5, 0]));
}
