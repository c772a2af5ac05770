namespace Autograd;

/// <summary>A matrix without what was asked for: a singular one has no inverse, an indefinite one no Cholesky factor. The message names the operation and the matrix.</summary>
/// <param name="message">What was asked, why there is none, and what to do instead.</param>
public sealed class LinearAlgebraException(string message) : ArithmeticException(message);
