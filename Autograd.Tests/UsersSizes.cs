using Autograd.Evaluation;

namespace Autograd.Tests;

/// <summary>Until it is disposed, tensors are pending and pooled from the sizes on that users have, also when the suite runs the hard way (<see cref="HardMode"/>): for what is said about bytes.</summary>
internal sealed class UsersSizes : IDisposable
{
    private readonly (int Fusion, int Pool) before = (Fusion.Threshold, Pool.Threshold);

    public UsersSizes() => (Fusion.Threshold, Pool.Threshold) = (Fusion.StandardThreshold, Math.Max(Pool.Threshold, 4096));

    public void Dispose() => (Fusion.Threshold, Pool.Threshold) = before;
}
