namespace Autograd.Autodiff;

/// <summary>An operation that a user defined by two functions. It keeps all its inputs and its result, since it cannot know which of them the rule reads.</summary>
internal sealed class CustomOp : Operation
{
    private readonly Func<Tensor[], Tensor> forward;
    private readonly Func<Tensor[], Tensor, Tensor, Tensor?[]> vjp;
    private Operand[] inputs;
    private Tensor? result;

    public CustomOp(string name, Tensor[] inputs, Tensor result, Func<Tensor[], Tensor> forward, Func<Tensor[], Tensor, Tensor, Tensor?[]> vjp)
        : base(result.DType)
    {
        Name = name;
        Shape = result.Shape;
        this.inputs = Array.ConvertAll(inputs, input => new Operand(input));
        this.result = result.Detach();
        (this.forward, this.vjp) = (forward, vjp);
    }

    public override string Name { get; }

    public override int InputCount => inputs.Length;

    public override Reads Reads => Reads.Inputs | Reads.Output;

    public override ref Operand Input(int index) => ref inputs[index];

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        // Where the pass is not recorded, the rule sees constants, and what it returns becomes one: it may be a variable, or linked to the tape.
        Func<Tensor, Tensor> use = GradMode.IsEnabled ? tensor => tensor.Captured : tensor => tensor.Detach();
        var values = new Tensor[inputs.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = use(ValueOf(i));
        }

        // The function may keep whatever it sees.
        TemporaryMemory.Current?.HasEscaped = true;
        var terms = vjp(values, use(Y), grad);
        if (terms.Length != values.Length)
        {
            throw new GradientException($"The gradient rule of {Name} returned {terms.Length} gradients for {values.Length} inputs; give one for each, null for none.");
        }

        for (var i = 0; i < terms.Length; i++)
        {
            gradients[i] = terms[i] is { } term ? use(term) : null;
        }
    }

    /// <summary>The user's functions see the tensors of one example, as the function does that is mapped.</summary>
    public override Tensor Batch(BatchInputs x)
    {
        var all = new Tensor[inputs.Length];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = x.Full(i);
        }

        var (level, rule) = (x.Level, vjp);
        Tensor[] One(Tensor[] values) => Array.ConvertAll(values, level.Wrap);
        return new CustomOp(
            Name,
            all,
            level.Unwrap(result!),
            values => level.Unwrap(forward(One(values))),
            (values, y, grad) => Array.ConvertAll(rule(One(values), level.Wrap(y), level.Wrap(grad)), term => term is null ? null : level.Unwrap(term))).Apply();
    }

    protected override void Unshare() => (inputs, result) = (new Operand[inputs.Length], null);

    protected override Tensor Compute()
    {
        result ??= Forward();

        // A tensor of its own: the function may have returned one of its inputs, or one that it keeps.
        return new(result, result.Layout);
    }

    private Tensor Forward()
    {
        using var unrecorded = Grad.Disabled();
        return forward(Array.ConvertAll(inputs, input => input.Value!.Detach())).Detach();
    }
}
