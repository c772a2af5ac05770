namespace Autograd;

/// <summary>A function that cannot be applied to all examples of a batch at once (<see cref="Differentiate.Vmap(Func{Tensor, Tensor}, int, int)"/>): an operation has no batching rule, or a value was asked for that differs from example to example.</summary>
/// <param name="message">What was asked, and what to do instead.</param>
public sealed class BatchingException(string message) : InvalidOperationException(message)
{
    internal static BatchingException Unreadable(Tensor example) => new(
        $"Vmap: a value of shape {example.Shape} was to be read (Item, ToArray, AsSpan, ToString, an if, an index tensor in x[…], Assign, or use after Vmap has returned) that differs from example to example. " +
        "Express the choice in tensor operations (Tensor.Where, Gather, IndexSelect), or take what does not depend on the examples out of the function.");
}
