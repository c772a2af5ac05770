namespace Autograd.Optim;

/// <summary>Training cannot go on: the loss is no number any more, or a checkpoint does not fit.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="inner">What was thrown; null if this is the beginning.</param>
public sealed class TrainingException(string message, Exception? inner = null) : Exception(message, inner);
