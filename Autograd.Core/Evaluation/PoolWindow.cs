namespace Autograd.Evaluation;

/// <summary>One window along one dimension: elements Start, Start + Step, … below End.</summary>
internal readonly record struct PoolWindow(int Start, int End, int Step);
