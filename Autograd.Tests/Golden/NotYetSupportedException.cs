namespace Autograd.Tests.Golden;

/// <summary>The library has an operation, but not in the form that a case asks for.</summary>
/// <param name="form">What is missing.</param>
internal sealed class NotYetSupportedException(string form) : Exception($"Not yet supported: {form}.");
