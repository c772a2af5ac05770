namespace Autograd.NN;

/// <summary>The weights of one recurrent cell; those of its gates lie one under the other.</summary>
/// <param name="Input">W, [gates·hidden, input].</param>
/// <param name="Hidden">U, [gates·hidden, output].</param>
/// <param name="InputBias">b, [gates·hidden]; null if there is none.</param>
/// <param name="HiddenBias">c, [gates·hidden]; null if there is none.</param>
/// <param name="Projection">P, [output, hidden]; null if there is none.</param>
internal sealed record CellWeights(Tensor Input, Tensor Hidden, Tensor? InputBias, Tensor? HiddenBias, Tensor? Projection = null)
{
    /// <summary>Wx + b.</summary>
    public Tensor OfInput(Tensor x) => x.Linear(Input, InputBias);

    /// <summary>Uh + c.</summary>
    public Tensor OfHidden(Tensor h) => h.Linear(Hidden, HiddenBias);
}

/// <summary>The formulas of recurrent cells.</summary>
internal static class Cells
{
    /// <summary>h′ = tanh(Wx + b + Uh + c), or max(0, …). (Elman, "Finding structure in time", 1990.)</summary>
    public static Tensor Rnn(Tensor x, Tensor h, CellWeights w, bool relu) => w.OfInput(x) + w.OfHidden(h) is var sum && relu ? sum.Relu() : sum.Tanh();

    /// <summary>i, f, g, o = σ, σ, tanh, σ of Wx + b + Uh + c; c′ = fc + ig; h′ = o tanh c′, projected by P if there is one. (Hochreiter, Schmidhuber 1997; Gers et al. 2000.)</summary>
    public static (Tensor Hidden, Tensor Cell) Lstm(Tensor x, Tensor h, Tensor c, CellWeights w)
    {
        var (hidden, cell) = LstmOp.Step(w.OfInput(x) + w.OfHidden(h), c);
        return (w.Projection is null ? hidden : hidden.Linear(w.Projection), cell);
    }

    /// <summary>r, z = σ of Wx + b + Uh + c; n = tanh(Wx + b + r(Uh + c)); h′ = (1 − z)n + zh. (Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014.)</summary>
    public static Tensor Gru(Tensor x, Tensor h, CellWeights w)
    {
        var (input, recurrent) = (w.OfInput(x).Chunk(3, -1), w.OfHidden(h).Chunk(3, -1));
        return GruOp.Step(input[0] + recurrent[0], input[1] + recurrent[1], input[2], recurrent[2], h);
    }
}
