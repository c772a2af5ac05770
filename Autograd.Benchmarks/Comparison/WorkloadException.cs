namespace Autograd.Benchmarks.Comparison;

/// <summary>A list of workloads that says something unclear; the message says what, where, and what is possible.</summary>
internal sealed class WorkloadException(string message) : Exception(message);
