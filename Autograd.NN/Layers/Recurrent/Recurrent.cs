namespace Autograd.NN;

/// <summary>What recurrent layers share: cells that go over a sequence, forward and perhaps backward, in layers of which each reads the outputs of the one before.</summary>
/// <remarks>
/// <para>The input is [L, N, inputSize], with <c>batchFirst</c> [N, L, inputSize], or without N; the output has the size of the hidden state, of both directions if there are two, in place of the input's.
/// States are [layers·directions, N, hiddenSize], layer by layer, the forward direction first.</para>
/// <para>Sequences of different lengths come padded, with their lengths: behind its end a sequence's outputs are 0 and its state stays as it was there; the backward direction begins at the end.</para>
/// <para>Parameters are named and laid out as PyTorch's: <c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, with <c>_reverse</c> for the backward direction. They start evenly distributed in ±1/√hiddenSize.</para>
/// </remarks>
/// <typeparam name="TInput">Input, first state and lengths.</typeparam>
/// <typeparam name="TOutput">Output and last state.</typeparam>
public abstract class Recurrent<TInput, TOutput> : Module<TInput, TOutput>
{
    private readonly bool batchFirst;
    private readonly int directions;
    private readonly Dropout between;
    private readonly int outputSize;
    [ParameterName("")]
    private readonly OrderedDictionary<string, Parameter> weights = new(StringComparer.Ordinal);

    private protected Recurrent(
        int gates, int inputSize, int hiddenSize, int numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, int projSize, Generator? generator, DType? dtype)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numLayers);
        if (projSize < 0 || projSize >= hiddenSize)
        {
            throw new ArgumentOutOfRangeException(nameof(projSize), projSize, $"{TypeName}: projections are smaller than the hidden state, 1 to {hiddenSize - 1}; 0 for none.");
        }

        (InputSize, HiddenSize, NumLayers, this.batchFirst, directions) = (inputSize, hiddenSize, numLayers, batchFirst, bidirectional ? 2 : 1);
        outputSize = projSize > 0 ? projSize : hiddenSize;
        between = new Dropout(dropout, generator);
        var bound = 1 / Math.Sqrt(hiddenSize);
        for (var layer = 0; layer < numLayers; layer++)
        {
            for (var direction = 0; direction < directions; direction++)
            {
                Add("weight_ih", gates * hiddenSize, layer == 0 ? inputSize : outputSize * directions);
                Add("weight_hh", gates * hiddenSize, outputSize);
                if (bias)
                {
                    Add("bias_ih", gates * hiddenSize);
                    Add("bias_hh", gates * hiddenSize);
                }

                if (projSize > 0)
                {
                    Add("weight_hr", projSize, hiddenSize);
                }

                void Add(string name, params int[] sizes)
                    => weights.Add(NameOf(name, layer, direction), Initialize.Uniform(new Parameter(Tensor.Zeros(sizes, dtype)), -bound, bound, generator));
            }
        }
    }

    /// <summary>The size of the input's last dimension.</summary>
    public int InputSize { get; }

    /// <summary>The size of a hidden state.</summary>
    public int HiddenSize { get; }

    /// <summary>The number of layers.</summary>
    public int NumLayers { get; }

    /// <inheritdoc/>
    protected override string HyperParameters
        => $"inputSize: {InputSize}, hiddenSize: {HiddenSize}, numLayers: {NumLayers}" + (batchFirst ? ", batchFirst: true" : "") + (directions == 2 ? ", bidirectional: true" : "")
            + (outputSize == HiddenSize ? "" : $", projSize: {outputSize}");

    /// <inheritdoc/>
    protected override long MultiplyAdds(Shape input, Shape output) => input.ElementCount / InputSize * weights.Values.Sum(parameter => parameter.Rank == 2 ? (long)parameter.ElementCount : 0);

    /// <summary>A parameter by PyTorch's name, such as <c>weight_ih_l0_reverse</c>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public Parameter Weight(string name)
        => weights.TryGetValue(name, out var parameter) ? parameter : throw new KeyNotFoundException($"{TypeName}: there is no parameter '{name}'; there are {string.Join(", ", weights.Keys)}.");

    /// <summary>Goes over a sequence with one cell.</summary>
    /// <param name="sequence">[L, N, input].</param>
    /// <param name="state">The parts of the first state: [N, hidden] each, the first of which is what comes out.</param>
    /// <param name="w">The cell's weights.</param>
    /// <param name="isReversed">Whether to go from the last step to the first.</param>
    /// <param name="lengths">The steps after which the state of each sequence stays as it is; null if all are whole.</param>
    /// <returns>The first parts of the states after all steps, [L, N, output], and the last state.</returns>
    private protected abstract (Tensor Output, Tensor[] State) Pass(Tensor sequence, Tensor[] state, CellWeights w, bool isReversed, int[]? lengths);

    /// <summary>Goes over a sequence.</summary>
    /// <param name="input">The sequences.</param>
    /// <param name="state">The parts of the first state; null for zeros.</param>
    /// <param name="stateSizes">The size of each part's last dimension.</param>
    /// <param name="lengths">Int64, [N]; null if all sequences are whole.</param>
    private protected (Tensor Output, Tensor[] State) Run(Tensor input, Tensor[]? state, int[] stateSizes, Tensor? lengths)
    {
        RecurrentShapes.Check(this, input, state, lengths, weights["weight_ih_l0"], (InputSize, NumLayers * directions, batchFirst), stateSizes);
        if (input.Rank == 2)
        {
            var (y, last) = Run(input.Unsqueeze(batchFirst ? 0 : 1), state is null ? null : Array.ConvertAll(state, part => part.Unsqueeze(1)), stateSizes, lengths);
            return (y.Squeeze(batchFirst ? 0 : 1), Array.ConvertAll(last, part => part.Squeeze(1)));
        }

        var sequence = batchFirst ? input.Transpose(0, 1) : input;
        var ends = lengths is null ? null : Array.ConvertAll(lengths.ToArray<long>(), length => (int)length);
        var running = ends is null ? null : RecurrentShapes.Running(lengths!, sequence.Shape[0]);
        var finals = new Tensor[stateSizes.Length][];
        for (var part = 0; part < finals.Length; part++)
        {
            finals[part] = new Tensor[NumLayers * directions];
        }

        for (var layer = 0; layer < NumLayers; layer++)
        {
            var sides = new Tensor[directions];
            for (var direction = 0; direction < directions; direction++)
            {
                var cell = (layer * directions) + direction;
                var first = new Tensor[stateSizes.Length];
                for (var part = 0; part < first.Length; part++)
                {
                    first[part] = state is null ? Tensor.Zeros([sequence.Shape[1], stateSizes[part]], input.DType) : state[part].Select(0, cell);
                }

                (var output, var last) = Pass(sequence, first, WeightsOf(layer, direction), isReversed: direction == 1, ends);
                sides[direction] = running is null ? output : Tensor.Where(running, output, 0);
                for (var part = 0; part < last.Length; part++)
                {
                    finals[part][cell] = last[part];
                }
            }

            sequence = directions == 1 ? sides[0] : Tensor.Concatenate(sides, -1);
            if (layer < NumLayers - 1)
            {
                sequence = between.Forward(sequence);
            }
        }

        return (batchFirst ? sequence.Transpose(0, 1) : sequence, Array.ConvertAll(finals, part => Tensor.Stack(part)));
    }

    private static string NameOf(string name, int layer, int direction) => $"{name}_l{layer}{(direction == 1 ? "_reverse" : string.Empty)}";

    private CellWeights WeightsOf(int layer, int direction)
    {
        Tensor? Find(string name) => weights.GetValueOrDefault(NameOf(name, layer, direction));
        return new(Find("weight_ih")!, Find("weight_hh")!, Find("bias_ih"), Find("bias_hh"), Find("weight_hr"));
    }
}
