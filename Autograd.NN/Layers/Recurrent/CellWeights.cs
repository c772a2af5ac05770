namespace Autograd.NN;

/// <summary>The weights of one recurrent cell.</summary>
/// <param name="Input">W, [gates·hidden, input].</param>
/// <param name="Hidden">U, [gates·hidden, output].</param>
/// <param name="InputBias">b; null if there is none.</param>
/// <param name="HiddenBias">c; null if there is none.</param>
/// <param name="Projection">P, [output, hidden]; null if there is none.</param>
internal readonly record struct CellWeights(Tensor Input, Tensor Hidden, Tensor? InputBias, Tensor? HiddenBias, Tensor? Projection)
{
    /// <summary>Wx + b + Uh + c: what the gates of a cell see, where they see the sum alone.</summary>
    public Tensor Sum(Tensor x, Tensor h) => x.Linear(Input, InputBias) + h.Linear(Hidden, HiddenBias);
}

/// <summary>The formulas of recurrent cells.</summary>
internal static class Cells
{
    /// <summary>h′ = tanh(Wx + b + Uh + c), or max(0, …). (Elman, "Finding structure in time", 1990.)</summary>
    public static Tensor Rnn(Tensor x, Tensor h, in CellWeights w, bool relu) => relu ? w.Sum(x, h).Relu() : w.Sum(x, h).Tanh();

    /// <summary>i, f, g, o = σ, σ, tanh, σ of the parts of Wx + b + Uh + c; c′ = fc + ig; h′ = o tanh c′, projected by P if there is one. (Hochreiter, Schmidhuber 1997; Gers et al. 2000.)</summary>
    public static (Tensor Hidden, Tensor Cell) Lstm(Tensor x, Tensor h, Tensor c, in CellWeights w)
    {
        var gates = w.Sum(x, h).Chunk(4, -1);
        var cell = (gates[1].Sigmoid() * c) + (gates[0].Sigmoid() * gates[2].Tanh());
        var hidden = gates[3].Sigmoid() * cell.Tanh();
        return (w.Projection is null ? hidden : hidden.Linear(w.Projection), cell);
    }

    /// <summary>r, z = σ of the first two parts of Wx + b + Uh + c; n = tanh((Wx + b)₃ + r(Uh + c)₃); h′ = (1 − z)n + zh. (Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014.)</summary>
    public static Tensor Gru(Tensor x, Tensor h, in CellWeights w)
    {
        var (own, other) = (x.Linear(w.Input, w.InputBias).Chunk(3, -1), h.Linear(w.Hidden, w.HiddenBias).Chunk(3, -1));
        var reset = (own[0] + other[0]).Sigmoid();
        var update = (own[1] + other[1]).Sigmoid();
        var proposal = (own[2] + (reset * other[2])).Tanh();
        return proposal + (update * (h - proposal));
    }
}
