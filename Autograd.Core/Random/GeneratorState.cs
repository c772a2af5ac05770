using System.Runtime.InteropServices;

namespace Autograd;

/// <summary>
/// Everything that determines what a <see cref="Generator"/> draws next: two numbers, to be kept in a checkpoint or replayed
/// with <see cref="Generator.FromState"/>.
/// </summary>
/// <param name="Key">The key of the stream: the seed, or the key that a split derived.</param>
/// <param name="Counter">The number of 128-bit blocks already taken from the stream.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GeneratorState(ulong Key, ulong Counter);
