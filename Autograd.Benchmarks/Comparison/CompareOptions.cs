namespace Autograd.Benchmarks.Comparison;

/// <summary>What the command line asks for.</summary>
/// <param name="Threads">How many threads either side may use.</param>
/// <param name="Filter">Parts of names, separated by commas; none: all workloads.</param>
/// <param name="Peer">The peer's command; null for python3 with torch, if there is one.</param>
/// <param name="Workloads">The file of workloads.</param>
/// <param name="JsonFile">Where figures are written to, too.</param>
/// <param name="Rounds">How often each side is timed.</param>
/// <param name="CheckOnly">Whether results are compared and nothing is timed.</param>
internal sealed record CompareOptions(int Threads, string? Filter, string? Peer, string Workloads, string? JsonFile, int Rounds, bool CheckOnly);
