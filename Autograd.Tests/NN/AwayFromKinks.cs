namespace Autograd.Tests.NN;

/// <summary>Gradient checks of functions with kinks, at which there is no derivative to check: a random point may lie on one.</summary>
internal static class AwayFromKinks
{
    private const int Points = 3;

    /// <summary>Checks at a point, and where that fails at others nearby: a wrong rule is wrong at each of them, a kink is at one.</summary>
    public static void Verify(Func<Tensor[], Tensor> function, Tensor[] inputs, GradCheckOptions options)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                GradCheck.Verify(function, inputs, options);
                return;
            }
            catch (GradientMismatchException) when (i < Points)
            {
                var generator = new Generator((ulong)i);
                inputs = Array.ConvertAll(inputs, x => x.DType.IsFloatingPoint ? x + (Tensor.Randn(x.Shape, x.DType, generator: generator) * 0.01) : x);
            }
        }
    }
}
