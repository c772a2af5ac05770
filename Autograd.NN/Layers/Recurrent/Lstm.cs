namespace Autograd.NN;

/// <summary>Long short-term memory: i, f, g, o = σ, σ, tanh, σ of the parts of Wx + b + Uh + c; c′ = fc + ig; h′ = o tanh c′. (Hochreiter, Schmidhuber, "Long short-term memory", 1997; forget gate: Gers et al. 2000.)</summary>
/// <remarks>Shapes and the names of the parameters: see <see cref="Recurrent{TInput, TOutput}"/>. The state has two parts, h and c. The weights hold the gates i, f, g, o one under the other.</remarks>
/// <param name="inputSize">The size of the input's last dimension; above 0.</param>
/// <param name="hiddenSize">The size of the hidden state; above 0.</param>
/// <param name="numLayers">The number of layers; above 0.</param>
/// <param name="bias">Whether there are biases.</param>
/// <param name="batchFirst">Whether the examples of a batch come in the first dimension of input and output, and not in the second.</param>
/// <param name="dropout">The probability of dropout on the outputs of every layer but the last, in training.</param>
/// <param name="bidirectional">Whether there is a backward direction besides.</param>
/// <param name="projSize">The size to which h is projected, 1 to hiddenSize − 1; 0 for no projection. (Sak et al. 2014.)</param>
/// <param name="generator">Where the weights, and what is dropped, come from; left out, <see cref="Generator.Default"/>.</param>
/// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
/// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
public sealed class Lstm(
    int inputSize, int hiddenSize, int numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0, bool bidirectional = false, int projSize = 0, Generator? generator = null, DType? dtype = null)
    : Recurrent<(Tensor Input, (Tensor Hidden, Tensor Cell)? State, Tensor? Lengths), (Tensor Output, (Tensor Hidden, Tensor Cell) State)>(
        4, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, projSize, generator, dtype)
{
    private readonly int[] stateSizes = [projSize > 0 ? projSize : hiddenSize, hiddenSize];

    /// <summary>The outputs of all steps, and the last state.</summary>
    /// <param name="input">[L, N, inputSize], with <c>batchFirst</c> [N, L, inputSize], or without N.</param>
    /// <param name="state">The first state: h, [layers·directions, N, hiddenSize or projSize], and c, [layers·directions, N, hiddenSize]; zeros if left out.</param>
    /// <param name="lengths">The lengths of padded sequences, Int64, [N].</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public (Tensor Output, (Tensor Hidden, Tensor Cell) State) Forward(Tensor input, (Tensor Hidden, Tensor Cell)? state = null, Tensor? lengths = null) => Forward((input, state, lengths));

    /// <inheritdoc/>
    protected override (Tensor Output, (Tensor Hidden, Tensor Cell) State) Compute((Tensor Input, (Tensor Hidden, Tensor Cell)? State, Tensor? Lengths) input)
    {
        var (output, state) = Run(input.Input, input.State is { } first ? [first.Hidden, first.Cell] : null, stateSizes, input.Lengths);
        return (output, (state[0], state[1]));
    }

    private protected override (Tensor Output, Tensor[] State) Pass(Tensor sequence, Tensor[] state, CellWeights w, bool isReversed, int[]? lengths)
    {
        if (w.Projection is not null)
        {
            return StepByStep.Go(sequence, state, isReversed, lengths, (x, before) => Cells.Lstm(x, before[0], before[1], w) is var (hidden, cell) ? [hidden, cell] : []);
        }

        var bias = w.InputBias is null ? Tensor.Zeros([4 * HiddenSize], sequence.DType) : w.InputBias + w.HiddenBias!;
        var y = new LstmOp(sequence, w.Input, w.Hidden, bias, Tensor.Stack(state), isReversed, lengths).Apply();
        var output = y.Narrow(0, 0, sequence.Shape[0]);
        return (output, [output.Select(0, isReversed ? 0 : -1), y.Select(0, -1)]);
    }
}
