namespace Autograd.NN;

/// <summary>One step of <see cref="Rnn"/>: h′ = tanh(Wx + b + Uh + c).</summary>
/// <param name="inputSize">The size of the input's last dimension; above 0.</param>
/// <param name="hiddenSize">The size of the hidden state; above 0.</param>
/// <param name="bias">Whether there are biases.</param>
/// <param name="nonlinearity">Tanh or Relu.</param>
/// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">A size is not above 0, or another nonlinearity.</exception>
public sealed class RnnCell(int inputSize, int hiddenSize, bool bias = true, Nonlinearity nonlinearity = Nonlinearity.Tanh, Generator? generator = null, DType? dtype = null)
    : RecurrentCell<(Tensor Input, Tensor? State), Tensor>(1, inputSize, hiddenSize, bias, generator, dtype)
{
    private readonly bool relu = IsRelu(nonlinearity, nameof(RnnCell));

    /// <summary>The next state.</summary>
    /// <param name="input">[N, inputSize] or [inputSize].</param>
    /// <param name="state">[N, hiddenSize] or [hiddenSize]; zeros if left out.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor input, Tensor? state = null) => Forward((input, state));

    internal static bool IsRelu(Nonlinearity nonlinearity, string layer) => nonlinearity switch
    {
        Nonlinearity.Tanh => false,
        Nonlinearity.Relu => true,
        _ => throw new ArgumentOutOfRangeException(nameof(nonlinearity), nonlinearity, $"{layer}: the nonlinearity is Tanh or Relu."),
    };

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Input, Tensor? State) input) => Cells.Rnn(input.Input, StateOrZeros(input.Input, input.State), Weights, relu);
}

/// <summary>One step of <see cref="Gru"/>.</summary>
/// <param name="inputSize">The size of the input's last dimension; above 0.</param>
/// <param name="hiddenSize">The size of the hidden state; above 0.</param>
/// <param name="bias">Whether there are biases.</param>
/// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
public sealed class GruCell(int inputSize, int hiddenSize, bool bias = true, Generator? generator = null, DType? dtype = null)
    : RecurrentCell<(Tensor Input, Tensor? State), Tensor>(3, inputSize, hiddenSize, bias, generator, dtype)
{
    /// <summary>The next state.</summary>
    /// <param name="input">[N, inputSize] or [inputSize].</param>
    /// <param name="state">[N, hiddenSize] or [hiddenSize]; zeros if left out.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Forward(Tensor input, Tensor? state = null) => Forward((input, state));

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Input, Tensor? State) input) => Cells.Gru(input.Input, StateOrZeros(input.Input, input.State), Weights);
}

/// <summary>One step of <see cref="Lstm"/>.</summary>
/// <param name="inputSize">The size of the input's last dimension; above 0.</param>
/// <param name="hiddenSize">The size of the hidden state; above 0.</param>
/// <param name="bias">Whether there are biases.</param>
/// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
public sealed class LstmCell(int inputSize, int hiddenSize, bool bias = true, Generator? generator = null, DType? dtype = null)
    : RecurrentCell<(Tensor Input, (Tensor Hidden, Tensor Cell)? State), (Tensor Hidden, Tensor Cell)>(4, inputSize, hiddenSize, bias, generator, dtype)
{
    /// <summary>The next state.</summary>
    /// <param name="input">[N, inputSize] or [inputSize].</param>
    /// <param name="state">h and c, each [N, hiddenSize] or [hiddenSize]; zeros if left out.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public (Tensor Hidden, Tensor Cell) Forward(Tensor input, (Tensor Hidden, Tensor Cell)? state = null) => Forward((input, state));

    /// <inheritdoc/>
    protected override (Tensor Hidden, Tensor Cell) Compute((Tensor Input, (Tensor Hidden, Tensor Cell)? State) input)
        => Cells.Lstm(input.Input, StateOrZeros(input.Input, input.State?.Hidden), StateOrZeros(input.Input, input.State?.Cell), Weights);
}
