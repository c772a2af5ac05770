namespace Autograd.Autodiff;

/// <summary>An operation of one input.</summary>
internal abstract class UnaryOperation : Operation
{
    private Operand x;

    /// <summary>An operation whose result has the input's element type.</summary>
    protected UnaryOperation(Tensor x)
        : this(x, x.DType)
    {
    }

    /// <summary>An operation that converts its input to <paramref name="common"/> first, the type of its result.</summary>
    protected UnaryOperation(Tensor x, DType common)
        : this(x, common, common)
    {
    }

    /// <summary>An operation that converts its input to <paramref name="common"/> first and has a result of the type <paramref name="result"/>.</summary>
    protected UnaryOperation(Tensor x, DType common, DType result)
        : base(result)
        => this.x = new Operand(x, common);

    /// <inheritdoc/>
    public sealed override int InputCount => 1;

    /// <summary>The input.</summary>
    protected Tensor X => ValueOf(0);

    /// <inheritdoc/>
    public sealed override ref Operand Input(int index) => ref x;

    /// <inheritdoc/>
    public sealed override void Vjp(Tensor grad, Span<Tensor?> gradients) => gradients[0] = Vjp(grad);

    /// <summary>The gradient with respect to X, given <paramref name="grad"/>, the one with respect to Y.</summary>
    protected abstract Tensor Vjp(Tensor grad);
}
