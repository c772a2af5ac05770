namespace Autograd;

/// <summary>Element types that an operation cannot take: the message names the operation, the types and the fix.</summary>
/// <param name="message">What was asked, of what, and what to do instead.</param>
public sealed class DTypeException(string message) : ArgumentException(message);
