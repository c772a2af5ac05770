namespace Autograd.NN;

/// <summary>One step of a recurrent layer, with weights of its own.</summary>
/// <remarks>The input is [N, inputSize] or [inputSize], the state [N, hiddenSize] or [hiddenSize]. Weights start evenly distributed in ±1/√hiddenSize.</remarks>
/// <typeparam name="TInput">Input and state.</typeparam>
/// <typeparam name="TOutput">The next state.</typeparam>
public abstract class RecurrentCell<TInput, TOutput> : Module<TInput, TOutput>
{
    private protected RecurrentCell(int gates, int inputSize, int hiddenSize, bool bias, Generator? generator, DType? dtype)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenSize);
        HiddenSize = hiddenSize;
        var bound = 1 / Math.Sqrt(hiddenSize);
        Parameter Make(params int[] sizes) => Initialize.Uniform(new Parameter(Tensor.Zeros(sizes, dtype)), -bound, bound, generator);
        (WeightIh, WeightHh) = (Make(gates * hiddenSize, inputSize), Make(gates * hiddenSize, hiddenSize));
        if (bias)
        {
            (BiasIh, BiasHh) = (Make(gates * hiddenSize), Make(gates * hiddenSize));
        }
    }

    /// <summary>The size of the hidden state.</summary>
    public int HiddenSize { get; }

    /// <summary>W, [gates·hiddenSize, inputSize].</summary>
    public Parameter WeightIh { get; }

    /// <summary>U, [gates·hiddenSize, hiddenSize].</summary>
    public Parameter WeightHh { get; }

    /// <summary>b, [gates·hiddenSize]; null if there is none.</summary>
    public Parameter? BiasIh { get; }

    /// <summary>c, [gates·hiddenSize]; null if there is none.</summary>
    public Parameter? BiasHh { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => $"inputSize: {WeightIh.Shape[1]}, hiddenSize: {HiddenSize}" + (BiasIh is null ? ", bias: false" : "");

    /// <inheritdoc/>
    protected override long MultiplyAdds(Shape input, Shape output) => (long)(input.ElementCount / WeightIh.Shape[1]) * (WeightIh.ElementCount + WeightHh.ElementCount);

    private protected CellWeights Weights => new(WeightIh, WeightHh, BiasIh, BiasHh);

    /// <summary>The state, or zeros for an input.</summary>
    private protected Tensor StateOrZeros(Tensor input, Tensor? state)
    {
        if (input.Rank is not (1 or 2) || input.Shape[-1] != WeightIh.Shape[1])
        {
            throw new ShapeException($"{this}: the input has shape {input.Shape}; it must be [N, {WeightIh.Shape[1]}] or [{WeightIh.Shape[1]}].");
        }

        LayerInput.RequireDType(this, input, WeightIh);
        int[] expected = [.. input.Shape.AsSpan()[..^1], HiddenSize];
        return state is null ? Tensor.Zeros(expected, input.DType)
            : state.Shape.AsSpan().SequenceEqual(expected) ? state
            : throw new ShapeException($"{this}: the state has shape {state.Shape}; for an input of shape {input.Shape} it must be {Shape.Create(expected)}.");
    }
}
