namespace Autograd.Tests.Evaluation;

/// <summary>One operation between a tensor and a number, again and again, until its plan is renewed in the background.</summary>
internal sealed class CompiledRelationTests
{
    [Test]
    public void ARelationToANumberStaysRight()
    {
        var (x, half) = (Tensor.Ones([20000]), Tensor.Full([20000], 0.5));
        for (var i = 0; i < 3000; i++)
        {
            Assert.That((x < 2).AsSpan<bool>().Contains(false), Is.False, $"time {i}");
            Assert.That((half > 0).AsSpan<bool>().Contains(false), Is.False, $"time {i}");
        }
    }
}
