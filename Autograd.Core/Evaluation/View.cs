namespace Autograd.Evaluation;

/// <summary>An operation of one input that only says where the elements are to be found: the result shares the input's memory, in another layout.</summary>
internal abstract class View : UnaryOperation
{
    private readonly Shape from;

    protected View(Tensor x)
        : base(x)
    {
        from = x.Shape;
    }

    /// <summary>The shape of the input.</summary>
    protected Shape From => from;

    /// <inheritdoc/>
    protected override Tensor Compute()
    {
        var source = X;
        return new Tensor(source, Arrange(source.Layout));
    }

    /// <summary>Where the result's elements lie, given where the input's do.</summary>
    protected abstract Layout Arrange(Layout input);
}
