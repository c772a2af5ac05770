namespace Autograd.Tests.Operations;

/// <summary>One call of a public operation, as a function of one tensor: other operands are made from it.</summary>
/// <param name="Name">The method, without "Tensor."; those of Loss begin with "Loss.".</param>
/// <param name="Shape">The shape that the call is made for; any other may be an error.</param>
/// <param name="Shapes">How the shape of the result comes from those of the operands, for readers.</param>
/// <param name="Call">The call. Of several results the first.</param>
internal sealed record OperationSample(string Name, int[] Shape, string Shapes, Func<Tensor, Tensor> Call)
{
    /// <summary>A point at which the operation has a value, away from kinks: elements between 0.1 and 0.9, or between 1.1 and 1.9 for what is defined above 1 only.</summary>
    public Tensor Point()
    {
        var x = (Tensor.Rand(Shape, DType.Float64, generator: new Generator(41)) * 0.8) + 0.1;
        return Call(x).IsNaN().All().Item<bool>() ? x + 1 : x;
    }

    /// <summary>The gradient of a weighted sum of the results; null if there is none.</summary>
    public Tensor? Gradient(Tensor x, bool createGraph = false)
    {
        using var recording = Grad.Enabled();
        var leaf = x.RequiresGrad ? x : x.AsLeaf();
        var y = Call(leaf);
        return y.RequiresGrad
            ? Differentiate.Gradients(y, [leaf], Tensor.Randn(y.Shape, DType.Float64, generator: new Generator(43)).To(y.DType), createGraph: createGraph, allowUnused: true)[0]
            : null;
    }

    public override string ToString() => Name;
}
