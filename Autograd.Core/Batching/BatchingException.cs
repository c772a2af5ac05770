namespace Autograd;

/// <summary>A function that cannot be applied to all examples of a batch at once (<see cref="Differentiate.Vmap(Func{Tensor, Tensor}, int, int)"/>): an operation has no batching rule, or a value was asked for that differs from example to example.</summary>
/// <param name="message">What was asked, and what to do instead.</param>
public sealed class BatchingException(string message) : InvalidOperationException(message);
