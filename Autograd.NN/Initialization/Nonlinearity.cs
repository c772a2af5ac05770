namespace Autograd.NN;

/// <summary>The activation behind a layer's weights, for <see cref="Initialize.Gain"/>.</summary>
public enum Nonlinearity
{
    /// <summary>None.</summary>
    Linear,

    /// <summary><see cref="NN.Sigmoid"/>.</summary>
    Sigmoid,

    /// <summary><see cref="NN.Tanh"/>.</summary>
    Tanh,

    /// <summary><see cref="NN.Relu"/>.</summary>
    Relu,

    /// <summary><see cref="NN.LeakyRelu"/>.</summary>
    LeakyRelu,

    /// <summary><see cref="NN.Selu"/>.</summary>
    Selu,
}
