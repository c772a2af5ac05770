namespace Autograd;

/// <summary>An operation or a gradient rule yielded NaN or infinity while <see cref="Grad.DetectAnomaly"/> was watching.</summary>
/// <param name="message">The operation, the first value that is not finite, and the line of the program.</param>
public sealed class AnomalyException(string message) : ArithmeticException(message);
