using System.Runtime.CompilerServices;
using Autograd.Kernels;

namespace Autograd.Evaluation;

/// <summary>A recurrent cell over all steps of a sequence. The rows of a batch do not meet, so that a thread takes some of them through all steps, and no bit depends on who takes which.
/// Each step is one product: [x, 1, h] meets the weights and biases, which lie in one matrix, copied once to where products read them fastest.</summary>
internal readonly partial struct RecurrentSteps<TCell, T>
    where TCell : struct, IRecurrentCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Floating-point operations that are worth a thread's while.</summary>
    private const long ParallelWork = 2_000_000;

    /// <summary>Rows that a thread takes are a multiple of this.</summary>
    private const int RowGrain = 4;

    private readonly Tensor x;
    private readonly Tensor weight;
    private readonly Tensor recurrent;
    private readonly Tensor bias;
    private readonly Tensor state;
    private readonly bool isReversed;
    private readonly int[]? lengths;
    private readonly int steps;
    private readonly int rows;
    private readonly int inputs;
    private readonly int size;

    /// <summary>x [L, N, inputs], W [gates·size, inputs], U [gates·size, size], b [4·size] and the first state [parts, N, size], from the first step to the last or backwards; each row for so many steps.</summary>
    public RecurrentSteps(Tensor x, Tensor weight, Tensor recurrent, Tensor bias, Tensor state, bool isReversed, int[]? lengths)
    {
        (this.x, this.weight, this.recurrent) = (x.RowMajor(), weight.RowMajor(), recurrent.RowMajor());
        (this.bias, this.state) = (bias.RowMajor(), state.RowMajor());
        (this.isReversed, this.lengths) = (isReversed, lengths);
        (steps, rows, inputs, size) = (x.Shape[0], x.Shape[1], x.Shape[2], state.Shape[2]);
    }

    private int Sums => IRecurrentCell.Sums * size;

    private int Workings => TCell.Workings * size;

    /// <summary>The elements of [x, 1, h].</summary>
    private int Joined => inputs + 1 + size;

    private int RowsPerPiece
    {
        get
        {
            var pieces = (int)Math.Clamp(2L * steps * rows * Joined * Sums / ParallelWork, 1, Threads.Count);
            return Math.Max(1, ((((rows + pieces - 1) / pieces) + RowGrain - 1) / RowGrain) * RowGrain);
        }
    }

    /// <summary>The hidden states after all steps, and behind them the last c if there is one; and, if the gradient will be wanted, what it reads.</summary>
    public (Tensor Y, Tensor? Workings) Forward(bool keeps)
    {
        var y = Allocate.Tensor(Shape.Create([steps + TCell.Parts - 1, rows, size]), x.DType);
        var workings = Allocate.Tensor(Shape.Create([keeps ? steps : Math.Min(steps, 2), rows, Workings]), x.DType);
        var joined = Allocate.Tensor(Shape.Create([rows, Joined]), x.DType);
        var weights = Weights();
        var rowsPerPiece = RowsPerPiece;
        Workers.Do((rows + rowsPerPiece - 1) / rowsPerPiece, new ForwardRows(this, weights, joined, workings, y, rowsPerPiece, keeps));
        weights.Release();
        joined.Release();
        if (!keeps)
        {
            workings.Release();
        }

        KeepInputsAlive();
        return (y, keeps ? workings : null);
    }

    /// <summary>The step that is number <paramref name="k"/> in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Step(int k) => isReversed ? steps - 1 - k : k;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Runs(int row, int step) => lengths is null || step < lengths[row];

    /// <summary>Elements of one row of a row-major [steps, rows, width].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<T> Row(Tensor tensor, int step, int row, int width) => tensor.Elements<T>().Slice(((step * rows) + row) * width, width);

    /// <summary>Some rows and columns of a row-major [steps, rows, width].</summary>
    private Matrix<T> Block(Tensor tensor, int step, int row0, int count, int width, int column, int columns)
        => new(ref Unsafe.Add(ref tensor.Elements<T>().GetPinnableReference(), (((nint)step * rows + row0) * width) + column), new(count, width), new(columns, 1));

    /// <summary>The matrix that [x, 1, h] meets.</summary>
    private Panels<T> Weights()
    {
        var all = new Panels<T>(Joined, Sums, x.DType);
        foreach (var sums in TCell.Products)
        {
            if (sums.ReadsInput)
            {
                all.Write(RowsOf(weight, sums.First, sums.Count, inputs).Transposed, 0, sums.First * size);
            }

            if (sums.HiddenRow >= 0)
            {
                all.Write(RowsOf(recurrent, sums.HiddenRow, sums.Count, size).Transposed, inputs + 1, sums.First * size);
            }
        }

        all.Write(new Matrix<T>(ref bias.Elements<T>().GetPinnableReference(), new(1, 0), new(Sums, 1)), inputs, 0);
        return all;
    }

    /// <summary>Rows of weights, in units of the hidden size.</summary>
    private Matrix<T> RowsOf(Tensor weights, int first, int count, int width)
        => new(ref Unsafe.Add(ref weights.Elements<T>().GetPinnableReference(), (nint)first * size * width), new(count * size, width), new(width, 1));

    private void KeepInputsAlive()
    {
        GC.KeepAlive((x, weight, recurrent));
        GC.KeepAlive((bias, state));
    }

    /// <summary>Some rows, through all steps.</summary>
    private readonly struct ForwardRows(RecurrentSteps<TCell, T> all, Panels<T> weights, Tensor joined, Tensor workings, Tensor y, int rowsPerPiece, bool keeps) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Do(int index)
        {
            var row0 = index * rowsPerPiece;
            var end = Math.Min(row0 + rowsPerPiece, all.rows);
            var size = all.size;
            for (var row = row0; row < end; row++)
            {
                var own = all.Row(joined, 0, row, all.Joined);
                own[all.inputs] = T.One;
                all.Row(all.state, 0, row, size).CopyTo(own[(all.inputs + 1)..]);
            }

            for (var k = 0; k < all.steps; k++)
            {
                var t = all.Step(k);
                var place = keeps ? t : k & 1;
                for (var row = row0; row < end; row++)
                {
                    all.Row(all.x, t, row, all.inputs).CopyTo(all.Row(joined, 0, row, all.Joined));
                }

                Multiply(place, row0, end - row0);
                for (var row = row0; row < end; row++)
                {
                    var own = all.Row(workings, place, row, all.Workings);
                    var next = all.Row(y, t, row, size);
                    var hidden = all.Row(joined, 0, row, all.Joined)[(all.inputs + 1)..];
                    var cell = all.Cell(workings, k, keeps, row);
                    if (all.Runs(row, t))
                    {
                        TCell.Forward(own, hidden, cell, next);
                        next.CopyTo(hidden);
                    }
                    else
                    {
                        hidden.CopyTo(next);
                        cell.CopyTo(own[(TCell.CellPlace * size)..]);
                    }

                    if (TCell.Parts > 1 && k == all.steps - 1)
                    {
                        own.Slice(TCell.CellPlace * size, size).CopyTo(all.Row(y, all.steps, row, size));
                    }
                }
            }
        }

        private void Multiply(int place, int row0, int count)
        {
            foreach (var sums in TCell.Products)
            {
                var first = sums.ReadsInput ? 0 : all.inputs;
                var terms = (sums.HiddenRow >= 0 ? all.Joined : all.inputs + 1) - first;
                MatrixProduct.Multiply(
                    all.Block(joined, 0, row0, count, all.Joined, first, terms),
                    weights.Matrix.Block(first, terms, sums.First * all.size, sums.Count * all.size),
                    all.Block(workings, place, row0, count, all.Workings, sums.First * all.size, sums.Count * all.size));
            }
        }
    }

    /// <summary>c before the step that is number <paramref name="k"/> in turn; empty if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<T> Cell(Tensor workings, int k, bool keeps, int row)
        => TCell.Parts == 1 ? default
            : k == 0 ? Row(state, 1, row, size)
            : Row(workings, keeps ? Step(k - 1) : (k - 1) & 1, row, Workings).Slice(TCell.CellPlace * size, size);
}
