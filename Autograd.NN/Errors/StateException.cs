namespace Autograd.NN;

/// <summary>A state that does not fit a module. The message lists what is missing, what is unexpected and what has another shape or kind of numbers.</summary>
/// <param name="message">What does not fit, and what to do.</param>
/// <param name="difference">The names.</param>
public sealed class StateException(string message, StateDifference difference) : ArgumentException(message)
{
    /// <summary>What is missing and what is unexpected.</summary>
    public StateDifference Difference { get; } = difference;
}
