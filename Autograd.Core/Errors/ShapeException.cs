namespace Autograd;

/// <summary>Shapes that an operation cannot take: the message names the operation, the shapes and the fix.</summary>
/// <param name="message">What was asked, of what, and what to do instead.</param>
public sealed class ShapeException(string message) : ArgumentException(message);
