namespace Autograd.NN;

/// <summary>The simple recurrent layer: h′ = tanh(Wx + b + Uh + c). (Elman, "Finding structure in time", 1990.)</summary>
/// <remarks>Shapes and the names of the parameters: see <see cref="Recurrent{TInput, TOutput}"/>. The last state is h of the last step, the first one zeros if left out.</remarks>
/// <param name="inputSize">The size of the input's last dimension; above 0.</param>
/// <param name="hiddenSize">The size of the hidden state; above 0.</param>
/// <param name="numLayers">The number of layers; above 0.</param>
/// <param name="nonlinearity">Tanh or Relu.</param>
/// <param name="bias">Whether there are biases.</param>
/// <param name="batchFirst">Whether the examples of a batch come in the first dimension of input and output, and not in the second.</param>
/// <param name="dropout">The probability of dropout on the outputs of every layer but the last, in training.</param>
/// <param name="bidirectional">Whether there is a backward direction besides.</param>
/// <param name="generator">Where the weights, and what is dropped, come from; left out, <see cref="Generator.Default"/>.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
public sealed class Rnn(
    int inputSize, int hiddenSize, int numLayers = 1, Nonlinearity nonlinearity = Nonlinearity.Tanh, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false,
    Generator? generator = null, DType? dtype = null)
    : Recurrent<(Tensor Input, Tensor? State, Tensor? Lengths), (Tensor Output, Tensor State)>(1, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, 0, generator, dtype)
{
    private readonly bool relu = RnnCell.IsRelu(nonlinearity, nameof(Rnn));

    /// <inheritdoc/>
    protected override string HyperParameters => base.HyperParameters + (relu ? ", nonlinearity: Relu" : "");

    /// <summary>The outputs of all steps, and the last state.</summary>
    /// <param name="input">[L, N, inputSize], with <c>batchFirst</c> [N, L, inputSize], or without N.</param>
    /// <param name="state">The first state, [layers·directions, N, hiddenSize]; zeros if left out.</param>
    /// <param name="lengths">The lengths of padded sequences, Int64, [N].</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public (Tensor Output, Tensor State) Forward(Tensor input, Tensor? state = null, Tensor? lengths = null) => Forward((input, state, lengths));

    /// <inheritdoc/>
    protected override (Tensor Output, Tensor State) Compute((Tensor Input, Tensor? State, Tensor? Lengths) input)
    {
        var (output, state) = Run(input.Input, input.State is null ? null : [input.State], [HiddenSize], input.Lengths);
        return (output, state[0]);
    }

    private protected override (Tensor Output, Tensor[] State) Pass(Tensor sequence, Tensor[] state, CellWeights w, bool isReversed, int[]? lengths)
        => StepByStep.Go(sequence, state, isReversed, lengths, (x, before) => [Cells.Rnn(x, before[0], w, relu)]);
}
