namespace Autograd.Evaluation;

/// <summary>What a tensor is before it has values: an operation and the inputs that it will be computed from. The tensor alone refers to it: when the tensor dies unread, so does this.</summary>
internal sealed class Pending
{
    private Pending() => (Operation, A) = (null!, null!);

    private Pending(TileOperation operation)
    {
        Operation = operation;
        A = Read(operation, 0);
        B = operation.InputCount > 1 ? Read(operation, 1) : null;
        C = operation.InputCount > 2 ? Read(operation, 2) : null;
        Scope = TemporaryMemory.Current;
    }

    /// <summary>What a tensor has that never gets values of its own: whoever asks for them is told why (<see cref="BatchedTensor"/>).</summary>
    public static Pending Unreadable { get; } = new();

    public TileOperation Operation { get; }

    public Tensor A { get; }

    public Tensor? B { get; }

    public Tensor? C { get; }

    /// <summary>The backward pass that the operation belongs to; null if none.</summary>
    public TemporaryMemory? Scope { get; }

    /// <summary>The number of elements of the pass that evaluates it: as many as there are values, or, of one value to the row, as all rows have.</summary>
    public int Count { get; private set; }

    /// <summary>The length of the rows that are reduced in that pass; 0 if none are.</summary>
    public int RowLength { get; private set; }

    /// <summary>Whether there is one value to the row.</summary>
    public bool IsPerRow { get; private set; }

    /// <summary>How the pass must be cut into tiles, if the values are collected from all of them.</summary>
    public TileCut Cut { get; private set; }

    /// <summary>The number of operations that evaluation would run, this one included; an upper bound.</summary>
    public int Size { get; set; }

    /// <summary>What evaluation would cost an element of the pass, in units of one addition.</summary>
    public int Cost { get; set; }

    /// <summary>Whether a gradient rule reads the value, so that it may pay to store it.</summary>
    public bool IsSaved { get; private set; }

    /// <summary>The result of an operation that joins the pending chains of its inputs. Inputs that cannot be computed in one pass with it are evaluated now; so are all if the chain would be too long.</summary>
    public static Tensor Postpone(TileOperation operation)
    {
        var pending = new Pending(operation);
        pending.Join();
        var y = new Tensor(pending);
        if (!Fusion.IsEnabled || (pending.Cut.Together > 0 && y.ElementCount == 1))
        {
            // A single number is what formulas end with: nothing more will join them.
            y.Evaluate();
        }
        else if (operation.RowLength > 0 || pending.Cut.Together > 0)
        {
            PendingReductions.Enter(y);
        }

        return y;
    }

    public void MarkSaved() => IsSaved = true;

    /// <summary>Says that the values are there, so that the inputs need not be read any more.</summary>
    public void LetGo()
    {
        Tensor.LetGo(A);
        Tensor.LetGo(B);
        Tensor.LetGo(C);
    }

    /// <summary>Whether it can be evaluated in a pass over so many elements, in which rows are so long and tiles are cut so.</summary>
    public bool CanJoin(int count, int rowLength, TileCut cut)
        => Count == count
            && (RowLength == rowLength || RowLength == 0 || rowLength == 0)
            && (Cut == cut || Cut.Together == 0 || cut.Together == 0)
            && (Cut.Together == 0 ? cut : Cut).Suits(Math.Max(RowLength, rowLength));

    private static Tensor Read(TileOperation operation, int input)
    {
        var value = operation.Input(input).Value!.Held;
        return value is BatchedTensor ? throw BatchingException.Unreadable(value) : value;
    }

    private void Join()
    {
        ChoosePass();
        if (!TryJoin(Region.EstimateSize(this)) && !TryJoin(Region.CountOperations(this)))
        {
            Region.EvaluateInputs(this);
            ChoosePass();
            TryJoin(1);
        }

        Cost = Math.Min(Region.EstimateCost(this), int.MaxValue / 4);
    }

    private bool TryJoin(int size)
    {
        Size = size;
        return size <= Fusion.LargestRegion;
    }

    /// <summary>Decides in which pass the operation runs, over what elements in what rows: that of the first input that has rows, else one of its own. Inputs of another are evaluated.</summary>
    private void ChoosePass()
    {
        (Count, RowLength, IsPerRow, Cut) = (Operation.InputShape.ElementCount, Operation.RowLength, Operation.RowLength > 0, Operation.Cut);
        var inputs = (ReadOnlySpan<Tensor?>)[A, B, C];
        foreach (var input in inputs)
        {
            if (RowLength == 0 && input?.Pending is { RowLength: > 0, Cut.Together: 0 } pending)
            {
                if (pending.IsPerRow && Cut.Together == 0 && input.ElementCount == Count)
                {
                    (Count, RowLength, IsPerRow) = (pending.Count, pending.RowLength, true);
                }
                else if (pending.Count == Count && Cut.Suits(pending.RowLength))
                {
                    RowLength = pending.RowLength;
                }
            }
        }

        foreach (var input in inputs)
        {
            if (input?.Pending is { } pending && !Suits(input, pending))
            {
                Region.Evaluate([input]);
            }
        }
    }

    /// <summary>Whether an input can be computed in the same pass.</summary>
    private bool Suits(Tensor input, Pending pending)
    {
        if (pending.Count != Count || pending.Cut.Together > 0 || (pending.RowLength != RowLength && pending.RowLength != 0))
        {
            return false;
        }

        return IsPerRow && Operation.RowLength == 0 ? pending.IsPerRow && input.ElementCount == Operation.Shape.ElementCount
            : !pending.IsPerRow || input.Shape.RepeatsInRows(Operation.InputShape, RowLength);
    }
}
