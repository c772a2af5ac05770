namespace Autograd.NN;

/// <summary>Data could not be read or made: the message names the file, the place, or the example.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">What was thrown; null if this is the beginning.</param>
public sealed class DataException(string message, Exception? inner = null) : Exception(message, inner);
