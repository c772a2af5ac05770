namespace Autograd.Evaluation;

/// <summary>An operation of one input that only says where the elements are to be found: the result shares the input's memory, in another layout.</summary>
internal abstract class View : Operation
{
    private readonly Shape from;
    private Operand x;

    protected View(Tensor x)
        : base(x.DType)
    {
        this.x = new Operand(x);
        from = x.Shape;
    }

    /// <inheritdoc/>
    public sealed override int InputCount => 1;

    /// <summary>The shape of the input.</summary>
    protected Shape From => from;

    /// <inheritdoc/>
    public sealed override ref Operand Input(int index) => ref x;

    /// <inheritdoc/>
    public sealed override void Vjp(Tensor grad, Span<Tensor?> gradients) => gradients[0] = Vjp(grad);

    /// <inheritdoc/>
    protected override Tensor Compute()
    {
        var source = ValueOf(0);
        return new Tensor(source, Arrange(source.Layout));
    }

    /// <summary>Where the result's elements lie, given where the input's do.</summary>
    protected abstract Layout Arrange(Layout input);

    /// <summary>The gradient with respect to the input, given <paramref name="grad"/>, the one with respect to the result.</summary>
    protected abstract Tensor Vjp(Tensor grad);
}
