using System.Buffers;
using System.Runtime.CompilerServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>Attention over row-major Q [B, L, E], K [B, S, E] and V [B, S, D], block by block: the scores of some queries and some keys at a time.
/// The blocks depend on the sizes alone, so that the number of threads changes no bit.</summary>
internal readonly partial struct AttentionBlocks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Queries of a block.</summary>
    private const int QueryBlock = 64;

    /// <summary>Keys of a block: the scores of a block stay in the cache.</summary>
    private const int KeyBlock = 128;

    private readonly Tensor query;
    private readonly Tensor key;
    private readonly Tensor value;
    private readonly AttentionMask? mask;
    private readonly bool isCausal;
    private readonly T factor;
    private readonly int batches;
    private readonly int queries;
    private readonly int width;
    private readonly int keys;
    private readonly int depth;

    /// <summary>The attention of Q to K and V, with numbers added to the factor·Q Kᵀ, or none.</summary>
    public AttentionBlocks(Tensor query, Tensor key, Tensor value, AttentionMask? mask, bool isCausal, double factor)
    {
        (this.query, this.key, this.value) = (query, key, value);
        (this.mask, this.isCausal, this.factor) = (mask, isCausal, T.CreateTruncating(factor));
        (batches, queries, width) = (query.Shape[0], query.Shape[1], query.Shape[2]);
        (keys, depth) = (key.Shape[1], value.Shape[2]);
    }

    /// <summary>The result [B, L, D], and for each query the logarithm of its sum of exponentials [B, L]; −∞ where it may look nowhere.</summary>
    public (Tensor Y, Tensor LogSums) Forward()
    {
        var y = Allocate.Zeros(Shape.Create([batches, queries, depth]), value.DType);
        var logSums = Allocate.Tensor(Shape.Create([batches, queries]), value.DType);
        if (queries > 0)
        {
            Workers.Do(batches * QueryBlocks, new EachQueryBlock(this, y, logSums));
        }

        GC.KeepAlive((query, key, value, mask));
        return (y, logSums);
    }

    private int QueryBlocks => ((queries - 1) / QueryBlock) + 1;

    /// <summary>The keys that queries before <paramref name="queryEnd"/> may look at: the first so many.</summary>
    private int KeysFor(int queryEnd) => isCausal ? Math.Min(keys, queryEnd) : keys;

    private static Matrix<T> MatrixOf(Tensor tensor, int batch)
    {
        var (rows, columns) = (tensor.Shape[1], tensor.Shape[2]);
        return new(ref Unsafe.Add(ref tensor.Elements<T>().GetPinnableReference(), (nint)batch * rows * columns), new(rows, columns), new(columns, 1));
    }

    /// <summary>factor·Q Kᵀ + mask for a block of queries and one of keys; −∞ for keys that a query may not look at.</summary>
    private void Scores(int batch, int query0, int rows, int key0, int columns, Span<T> scores)
    {
        MatrixProduct.Multiply(
            MatrixOf(query, batch).Block(query0, rows, 0, width),
            MatrixOf(key, batch).Block(key0, columns, 0, width).Transposed,
            new Matrix<T>(ref scores[0], new(rows, columns), new(columns, 1)));
        Pairwise.Map<Product, T>(scores, factor, scores);
        for (var i = 0; i < rows; i++)
        {
            var row = scores.Slice(i * columns, columns);
            if (mask is not null)
            {
                Pairwise.Map<Sum, T>(row, mask.Row<T>(batch, query0 + i).Slice(key0, columns), row);
            }

            if (isCausal && query0 + i + 1 - key0 is var seen && seen < columns)
            {
                row[Math.Max(0, seen)..].Fill(T.NegativeInfinity);
            }
        }
    }

    /// <summary>The results of one block of queries, from all keys.</summary>
    private readonly struct EachQueryBlock(AttentionBlocks<T> all, Tensor y, Tensor logSums) : IWork
    {
        public void Do(int index)
        {
            var (batch, block) = Math.DivRem(index, all.QueryBlocks);
            var query0 = block * QueryBlock;
            var rows = Math.Min(QueryBlock, all.queries - query0);
            var rented = ArrayPool<T>.Shared.Rent((QueryBlock * KeyBlock) + (2 * QueryBlock));
            var greatest = rented.AsSpan(0, rows);
            var sums = rented.AsSpan(QueryBlock, rows);
            greatest.Fill(T.NegativeInfinity);
            sums.Clear();
            var seen = all.KeysFor(query0 + rows);
            for (var key0 = 0; key0 < seen; key0 += KeyBlock)
            {
                var columns = Math.Min(KeyBlock, seen - key0);
                var scores = rented.AsSpan(2 * QueryBlock, rows * columns);
                all.Scores(batch, query0, rows, key0, columns, scores);
                for (var i = 0; i < rows; i++)
                {
                    Include(scores.Slice(i * columns, columns), ref greatest[i], ref sums[i], ResultOf(batch, query0 + i));
                }

                if (all.depth > 0)
                {
                    MatrixProduct.Multiply(
                        new Matrix<T>(ref scores[0], new(rows, columns), new(columns, 1)),
                        MatrixOf(all.value, batch).Block(key0, columns, 0, all.depth),
                        MatrixOf(y, batch).Block(query0, rows, 0, all.depth),
                        add: true);
                }
            }

            for (var i = 0; i < rows; i++)
            {
                var result = ResultOf(batch, query0 + i);
                Pairwise.Map<Product, T>(result, T.IsZero(sums[i]) ? T.Zero : T.One / sums[i], result);
                logSums.Elements<T>()[(batch * all.queries) + query0 + i] = greatest[i] + T.Log(sums[i]);
            }

            ArrayPool<T>.Shared.Return(rented);
        }

        private Span<T> ResultOf(int batch, int query) => y.Elements<T>().Slice(((batch * all.queries) + query) * all.depth, all.depth);

        /// <summary>Turns scores into exponentials beside the greatest score so far. If that has grown, what was summed up before shrinks.</summary>
        private static void Include(Span<T> scores, ref T greatest, ref T sum, Span<T> result)
        {
            var next = T.Max(greatest, Folding.Max<T>(scores));
            if (T.IsNegativeInfinity(next))
            {
                scores.Clear();
                return;
            }

            if (next != greatest)
            {
                var shrink = T.Exp(greatest - next);
                sum *= shrink;
                Pairwise.Map<Product, T>(result, shrink, result);
                greatest = next;
            }

            Pairwise.Map<Difference, T>(scores, next, scores);
            VectorMath.Exp<T>(scores, scores);
            sum += Folding.Sum<T>(scores);
        }
    }
}
