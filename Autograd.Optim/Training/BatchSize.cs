using System.Runtime.CompilerServices;

namespace Autograd.Optim.Training;

/// <summary>How many examples a batch has.</summary>
internal static class BatchSize
{
    /// <summary>The first dimension of the first tensor; 1 if there is none.</summary>
    public static int Of(object? batch) => batch switch
    {
        Tensor { Rank: > 0 } tensor => tensor.Shape[0],
        ITuple { Length: > 0 } tuple => Of(tuple[0]),
        _ => 1,
    };
}
