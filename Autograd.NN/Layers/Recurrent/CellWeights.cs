namespace Autograd.NN;

/// <summary>The weights of one recurrent cell, gate by gate.</summary>
/// <remarks>Cut into gates once for a whole sequence: the gradients of all its steps add up in the pieces, and come together at the end.</remarks>
/// <param name="Input">W for each gate, [hidden, input].</param>
/// <param name="Hidden">U for each gate, [hidden, output].</param>
/// <param name="InputBias">b for each gate; null if there is none.</param>
/// <param name="HiddenBias">c for each gate; null if there is none.</param>
/// <param name="Projection">P, [output, hidden]; null if there is none.</param>
internal sealed record CellWeights(Tensor[] Input, Tensor[] Hidden, Tensor[]? InputBias, Tensor[]? HiddenBias, Tensor? Projection)
{
    /// <summary>The weights of all gates, which lie one under the other, cut up.</summary>
    public static CellWeights Cut(int gates, Tensor input, Tensor hidden, Tensor? inputBias, Tensor? hiddenBias, Tensor? projection = null)
        => new(input.Chunk(gates), hidden.Chunk(gates), inputBias?.Chunk(gates), hiddenBias?.Chunk(gates), projection);

    /// <summary>Wx + b of a gate.</summary>
    public Tensor OfInput(int gate, Tensor x) => x.Linear(Input[gate], InputBias?[gate]);

    /// <summary>Uh + c of a gate.</summary>
    public Tensor OfHidden(int gate, Tensor h) => h.Linear(Hidden[gate], HiddenBias?[gate]);

    /// <summary>Wx + b + Uh + c of a gate.</summary>
    public Tensor Sum(int gate, Tensor x, Tensor h) => OfInput(gate, x) + OfHidden(gate, h);
}

/// <summary>The formulas of recurrent cells.</summary>
internal static class Cells
{
    /// <summary>h′ = tanh(Wx + b + Uh + c), or max(0, …). (Elman, "Finding structure in time", 1990.)</summary>
    public static Tensor Rnn(Tensor x, Tensor h, CellWeights w, bool relu) => relu ? w.Sum(0, x, h).Relu() : w.Sum(0, x, h).Tanh();

    /// <summary>i, f, g, o = σ, σ, tanh, σ of Wx + b + Uh + c; c′ = fc + ig; h′ = o tanh c′, projected by P if there is one. (Hochreiter, Schmidhuber 1997; Gers et al. 2000.)</summary>
    public static (Tensor Hidden, Tensor Cell) Lstm(Tensor x, Tensor h, Tensor c, CellWeights w)
    {
        var cell = (w.Sum(1, x, h).Sigmoid() * c) + (w.Sum(0, x, h).Sigmoid() * w.Sum(2, x, h).Tanh());
        var hidden = w.Sum(3, x, h).Sigmoid() * cell.Tanh();
        return (w.Projection is null ? hidden : hidden.Linear(w.Projection), cell);
    }

    /// <summary>r, z = σ of Wx + b + Uh + c; n = tanh(Wx + b + r(Uh + c)); h′ = (1 − z)n + zh. (Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014.)</summary>
    public static Tensor Gru(Tensor x, Tensor h, CellWeights w)
    {
        var (reset, update) = (w.Sum(0, x, h).Sigmoid(), w.Sum(1, x, h).Sigmoid());
        var proposal = (w.OfInput(2, x) + (reset * w.OfHidden(2, h))).Tanh();
        return proposal + (update * (h - proposal));
    }
}
