namespace Autograd.NN;

/// <summary>First values of parameters. Each method replaces the parameter's value and returns the parameter, so that a field can be written
/// <c>private readonly Parameter weight = Initialize.HeNormal(new(Tensor.Zeros([8, 2])));</c></summary>
/// <remarks>The same generator state gives the same values, bit for bit. Weights that start equal stay equal: random values break the symmetry.</remarks>
public static partial class Initialize
{
    /// <summary>Values evenly distributed from <paramref name="low"/> (included) to <paramref name="high"/>: low + (high − low)·u.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The bound.</param>
    /// <param name="generator">Where the values come from; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The parameter.</returns>
    public static Parameter Uniform(Parameter parameter, double low = 0, double high = 1, Generator? generator = null)
        => Set(parameter, p => (Tensor.Rand(p.Shape, p.DType, generator: generator) * (high - low)) + low);

    /// <summary>Values of the normal distribution.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation.</param>
    /// <param name="generator">Where the values come from; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The parameter.</returns>
    public static Parameter Normal(Parameter parameter, double mean = 0, double standardDeviation = 1, Generator? generator = null)
        => Set(parameter, p => (Tensor.Randn(p.Shape, p.DType, generator: generator) * standardDeviation) + mean);

    /// <summary>The same value everywhere.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value.</param>
    /// <returns>The parameter.</returns>
    public static Parameter Constant(Parameter parameter, double value) => Set(parameter, p => Tensor.Full(p.Shape, value, p.DType));

    /// <summary>0 everywhere: the usual start of biases.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The parameter.</returns>
    public static Parameter Zeros(Parameter parameter) => Constant(parameter, 0);

    /// <summary>1 everywhere: the usual start of scales.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The parameter.</returns>
    public static Parameter Ones(Parameter parameter) => Constant(parameter, 1);

    private static Parameter Set(Parameter parameter, Func<Parameter, Tensor> values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        using (Grad.Disabled())
        {
            parameter.Assign(values(parameter));
        }

        return parameter;
    }
}
