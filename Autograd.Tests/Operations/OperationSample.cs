namespace Autograd.Tests.Operations;

/// <summary>One call of a public operation, as a function of one tensor: other operands are made from it.</summary>
/// <param name="Name">The method, without "Tensor."; those of Loss begin with "Loss.".</param>
/// <param name="Shape">The shape that the call is made for; any other may be an error.</param>
/// <param name="Shapes">How the shape of the result comes from those of the operands, for readers.</param>
/// <param name="Call">The call. Of several results the first.</param>
internal sealed record OperationSample(string Name, int[] Shape, string Shapes, Func<Tensor, Tensor> Call)
{
    public override string ToString() => Name;
}
