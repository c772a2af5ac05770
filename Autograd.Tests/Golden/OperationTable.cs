using Autograd.Tests.Golden.Operations;

namespace Autograd.Tests.Golden;

/// <summary>How each operation of the reference data is written with the library. What is not here, the library does not have yet.</summary>
internal static class OperationTable
{
    private static readonly OperationRows[] Families =
    [
        ElementwiseUnary.Rows, ElementwiseBinary.Rows, Activations.Rows, Reductions.Rows, MatrixProducts.Rows, Shapes.Rows, Indexing.Rows, LinearAlgebra.Rows, Losses.Rows,
        PoolingAndResampling.Rows, Operations.Convolutions.Rows, Sampling.Rows, Normalizations.Rows, EmbeddingsAndAttention.Rows,
    ];

    private static readonly Dictionary<string, Func<Arguments, Results>> Rows = Families.SelectMany(rows => rows).ToDictionary(StringComparer.Ordinal);

    /// <summary>The operations, or operations/variants.</summary>
    public static IReadOnlyCollection<string> Names => Rows.Keys;

    /// <summary>The row of a case, by operation/variant; null if there is none.</summary>
    public static Func<Arguments, Results>? Find(GoldenCase golden) => Rows.GetValueOrDefault(golden.Key);
}
