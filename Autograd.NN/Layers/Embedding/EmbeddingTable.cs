namespace Autograd.NN;

/// <summary>The tables of <see cref="Embedding"/> and <see cref="EmbeddingBag"/>.</summary>
internal static class EmbeddingTable
{
    public static Parameter Create(int numEmbeddings, int embeddingDim, int? paddingIdx, Generator? generator, DType? dtype, string layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numEmbeddings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(embeddingDim);
        var rows = Tensor.Randn([numEmbeddings, embeddingDim], dtype, generator: generator);
        return paddingIdx is not { } padding ? new Parameter(rows)
            : padding >= -numEmbeddings && padding < numEmbeddings ? new Parameter(rows.With([padding], 0))
            : throw new ArgumentOutOfRangeException(nameof(paddingIdx), padding, $"{layer}: there is no row {padding} among {numEmbeddings}.");
    }

    /// <summary>The greatest norm, checked.</summary>
    public static double? CheckNorm(double? maxNorm)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNorm ?? 1, nameof(maxNorm));
        return maxNorm;
    }

    public static string Describe(double? maxNorm) => maxNorm is null ? "" : FormattableString.Invariant($", maxNorm: {maxNorm}");

    /// <summary>Shortens the rows that are about to be read and are longer than allowed. Nothing is recorded.</summary>
    public static void Limit(Parameter weight, Tensor input, double? maxNorm, double normType)
    {
        if (maxNorm is not { } greatest || input.DType != DType.Int64 || input.ElementCount == 0)
        {
            return;
        }

        using (Grad.Disabled())
        {
            var numbers = input.Flatten();
            var rows = weight.IndexSelect(0, numbers);
            var norms = rows.Norm(normType, [1], keepDim: true);
            if (!(norms > greatest).Any().Item<bool>())
            {
                return;
            }

            // As PyTorch: a little shorter, so that rounding leaves no row too long.
            var shortened = Tensor.Where(norms > greatest, rows * (greatest / (norms + 1e-7)), rows);
            weight.Assign(weight.Scatter(0, numbers.Unsqueeze(1).Expand(rows.Shape), shortened).Evaluate());
        }
    }
}
