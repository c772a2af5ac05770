namespace Autograd;

/// <summary>Data that are not a safetensors file, or one that no tensor can hold: the message says what was found and what was expected.</summary>
/// <param name="message">What was found.</param>
/// <param name="inner">The error that revealed it, if another one did.</param>
public sealed class SafetensorsFormatException(string message, Exception? inner = null) : FormatException(message, inner);
