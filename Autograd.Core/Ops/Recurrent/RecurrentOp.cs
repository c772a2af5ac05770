namespace Autograd;

/// <summary>The hidden states of a recurrent cell after all steps, [L, N, size], and behind them the last of the state's other part, if there is one. What a cell computes is a formula of one step
/// (<see cref="Step"/>), of which gradients of higher order come; values and first gradients are computed for all steps together.</summary>
internal abstract class RecurrentOp<TCell> : Operation
    where TCell : struct, IRecurrentCell
{
    private readonly bool isReversed;
    private readonly int[]? lengths;
    private Operand[] inputs;
    private Tensor? workings;

    /// <summary>The cell on x [L, N, inputs] with W [gates·size, inputs], U [gates·size, size], b [4·size], from the first state [parts, N, size] on.</summary>
    protected RecurrentOp(Tensor x, Tensor weight, Tensor recurrent, Tensor bias, Tensor state, bool isReversed, int[]? lengths)
        : base(x.DType)
    {
        inputs = [new(x), new(weight), new(recurrent), new(bias), new(state)];
        (this.isReversed, this.lengths) = (isReversed, lengths);
        Shape = Shape.Create([x.Shape[0] + TCell.Parts - 1, x.Shape[1], state.Shape[2]]);
    }

    public sealed override int InputCount => inputs.Length;

    public sealed override Reads Reads => Reads.Inputs | Reads.Output;

    public sealed override Tensor? Workings => workings;

    private int Steps => Shape[0] - TCell.Parts + 1;

    public sealed override ref Operand Input(int index) => ref inputs[index];

    public sealed override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        Tensor[] values = Array.ConvertAll(inputs, input => input.Value!);

        // Where the gradient will be differentiated in turn, it is that of the formula; so are several gradients at once.
        if (GradMode.IsEnabled || grad.IsBatched)
        {
            new Recorded(Formula, values, Name).Pull(grad, strict: false, keep: false).CopyTo(gradients);
            return;
        }

        var (sums, state) = DType == DType.Float32 ? All<float>().Backward(Y, workings!, grad) : All<double>().Backward(Y, workings!, grad);
        sums = sums.Flatten(0, 1);
        var (x, size) = (values[0], Shape[2]);
        var towards = sums.Narrow(1, 0, TCell.Gates * size);
        gradients[0] = Needs(0) ? towards.MatMul(values[1]).Reshape(x.Shape) : null;
        gradients[1] = Needs(1) ? new MatMulOp(towards, x.Flatten(0, 1), transposesA: true, transposesB: false).Apply() : null;
        gradients[2] = Needs(2) ? Recurrent(sums, Before(values[4]).Flatten(0, 1)) : null;
        gradients[3] = Needs(3) ? sums.Sum(0) : null;
        gradients[4] = state;
    }

    /// <summary>Examples have the formula: weights that differ from one to the next have no product in common.</summary>
    public sealed override Tensor Batch(BatchInputs x) => Formula([x.Full(0), x.Full(1), x.Full(2), x.Full(3), x.Full(4)]);

    /// <summary>One step, for tensors with any dimensions in front: the parts of the next state.</summary>
    /// <param name="input">W x.</param>
    /// <param name="recurrent">U h.</param>
    /// <param name="bias">b.</param>
    /// <param name="state">The parts of the state.</param>
    protected abstract Tensor[] Step(Tensor input, Tensor recurrent, Tensor bias, Tensor[] state);

    protected sealed override void Unshare() => (inputs, workings) = (new Operand[inputs.Length], null);

    protected sealed override Tensor Compute()
    {
        (var y, workings) = DType == DType.Float32 ? All<float>().Forward(WillBeRecorded) : All<double>().Forward(WillBeRecorded);
        return y;
    }

    private RecurrentSteps<TCell, T> All<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(ValueOf(0), ValueOf(1), ValueOf(2), ValueOf(3), ValueOf(4), isReversed, lengths);

    /// <summary>The hidden state before each step.</summary>
    private Tensor Before(Tensor state)
    {
        var first = state.Narrow(0, 0, 1);
        return isReversed ? Tensor.Concatenate([Y.Narrow(0, 1, Steps - 1), first]) : Tensor.Concatenate([first, Y.Narrow(0, 0, Steps - 1)]);
    }

    /// <summary>The gradient with respect to U, given the one with respect to the sums.</summary>
    private Tensor Recurrent(Tensor sums, Tensor hidden)
    {
        var size = Shape[2];
        var parts = new List<Tensor>();
        foreach (var some in TCell.Products)
        {
            if (some.HiddenRow >= 0)
            {
                parts.Add(new MatMulOp(sums.Narrow(1, some.First * size, some.Count * size), hidden, transposesA: true, transposesB: false).Apply());
            }
        }

        return parts.Count == 1 ? parts[0] : Tensor.Concatenate([.. parts]);
    }

    private Tensor Formula(Tensor[] x)
    {
        var (weight, recurrent, bias, state) = (x[1].T, x[2].T, x[3].Unsqueeze(-2), x[4].Unbind(-3));
        var running = lengths is null ? null : Tensor.From(Array.ConvertAll(lengths, length => (long)length)).Unsqueeze(1);
        var all = new Tensor[Shape[0]];
        for (var k = 0; k < Steps; k++)
        {
            var t = isReversed ? Steps - 1 - k : k;
            var next = Step(x[0].Select(-3, t).MatMul(weight), state[0].MatMul(recurrent), bias, state);
            if (running is not null)
            {
                next = [.. next.Zip(state, (after, before) => Tensor.Where(running > t, after, before))];
            }

            state = next;
            all[t] = state[0];
        }

        state.AsSpan(1).CopyTo(all.AsSpan(Steps));
        return Tensor.Stack(all, -3);
    }
}
