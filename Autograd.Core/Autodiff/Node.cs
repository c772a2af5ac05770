namespace Autograd.Autodiff;

/// <summary>An entry of the tape: what a tensor's gradient flows to. Either the operation that made the tensor, or the leaf that collects its gradient.</summary>
/// <param name="dtype">The element type of the tensor.</param>
internal abstract class Node(DType dtype)
{
    [ThreadStatic]
    private static int created;

    /// <summary>The shape of the tensor that this entry stands for, and so of its gradient.</summary>
    public Shape Shape { get; protected set; } = Shape.Scalar;

    /// <summary>The element type of the tensor and of its gradient.</summary>
    public DType DType { get; } = dtype;

    /// <summary>A hash that is spread well and costs nothing to read: the number of the entry among those that its thread made.</summary>
    public int Hash { get; } = ++created;
}
