namespace Autograd.NN;

public static partial class Initialize
{
    private const double GainOfRelu = 1.4142135623730951;   // √2

    /// <summary>Values evenly distributed in ±gain·√(3/n): of standard deviation gain/√n, which keeps the variance from layer to layer behind rectifiers.
    /// (He et al., "Delving deep into rectifiers", 2015.)</summary>
    /// <param name="weight">The weights, of shape [out, in, …].</param>
    /// <param name="gain">√2 for ReLU; <see cref="Gain"/> gives others.</param>
    /// <param name="fan">Whether n counts the inputs of a unit (keeps activations) or its outputs (keeps gradients).</param>
    /// <param name="generator">Where the values come from; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ShapeException">The parameter has less than two dimensions.</exception>
    public static Parameter HeUniform(Parameter weight, double gain = GainOfRelu, Fan fan = Fan.In, Generator? generator = null)
        => Even(weight, HeDeviation(weight, gain, fan, nameof(HeUniform)), generator);

    /// <summary>Values of the normal distribution of mean 0 and standard deviation gain/√n, which keeps the variance from layer to layer behind rectifiers: √(2/n).
    /// (He et al., "Delving deep into rectifiers", 2015.)</summary>
    /// <param name="weight">The weights, of shape [out, in, …].</param>
    /// <param name="gain">√2 for ReLU; <see cref="Gain"/> gives others.</param>
    /// <param name="fan">Whether n counts the inputs of a unit (keeps activations) or its outputs (keeps gradients).</param>
    /// <param name="generator">Where the values come from; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ShapeException">The parameter has less than two dimensions.</exception>
    public static Parameter HeNormal(Parameter weight, double gain = GainOfRelu, Fan fan = Fan.In, Generator? generator = null)
        => Normal(weight, 0, HeDeviation(weight, gain, fan, nameof(HeNormal)), generator);

    /// <summary>Values evenly distributed in ±gain·√(6/(n_in + n_out)): a compromise between keeping activations and keeping gradients.
    /// (Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.)</summary>
    /// <param name="weight">The weights, of shape [out, in, …].</param>
    /// <param name="gain">1 for linear units and sigmoids; <see cref="Gain"/> gives others.</param>
    /// <param name="generator">Where the values come from; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ShapeException">The parameter has less than two dimensions.</exception>
    public static Parameter XavierUniform(Parameter weight, double gain = 1, Generator? generator = null)
        => Even(weight, XavierDeviation(weight, gain, nameof(XavierUniform)), generator);

    /// <summary>Values of the normal distribution of mean 0 and standard deviation gain·√(2/(n_in + n_out)): a compromise between keeping activations and keeping gradients.
    /// (Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.)</summary>
    /// <param name="weight">The weights, of shape [out, in, …].</param>
    /// <param name="gain">1 for linear units and sigmoids; <see cref="Gain"/> gives others.</param>
    /// <param name="generator">Where the values come from; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ShapeException">The parameter has less than two dimensions.</exception>
    public static Parameter XavierNormal(Parameter weight, double gain = 1, Generator? generator = null)
        => Normal(weight, 0, XavierDeviation(weight, gain, nameof(XavierNormal)), generator);

    /// <summary>The factor by which weights grow to make up for what an activation takes from the variance.</summary>
    /// <param name="nonlinearity">The activation behind the weights.</param>
    /// <param name="slope">The slope below 0 of the leaky ReLU.</param>
    /// <returns>1 for linear units and sigmoids, 5/3 for tanh, √2 for ReLU, √(2/(1 + slope²)) for leaky ReLU, 3/4 for SELU: PyTorch's table.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such activation.</exception>
    public static double Gain(Nonlinearity nonlinearity, double slope = 0.01) => nonlinearity switch
    {
        Nonlinearity.Linear or Nonlinearity.Sigmoid => 1,
        Nonlinearity.Tanh => 5.0 / 3,
        Nonlinearity.Relu => GainOfRelu,
        Nonlinearity.LeakyRelu => Math.Sqrt(2 / (1 + (slope * slope))),
        Nonlinearity.Selu => 0.75,
        _ => throw new ArgumentOutOfRangeException(nameof(nonlinearity), nonlinearity, "Initialize.Gain: there is no such activation."),
    };

    /// <summary>Even values of a given standard deviation σ: those of ±σ√3.</summary>
    private static Parameter Even(Parameter weight, double deviation, Generator? generator)
        => Uniform(weight, -deviation * Math.Sqrt(3), deviation * Math.Sqrt(3), generator);

    private static double HeDeviation(Parameter weight, double gain, Fan fan, string method)
    {
        var (inputs, outputs) = Fans(weight, method);
        return gain / Math.Sqrt(fan == Fan.In ? inputs : outputs);
    }

    private static double XavierDeviation(Parameter weight, double gain, string method)
    {
        var (inputs, outputs) = Fans(weight, method);
        return gain * Math.Sqrt(2 / (inputs + outputs));
    }

    /// <summary>n_in and n_out of weights [out, in, …]; the further dimensions are a kernel, through which each is connected that many times.</summary>
    private static (double Inputs, double Outputs) Fans(Parameter weight, string method)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Rank < 2)
        {
            throw new ShapeException(
                $"Initialize.{method}: a parameter of shape {weight.Shape} has no numbers of inputs and outputs to scale by; weights have shape [out, in, …]. For a bias use Initialize.Zeros or Initialize.Uniform.");
        }

        var kernel = 1.0;
        foreach (var size in weight.Shape.AsSpan()[2..])
        {
            kernel *= size;
        }

        return (weight.Shape[1] * kernel, weight.Shape[0] * kernel);
    }
}
