namespace Autograd.NN;

/// <summary>Batch normalization of [N, C] or [N, C, L]: see <see cref="BatchNorm"/>.</summary>
/// <param name="numFeatures">C: the number of channels; above 0.</param>
/// <param name="eps">ε.</param>
/// <param name="momentum">How much of a running statistic each batch replaces; null for the mean over all batches.</param>
/// <param name="affine">Whether there are weight and bias.</param>
/// <param name="trackRunningStats">Whether there are running statistics; without, the batch's own count in evaluation, too.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no channels.</exception>
public sealed class BatchNorm1d(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true, DType? dtype = null)
    : BatchNorm(2, 3, numFeatures, eps, momentum, affine, trackRunningStats, dtype);

/// <summary>Batch normalization of [N, C, H, W]: see <see cref="BatchNorm"/>.</summary>
/// <param name="numFeatures">C: the number of channels; above 0.</param>
/// <param name="eps">ε.</param>
/// <param name="momentum">How much of a running statistic each batch replaces; null for the mean over all batches.</param>
/// <param name="affine">Whether there are weight and bias.</param>
/// <param name="trackRunningStats">Whether there are running statistics; without, the batch's own count in evaluation, too.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no channels.</exception>
public sealed class BatchNorm2d(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true, DType? dtype = null)
    : BatchNorm(4, 4, numFeatures, eps, momentum, affine, trackRunningStats, dtype);

/// <summary>Batch normalization of [N, C, D, H, W]: see <see cref="BatchNorm"/>.</summary>
/// <param name="numFeatures">C: the number of channels; above 0.</param>
/// <param name="eps">ε.</param>
/// <param name="momentum">How much of a running statistic each batch replaces; null for the mean over all batches.</param>
/// <param name="affine">Whether there are weight and bias.</param>
/// <param name="trackRunningStats">Whether there are running statistics; without, the batch's own count in evaluation, too.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no channels.</exception>
public sealed class BatchNorm3d(int numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true, DType? dtype = null)
    : BatchNorm(5, 5, numFeatures, eps, momentum, affine, trackRunningStats, dtype);
