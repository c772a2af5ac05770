namespace Autograd;

/// <summary>y = x with the selected places replaced by v. dy/dx = 1 outside them and 0 inside; dy/dv = 1 inside.</summary>
[GradientTest("4x3, 2x2", Arguments = ["1:2:1, 0:2:2"])]
[GradientTest("3x3, 2", Arguments = ["diagonal 1 0 1"])]
[GradientTest("0, 0", "3, 0", "3, ()", Arguments = ["0:0:1"])]
internal sealed class PlaceOp : Operation
{
    private readonly Selection selection;
    private readonly Shape placeShape;
    private Operand x;
    private Operand values;

    public PlaceOp(Tensor x, Tensor values, Selection selection)
        : base(x.DType)
    {
        this.selection = selection;
        Shape = x.Shape;
        placeShape = selection.Of(Layout.RowMajor(Shape)).Shape;
        if (placeShape != values.Shape && !placeShape.CoversAll(values.Shape))
        {
            throw new ShapeException($"With: values of shape {values.Shape} do not fit the selected places, of shape {placeShape}.");
        }

        this.x = new Operand(x);
        this.values = new Operand(values, x.DType);
    }

    public override int InputCount => 2;

    public override ref Operand Input(int index)
    {
        if (index == 0)
        {
            return ref x;
        }

        return ref values;
    }

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        gradients[0] = Needs(0) ? new PlaceOp(grad, Tensor.Zeros([], DType), selection).Apply() : null;
        gradients[1] = Needs(1) ? new SelectOp(grad, selection).Apply() : null;
    }

    public override Tensor Batch(BatchInputs x)
        => new PlaceOp(x.Full(0), x.Aligned(1, placeShape.Rank), selection.InEach(x.Count)).Apply();

    protected override Tensor Compute()
    {
        var y = Strided.Copy(ValueOf(0));
        var source = ValueOf(1);
        Strided.Write(new Tensor(source, source.Layout.Expand(placeShape)), y, selection.Of(y.Layout));
        return y;
    }
}
