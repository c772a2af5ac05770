using FsCheck;

namespace Autograd.Tests.Generators;

/// <summary>An operation that random programs are made of.</summary>
/// <param name="Name">The lambda that applies it, as it is written.</param>
/// <param name="Operands">How many tensors it takes.</param>
/// <param name="Numbers">The other arguments for operands of given shapes; null where the operation cannot take these shapes.</param>
/// <param name="Apply">Applies it.</param>
/// <param name="Code">Writes it in C#, given the operands' names.</param>
internal sealed record ProgramOperation(
    string Name,
    int Operands,
    Func<int[][], Gen<int[]>?> Numbers,
    Func<Tensor[], int[], Tensor> Apply,
    Func<string[], int[], string> Code)
{
    /// <summary>Whether the operation has derivatives near the operands' values; kinks and ties have none.</summary>
    public Func<Tensor[], int[], bool> IsSmoothAt { get; init; } = (_, _) => true;

    public override string ToString() => Name;
}
