namespace Autograd.NN;

/// <summary>Rows of a learned table by their numbers: y = weight[x]. The input is Int64 of any shape […], the output […, embeddingDim].</summary>
/// <remarks>The table starts normally distributed, N(0, 1), with zeros in the padding row.</remarks>
public sealed class Embedding : Layer
{
    private readonly int? paddingIdx;
    private readonly double? maxNorm;
    private readonly double normType;

    /// <summary>A table of random rows.</summary>
    /// <param name="numEmbeddings">The number of rows; above 0.</param>
    /// <param name="embeddingDim">The length of a row; above 0.</param>
    /// <param name="paddingIdx">The number of a row that is 0 at first and receives no gradient; negative numbers count from the end.</param>
    /// <param name="maxNorm">The greatest norm of a row: rows that are longer are shortened in the table before they are read. Left out, any length will do.</param>
    /// <param name="normType">The order of that norm.</param>
    /// <param name="generator">Where the rows come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0, or there is no such row.</exception>
    public Embedding(int numEmbeddings, int embeddingDim, int? paddingIdx = null, double? maxNorm = null, double normType = 2, Generator? generator = null, DType? dtype = null)
        : this(EmbeddingTable.Create(numEmbeddings, embeddingDim, paddingIdx, generator, dtype, nameof(Embedding)), paddingIdx, maxNorm, normType)
    {
    }

    private Embedding(Parameter table, int? paddingIdx, double? maxNorm, double normType)
        => (Weight, this.paddingIdx, this.maxNorm, this.normType) = (table, paddingIdx, EmbeddingTable.CheckNorm(maxNorm), normType);

    /// <summary>The table: [numEmbeddings, embeddingDim].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => $"numEmbeddings: {Weight.Shape[0]}, embeddingDim: {Weight.Shape[1]}" + (paddingIdx is null ? "" : $", paddingIdx: {paddingIdx}") + EmbeddingTable.Describe(maxNorm);

    /// <summary>A layer with a given table.</summary>
    /// <param name="embeddings">The table: [numEmbeddings, embeddingDim].</param>
    /// <param name="freeze">Whether it is not learned further.</param>
    /// <param name="paddingIdx">The number of a row that receives no gradient.</param>
    /// <param name="maxNorm">The greatest norm of a row that is read; left out, any.</param>
    /// <param name="normType">The order of that norm.</param>
    /// <exception cref="ShapeException">The table is no matrix.</exception>
    public static Embedding FromPretrained(Tensor embeddings, bool freeze = true, int? paddingIdx = null, double? maxNorm = null, double normType = 2)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return embeddings.Rank == 2
            ? new Embedding(new Parameter(embeddings) { IsFrozen = freeze }, paddingIdx, maxNorm, normType)
            : throw new ShapeException($"Embedding.FromPretrained: the table has shape {embeddings.Shape}; it must be a matrix, [rows, coordinates].");
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        EmbeddingTable.Limit(Weight, x, maxNorm, normType);
        return Tensor.Embedding(x, Weight, paddingIdx);
    }
}

/// <summary>For each bag of numbers the mean, the sum or the maximum of the rows of a learned table that they name; 0 for an empty bag. The output is [bags, embeddingDim].</summary>
public sealed class EmbeddingBag : Module<(Tensor Input, Tensor? Offsets, Tensor? PerSampleWeights), Tensor>
{
    private readonly bool includeLastOffset;
    private readonly BagMode mode;
    private readonly int? paddingIdx;
    private readonly double? maxNorm;
    private readonly double normType;

    /// <summary>A table of random rows.</summary>
    /// <param name="numEmbeddings">The number of rows; above 0.</param>
    /// <param name="embeddingDim">The length of a row; above 0.</param>
    /// <param name="maxNorm">The greatest norm of a row: rows that are longer are shortened in the table before they are read. Left out, any length will do.</param>
    /// <param name="normType">The order of that norm.</param>
    /// <param name="mode">What a bag becomes.</param>
    /// <param name="includeLastOffset">Whether the last offset is the end of the last bag rather than the beginning of one.</param>
    /// <param name="paddingIdx">The number of a row that does not count.</param>
    /// <param name="generator">Where the rows come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0, or there is no such row.</exception>
    public EmbeddingBag(
        int numEmbeddings, int embeddingDim, double? maxNorm = null, double normType = 2, BagMode mode = BagMode.Mean, bool includeLastOffset = false, int? paddingIdx = null,
        Generator? generator = null, DType? dtype = null)
    {
        Weight = EmbeddingTable.Create(numEmbeddings, embeddingDim, paddingIdx, generator, dtype, nameof(EmbeddingBag));
        (this.mode, this.includeLastOffset, this.paddingIdx) = (mode, includeLastOffset, paddingIdx);
        (this.maxNorm, this.normType) = (EmbeddingTable.CheckNorm(maxNorm), normType);
    }

    /// <summary>The table: [numEmbeddings, embeddingDim].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => $"numEmbeddings: {Weight.Shape[0]}, embeddingDim: {Weight.Shape[1]}, mode: {mode}" + (paddingIdx is null ? "" : $", paddingIdx: {paddingIdx}") + EmbeddingTable.Describe(maxNorm);

    /// <summary>The bags' rows.</summary>
    /// <param name="input">Numbers of rows, Int64: [B, n], a bag a row, or a vector of all bags one after the other.</param>
    /// <param name="offsets">Of a vector, where each bag begins: Int64, [B], the first 0.</param>
    /// <param name="perSampleWeights">A factor for each number, of the input's shape; for sums only.</param>
    public Tensor Forward(Tensor input, Tensor? offsets = null, Tensor? perSampleWeights = null) => Forward((input, offsets, perSampleWeights));

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Input, Tensor? Offsets, Tensor? PerSampleWeights) input)
    {
        EmbeddingTable.Limit(Weight, input.Input, maxNorm, normType);
        return Tensor.EmbeddingBag(input.Input, Weight, input.Offsets, mode, input.PerSampleWeights, includeLastOffset, paddingIdx);
    }
}
