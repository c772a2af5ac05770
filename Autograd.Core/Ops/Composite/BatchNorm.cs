namespace Autograd;

public partial class Tensor
{
    /// <summary>Batch normalization: each channel's (x − mean)/√(variance + ε)·weight + bias, with the batch's own mean and variance in training and with running ones else. (Ioffe, Szegedy, "Batch normalization", 2015.)</summary>
    /// <param name="runningMean">[C]; needed unless in training.</param>
    /// <param name="runningVar">[C]; needed unless in training.</param>
    /// <param name="weight">[C]; ones if left out.</param>
    /// <param name="bias">[C]; zeros if left out.</param>
    /// <param name="training">Whether the batch's own statistics count, and are mixed into the running ones.</param>
    /// <param name="momentum">m: running statistics become (1 − m)·old + m·batch's (whose variance is the unbiased one).</param>
    /// <param name="eps">ε.</param>
    /// <returns>The result, of shape [N, C, …] as this tensor, and the running statistics as they are now: nothing is changed in place. They carry no gradient.</returns>
    /// <exception cref="ShapeException">The rank is below 2, parameters are not of shape [C], or there is only one element a channel to train with.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    /// <exception cref="ArgumentNullException">Not in training, and there are no running statistics.</exception>
    public (Tensor Output, Tensor? RunningMean, Tensor? RunningVar) BatchNorm(
        Tensor? runningMean, Tensor? runningVar, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-5)
    {
        CheckChannels([runningMean, runningVar, weight, bias], nameof(BatchNorm));
        if (!training)
        {
            if (runningMean is null || runningVar is null)
            {
                throw new ArgumentNullException(nameof(runningMean), "BatchNorm: out of training, running statistics take the place of the batch's: give runningMean and runningVar, or training: true.");
            }

            var standard = (this - PerChannel(runningMean)!) * (PerChannel(runningVar)! + eps).Rsqrt();
            return (Affine(standard, PerChannel(weight), PerChannel(bias)), runningMean, runningVar);
        }

        int[] dims = [0, .. Enumerable.Range(2, Rank - 2)];
        var (mean, variance) = Statistics(dims, nameof(BatchNorm));
        return (Affine(Standardized(dims, eps), PerChannel(weight), PerChannel(bias)), Mixed(runningMean, mean, momentum), Mixed(runningVar, variance, momentum));
    }

    /// <summary>Instance normalization: (x − mean)/√(variance + ε)·weight + bias, with mean and variance over each channel of each example. (Ulyanov et al., "Instance normalization", 2016.)</summary>
    /// <param name="runningMean">[C]; needed if <paramref name="useInputStats"/> is false, else updated if given.</param>
    /// <param name="runningVar">[C]; likewise.</param>
    /// <param name="weight">[C]; ones if left out.</param>
    /// <param name="bias">[C]; zeros if left out.</param>
    /// <param name="useInputStats">Whether the examples' own statistics count; else the running ones.</param>
    /// <param name="momentum">m: running statistics become (1 − m)·old + m·mean of the examples'.</param>
    /// <param name="eps">ε.</param>
    /// <returns>The result, of shape [N, C, …] as this tensor, and the running statistics as they are now: nothing is changed in place. They carry no gradient.</returns>
    /// <exception cref="ShapeException">The rank is below 3, parameters are not of shape [C], or there is only one element a channel.</exception>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    /// <exception cref="ArgumentNullException">There are no statistics to use.</exception>
    public (Tensor Output, Tensor? RunningMean, Tensor? RunningVar) InstanceNorm(
        Tensor? runningMean = null, Tensor? runningVar = null, Tensor? weight = null, Tensor? bias = null, bool useInputStats = true, double momentum = 0.1, double eps = 1e-5)
    {
        if (!useInputStats)
        {
            return BatchNorm(runningMean, runningVar, weight, bias, training: false, momentum, eps);
        }

        CheckChannels([runningMean, runningVar, weight, bias], nameof(InstanceNorm));
        int[] dims = [.. Enumerable.Range(2, Rank - 2)];
        var (mean, variance) = Statistics(dims, nameof(InstanceNorm));
        return (Affine(Standardized(dims, eps), PerChannel(weight), PerChannel(bias)), Mixed(runningMean, mean.Mean(0), momentum), Mixed(runningVar, variance.Mean(0), momentum));
    }

    private (Tensor Mean, Tensor Variance) Statistics(int[] dims, string operation)
    {
        var x = Detach();
        return dims.Length > 0 && CountReduced(dims, operation) != 1
            ? (x.Mean(dims), x.Var(dims))
            : throw new ShapeException($"{operation}: shape {Shape} has only one element to take a mean and a variance of; nothing would be left of it. Use running statistics.");
    }

    private static Tensor? Mixed(Tensor? running, Tensor now, double momentum) => running is null ? null : (running.Detach() * (1 - momentum)) + (now * momentum);

    /// <summary>A vector [C] in a shape that broadcasts along dimension 1.</summary>
    private Tensor? PerChannel(Tensor? parameter) => parameter?.Reshape([parameter.ElementCount, .. Enumerable.Repeat(1, Rank - 2)]);

    private void CheckChannels(ReadOnlySpan<Tensor?> parameters, string operation)
    {
        RequireFloatingPoint(operation);
        if (Rank < 2)
        {
            throw new ShapeException($"{operation}: shape {Shape} has no channels; it must be [N, C] or [N, C, …].");
        }

        foreach (var parameter in parameters)
        {
            RequireParameterShape(parameter, [Shape[1]], "weight, bias or running statistic", operation);
        }
    }
}
