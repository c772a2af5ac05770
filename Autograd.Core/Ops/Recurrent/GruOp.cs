namespace Autograd;

/// <summary>The hidden states of a gated recurrent unit after all steps: r, z = σ((W x + U h)₁₂ + b₁₂); n = tanh((Wx)₃ + b₃ + r((Uh)₃ + b₄)); h′ = n + z(h − n).
/// (Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014.)</summary>
[GradientTest("3x2x2, 6x2, 6x2, 8, 1x2x2", "1x1x1, 3x1, 3x1, 4, 1x1x1", "2x0x1, 3x1, 3x1, 4, 1x0x1", Arguments = [false])]
[GradientTest("2x2x0, 3x0, 3x1, 4, 1x2x1", "3x1x2, 6x2, 6x2, 8, 1x1x2", Arguments = [true])]
[GradientTest("3x2x1, 3x1, 3x1, 4, 1x2x1", Arguments = [false, new[] { 3, 1 }])]
[GradientTest("3x2x1, 3x1, 3x1, 4, 1x2x1", Arguments = [true, new[] { 2, 3 }])]
internal sealed class GruOp : RecurrentOp<GruKernel>
{
    /// <summary>From the first step to the last, or backwards.</summary>
    public GruOp(Tensor x, Tensor weight, Tensor recurrent, Tensor bias, Tensor state, bool isReversed)
        : base(x, weight, recurrent, bias, state, isReversed, null)
    {
    }

    /// <summary>Each row for so many steps.</summary>
    public GruOp(Tensor x, Tensor weight, Tensor recurrent, Tensor bias, Tensor state, bool isReversed, int[]? lengths)
        : base(x, weight, recurrent, bias, state, isReversed, lengths)
    {
    }

    /// <summary>The biases of the input's and the hidden state's sums as the operation takes them: together where only their sum matters.</summary>
    public static Tensor Bias(Tensor input, Tensor hidden)
    {
        var (b, c) = (input.Chunk(3), hidden.Chunk(3));
        return Tensor.Concatenate([b[0] + c[0], b[1] + c[1], b[2], c[2]]);
    }

    /// <summary>The formula of one step, given the sums of r, of z, and the two of n: that of the input and that of the hidden state, which r scales.</summary>
    public static Tensor Step(Tensor reset, Tensor update, Tensor input, Tensor recurrent, Tensor hidden)
    {
        var proposal = (input + (reset.Sigmoid() * recurrent)).Tanh();
        return proposal + (update.Sigmoid() * (hidden - proposal));
    }

    protected override Tensor[] Step(Tensor input, Tensor recurrent, Tensor bias, Tensor[] state)
    {
        var (x, u, b) = (input.Chunk(3, -1), recurrent.Chunk(3, -1), bias.Chunk(4, -1));
        return [Step(x[0] + u[0] + b[0], x[1] + u[1] + b[1], x[2] + b[2], u[2] + b[3], state[0])];
    }
}
