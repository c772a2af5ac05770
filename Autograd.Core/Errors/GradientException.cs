namespace Autograd;

/// <summary>A gradient that cannot be computed as asked (nothing recorded, record released, wrong seed): the message says why and how to mend it.</summary>
/// <param name="message">What was asked, and what to do instead.</param>
public sealed class GradientException(string message) : InvalidOperationException(message);
