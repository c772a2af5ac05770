namespace Autograd.Evaluation;

/// <summary>What a tensor is before it has values: an elementwise operation and the inputs that it will be computed from. The tensor alone refers to it: when the tensor dies unread, so does this.</summary>
internal sealed class Pending
{
    private Pending() => (Operation, A) = (null!, null!);

    private Pending(Elementwise operation)
    {
        Operation = operation;
        A = Read(operation, 0);
        B = operation.InputCount > 1 ? Read(operation, 1) : null;
        C = operation.InputCount > 2 ? Read(operation, 2) : null;
        Scope = TemporaryMemory.Current;
    }

    /// <summary>What a tensor has that never gets values of its own: whoever asks for them is told why (<see cref="BatchedTensor"/>).</summary>
    public static Pending Unreadable { get; } = new();

    public Elementwise Operation { get; }

    public Tensor A { get; }

    public Tensor? B { get; }

    public Tensor? C { get; }

    /// <summary>The backward pass that the operation belongs to; null if none.</summary>
    public TemporaryMemory? Scope { get; }

    /// <summary>The number of operations that evaluation would run, this one included; an upper bound.</summary>
    public int Size { get; set; }

    /// <summary>What evaluation would cost an element, in units of one addition.</summary>
    public int Cost { get; set; }

    /// <summary>Whether a gradient rule reads the value, so that it may pay to store it.</summary>
    public bool IsSaved { get; private set; }

    /// <summary>An operation that joins the pending chains of its inputs. Inputs of another size are evaluated now, since a chain has one size; so are all if the chain would be too long.</summary>
    public static Pending Join(Elementwise operation)
    {
        var pending = new Pending(operation);
        if (!pending.TryJoin(Region.EstimateSize(pending)) && !pending.TryJoin(Region.CountOperations(pending)))
        {
            Region.EvaluateInputs(pending);
            pending.TryJoin(1);
        }

        pending.Cost = Math.Min(Region.EstimateCost(pending), int.MaxValue / 4);
        return pending;
    }

    public void MarkSaved() => IsSaved = true;

    /// <summary>Says that the values are there, so that the inputs need not be read any more.</summary>
    public void LetGo()
    {
        Tensor.LetGo(A);
        Tensor.LetGo(B);
        Tensor.LetGo(C);
    }

    private static Tensor Read(Elementwise operation, int input)
    {
        var value = operation.Input(input).Value!.Held;
        return value is BatchedTensor ? throw BatchingException.Unreadable(value) : value;
    }

    private bool TryJoin(int size)
    {
        Size = size;
        return size <= Fusion.LargestRegion;
    }
}
