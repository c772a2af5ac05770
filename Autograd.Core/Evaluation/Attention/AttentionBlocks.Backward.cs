using System.Buffers;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <content>The gradients. Weights are computed again from the scores and the logarithms of the sums: P = exp(S − log Σ exp S).</content>
internal readonly partial struct AttentionBlocks<T>
{
    /// <summary>The gradients with respect to Q, K and V, given the result, its logarithms of sums, and the gradient with respect to the result.</summary>
    public (Tensor Query, Tensor Key, Tensor Value) Backward(Tensor y, Tensor logSums, Tensor grad)
    {
        grad = grad.RowMajor();
        var (dq, dk, dv) = (Allocate.Zeros(query.Shape, query.DType), Allocate.Zeros(key.Shape, key.DType), Allocate.Zeros(value.Shape, value.DType));
        if (queries > 0 && keys > 0)
        {
            Workers.Do(batches, new EachBatch(this, y, logSums, grad, dq, dk, dv));
        }

        GC.KeepAlive((query, key, value, mask));
        GC.KeepAlive((y, logSums, grad));
        return (dq, dk, dv);
    }

    /// <summary>The gradients of one batch, whose keys and queries meet block by block.</summary>
    private readonly struct EachBatch(AttentionBlocks<T> all, Tensor y, Tensor logSums, Tensor grad, Tensor dq, Tensor dk, Tensor dv) : IWork
    {
        private const int Block = QueryBlock * KeyBlock;

        public void Do(int batch)
        {
            var rented = ArrayPool<T>.Shared.Rent((2 * Block) + all.queries);
            var means = rented.AsSpan(2 * Block, all.queries);
            Means(batch, means);
            for (var key0 = 0; key0 < all.keys; key0 += KeyBlock)
            {
                for (var query0 = 0; query0 < all.queries; query0 += QueryBlock)
                {
                    var rows = Math.Min(QueryBlock, all.queries - query0);
                    var columns = Math.Min(KeyBlock, all.KeysFor(query0 + rows) - key0);
                    if (columns > 0)
                    {
                        Meet(batch, query0, rows, key0, columns, rented.AsSpan(0, rows * columns), rented.AsSpan(Block, rows * columns), means);
                    }
                }
            }

            ArrayPool<T>.Shared.Return(rented);
        }

        /// <summary>Σ dP∘P of each query, which is dy·y.</summary>
        private void Means(int batch, Span<T> means)
        {
            var product = new T[all.depth];
            for (var i = 0; i < means.Length; i++)
            {
                var row = ((batch * all.queries) + i) * all.depth;
                Pairwise.Map<Product, T>(y.Elements<T>().Slice(row, all.depth), grad.Elements<T>().Slice(row, all.depth), product);
                means[i] = Folding.Sum<T>(product);
            }
        }

        private void Meet(int batch, int query0, int rows, int key0, int columns, Span<T> weights, Span<T> scores, ReadOnlySpan<T> means)
        {
            var blockWeights = new Matrix<T>(ref weights[0], new(rows, columns), new(columns, 1));
            var blockScores = new Matrix<T>(ref scores[0], new(rows, columns), new(columns, 1));
            var blockGrad = MatrixOf(grad, batch).Block(query0, rows, 0, all.depth);
            all.Scores(batch, query0, rows, key0, columns, weights);
            for (var i = 0; i < rows; i++)
            {
                Weigh(weights.Slice(i * columns, columns), logSums.Elements<T>()[(batch * all.queries) + query0 + i]);
            }

            // dP = dY Vᵀ, then dS = factor·P∘(dP − Σ dP∘P).
            MatrixProduct.Multiply(blockGrad, MatrixOf(all.value, batch).Block(key0, columns, 0, all.depth).Transposed, blockScores);
            for (var i = 0; i < rows; i++)
            {
                var row = scores.Slice(i * columns, columns);
                Pairwise.Map<Difference, T>(row, means[query0 + i], row);
            }

            Pairwise.Map<Product, T>(scores, weights, scores);
            Pairwise.Map<Product, T>(scores, all.factor, scores);
            MatrixProduct.Multiply(blockWeights.Transposed, blockGrad, MatrixOf(dv, batch).Block(key0, columns, 0, all.depth), add: true);
            MatrixProduct.Multiply(blockScores, MatrixOf(all.key, batch).Block(key0, columns, 0, all.width), MatrixOf(dq, batch).Block(query0, rows, 0, all.width), add: true);
            MatrixProduct.Multiply(blockScores.Transposed, MatrixOf(all.query, batch).Block(query0, rows, 0, all.width), MatrixOf(dk, batch).Block(key0, columns, 0, all.width), add: true);
        }

        /// <summary>Turns scores into weights; zeros for a query that may look nowhere.</summary>
        private static void Weigh(Span<T> scores, T logSum)
        {
            if (T.IsNegativeInfinity(logSum))
            {
                scores.Clear();
                return;
            }

            Pairwise.Map<Difference, T>(scores, logSum, scores);
            VectorMath.Exp<T>(scores, scores);
        }
    }
}
