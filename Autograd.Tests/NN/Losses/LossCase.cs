using Autograd.NN;

namespace Autograd.Tests.NN.Losses;

/// <summary>What the tests of losses share.</summary>
internal static class LossCase
{
    public static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    public static Tensor Randn(ulong seed, params int[] shape) => Tensor.Randn(shape, DType.Float64, generator: new Generator(seed));

    public static Tensor Rand(ulong seed, params int[] shape) => Tensor.Rand(shape, DType.Float64, generator: new Generator(seed));

    /// <summary>Σ, Σ/n or the terms themselves, as a loss must give them.</summary>
    public static double[] Reduce(double[] terms, Reduction reduction, int examples, double? divisor = null) => reduction switch
    {
        Reduction.None => terms,
        Reduction.Sum => [terms.Sum()],
        Reduction.BatchMean => [terms.Sum() / examples],
        _ => [terms.Sum() / (divisor ?? terms.Length)],
    };

    public static double[] Map(Tensor prediction, Tensor target, Func<double, double, double> term)
        => [.. prediction.ToArray<double>().Zip(target.To(DType.Float64).ToArray<double>(), term)];
}
