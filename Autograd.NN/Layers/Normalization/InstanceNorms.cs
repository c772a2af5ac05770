namespace Autograd.NN;

/// <summary>Instance normalization of [N, C, L] or without N: see <see cref="InstanceNorm"/>.</summary>
/// <param name="numFeatures">C: the number of channels; above 0.</param>
/// <param name="eps">ε.</param>
/// <param name="momentum">How much of a running statistic each batch replaces.</param>
/// <param name="affine">Whether there are weight and bias.</param>
/// <param name="trackRunningStats">Whether there are running statistics, which count in evaluation.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no channels.</exception>
public sealed class InstanceNorm1d(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false, DType? dtype = null)
    : InstanceNorm(3, numFeatures, eps, momentum, affine, trackRunningStats, dtype);

/// <summary>Instance normalization of [N, C, H, W] or without N: see <see cref="InstanceNorm"/>.</summary>
/// <param name="numFeatures">C: the number of channels; above 0.</param>
/// <param name="eps">ε.</param>
/// <param name="momentum">How much of a running statistic each batch replaces.</param>
/// <param name="affine">Whether there are weight and bias.</param>
/// <param name="trackRunningStats">Whether there are running statistics, which count in evaluation.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no channels.</exception>
public sealed class InstanceNorm2d(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false, DType? dtype = null)
    : InstanceNorm(4, numFeatures, eps, momentum, affine, trackRunningStats, dtype);

/// <summary>Instance normalization of [N, C, D, H, W] or without N: see <see cref="InstanceNorm"/>.</summary>
/// <param name="numFeatures">C: the number of channels; above 0.</param>
/// <param name="eps">ε.</param>
/// <param name="momentum">How much of a running statistic each batch replaces.</param>
/// <param name="affine">Whether there are weight and bias.</param>
/// <param name="trackRunningStats">Whether there are running statistics, which count in evaluation.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no channels.</exception>
public sealed class InstanceNorm3d(int numFeatures, double eps = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false, DType? dtype = null)
    : InstanceNorm(5, numFeatures, eps, momentum, affine, trackRunningStats, dtype);
