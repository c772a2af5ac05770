using System.Runtime.CompilerServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <content>The gradients, from the last step to the first.</content>
internal readonly partial struct RecurrentSteps<TCell, T>
{
    /// <summary>The gradients with respect to the sums of all steps, [L, N, 4·size], and to the first state, given the result, the workings, and the gradient with respect to the result.</summary>
    public (Tensor Sums, Tensor State) Backward(Tensor y, Tensor workings, Tensor grad)
    {
        grad = grad.RowMajor();
        var sums = Allocate.Tensor(Shape.Create([steps, rows, Sums]), x.DType);
        var gradState = Allocate.Zeros(state.Shape, x.DType);
        var weights = new Panels<T>(TCell.Gates * size, size, x.DType);
        weights.Write(RowsOf(recurrent, 0, TCell.Gates, size), 0, 0);
        var rowsPerPiece = RowsPerPiece;
        Workers.Do((rows + rowsPerPiece - 1) / rowsPerPiece, new BackwardRows(this, weights, y, workings, grad, sums, gradState, rowsPerPiece));
        weights.Release();
        KeepInputsAlive();
        GC.KeepAlive((y, workings, grad));
        return (sums, gradState);
    }

    /// <summary>Some rows, back through all steps. The gradients with respect to the states before each step take the place of those after it.</summary>
    private readonly struct BackwardRows(
        RecurrentSteps<TCell, T> all, Panels<T> weights, Tensor y, Tensor workings, Tensor grad, Tensor gradSums, Tensor gradState, int rowsPerPiece) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            var row0 = index * rowsPerPiece;
            var end = Math.Min(row0 + rowsPerPiece, all.rows);
            var size = all.size;
            for (var row = row0; TCell.Parts > 1 && row < end; row++)
            {
                all.Row(grad, all.steps, row, size).CopyTo(all.Row(gradState, 1, row, size));
            }

            for (var k = all.steps - 1; k >= 0; k--)
            {
                var t = all.Step(k);
                for (var row = row0; row < end; row++)
                {
                    var toHidden = all.Row(gradState, 0, row, size);
                    var toSums = all.Row(gradSums, t, row, all.Sums);
                    Pairwise.Map<Sum, T>(toHidden, all.Row(grad, t, row, size), toHidden);
                    if (all.Runs(row, t))
                    {
                        var hidden = k == 0 ? all.Row(all.state, 0, row, size) : all.Row(y, all.Step(k - 1), row, size);
                        var toCell = TCell.Parts > 1 ? all.Row(gradState, 1, row, size) : default;
                        TCell.Backward(all.Row(workings, t, row, all.Workings), hidden, all.Cell(workings, k, true, row), toHidden, toCell, toSums);
                    }
                    else
                    {
                        toSums.Clear();
                    }
                }

                foreach (var sums in TCell.Products)
                {
                    if (sums.HiddenRow >= 0)
                    {
                        var (first, count) = (sums.First * size, sums.Count * size);
                        MatrixProduct.Multiply(
                            all.Block(gradSums, t, row0, end - row0, all.Sums, first, count),
                            weights.Matrix.Block(sums.HiddenRow * size, count, 0, size),
                            all.Block(gradState, 0, row0, end - row0, size, 0, size),
                            add: true);
                    }
                }
            }
        }
    }
}
