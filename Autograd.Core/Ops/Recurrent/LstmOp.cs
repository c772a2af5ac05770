namespace Autograd;

/// <summary>The hidden states of an LSTM after all steps, and behind them the last c: i, f, g, o = σ, σ, tanh, σ of Wx + Uh + b; c′ = fc + ig; h′ = o tanh c′.
/// (Hochreiter, Schmidhuber, "Long short-term memory", 1997; forget gate: Gers et al. 2000.)</summary>
[GradientTest("3x2x2, 8x2, 8x2, 8, 2x2x2", "1x1x1, 4x1, 4x1, 4, 2x1x1", "2x0x1, 4x1, 4x1, 4, 2x0x1", Arguments = [false])]
[GradientTest("2x2x0, 4x0, 4x1, 4, 2x2x1", "3x1x2, 8x2, 8x2, 8, 2x1x2", Arguments = [true])]
[GradientTest("3x2x1, 4x1, 4x1, 4, 2x2x1", Arguments = [false, new[] { 3, 1 }])]
[GradientTest("3x2x1, 4x1, 4x1, 4, 2x2x1", Arguments = [true, new[] { 2, 3 }])]
internal sealed class LstmOp : RecurrentOp<LstmKernel>
{
    /// <summary>From the first step to the last, or backwards.</summary>
    public LstmOp(Tensor x, Tensor weight, Tensor recurrent, Tensor bias, Tensor state, bool isReversed)
        : base(x, weight, recurrent, bias, state, isReversed, null)
    {
    }

    /// <summary>Each row for so many steps.</summary>
    public LstmOp(Tensor x, Tensor weight, Tensor recurrent, Tensor bias, Tensor state, bool isReversed, int[]? lengths)
        : base(x, weight, recurrent, bias, state, isReversed, lengths)
    {
    }

    /// <summary>The formula of one step, given the sums Wx + Uh + b.</summary>
    public static (Tensor Hidden, Tensor Cell) Step(Tensor sums, Tensor cell)
    {
        var gates = sums.Chunk(4, -1);
        var next = (gates[1].Sigmoid() * cell) + (gates[0].Sigmoid() * gates[2].Tanh());
        return (gates[3].Sigmoid() * next.Tanh(), next);
    }

    protected override Tensor[] Step(Tensor input, Tensor recurrent, Tensor bias, Tensor[] state) => Step(input + recurrent + bias, state[1]) is var (hidden, cell) ? [hidden, cell] : [];
}
