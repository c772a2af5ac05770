using System.Diagnostics;

namespace Autograd.Autodiff;

/// <summary>A differentiable operation: how its result is computed, and how a gradient passes back through it.
/// The object is the tape entry itself. Shapes, dtypes and errors are settled in the constructor, at the caller's line.</summary>
[DebuggerDisplay("{Name} {Shape}")]
internal abstract class Operation(DType dtype) : Node(dtype)
{
    private Tensor? output;

    /// <summary>The name in messages and pictures of the tape: the class's without its ending "Op".</summary>
    public virtual string Name => NameOf(GetType());

    /// <summary>Whether the record has been used and released.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>The number of inputs.</summary>
    public abstract int InputCount { get; }

    /// <summary>The values that the gradient rule reads; it may depend on which inputs need a gradient (<see cref="Needs"/>).</summary>
    public virtual Reads Reads => Reads.Nothing;

    /// <summary>Whether a gradient can pass at all; an operation whose result is piecewise constant says no and is never recorded.</summary>
    public virtual bool IsDifferentiable => DType.IsFloatingPoint;

    /// <summary>What the rule reads beside inputs and result, such as factors that were computed on the way; null if nothing.</summary>
    public virtual Tensor? Workings => null;

    /// <summary>The result, if the tape keeps it; null if not.</summary>
    public Tensor? KeptResult => output;

    /// <summary>The result, for the gradient rule.</summary>
    protected Tensor Y => output ?? throw NotKept(nameof(Y), nameof(Reads.Output));

    /// <summary>The input at <paramref name="index"/>, by reference.</summary>
    public abstract ref Operand Input(int index);

    /// <summary>Computes the result and, where recording is on and an input needs a gradient, enters the operation on the tape.</summary>
    public Tensor Apply()
    {
        if (BatchLevel.Any && BatchLevel.TryApply(this) is { } examples)
        {
            return examples;
        }

        var y = Compute();
        Debug.Assert(y.Shape == Shape && y.DType == DType, "An operation announced another result than it computed.");
        if (WillBeRecorded)
        {
            Record(y);
        }
        else
        {
            for (var i = 0; i < InputCount; i++)
            {
                Input(i).Drop();
            }
        }

        // The kernels hold nothing but spans: this is the one place that keeps the owners of their memory alive until they are done.
        GC.KeepAlive(this);
        return y;
    }

    /// <summary>Passes <paramref name="grad"/>, the gradient of the result, on: <paramref name="gradients"/>[i] receives input i's term.
    /// A term may have the shape of the result where the input was broadcast: the engine sums it to the input's shape.</summary>
    public abstract void Vjp(Tensor grad, Span<Tensor?> gradients);

    /// <summary>The batching rule: the results for all examples of a batch at once, along a new first dimension. At least one input has another value for each example.</summary>
    public virtual Tensor Batch(BatchInputs x) => throw new BatchingException(
        $"Vmap: {Name} has no batching rule, so that it cannot be applied to all examples at once. Write the function for a whole batch, or loop over the examples.");

    /// <summary>Drops every value and link.</summary>
    public void Release()
    {
        IsReleased = true;
        output = null;
        for (var i = 0; i < InputCount; i++)
        {
            Input(i).Release();
        }
    }

    /// <summary>The same operation on other inputs of the same types and shapes, not applied yet.</summary>
    public Operation On(ReadOnlySpan<Tensor> inputs) => On(inputs, Shape);

    /// <summary>The same operation on other inputs of the same types, with a result of another shape; not applied yet.</summary>
    protected Operation On(ReadOnlySpan<Tensor> inputs, Shape shape)
    {
        var copy = (Operation)MemberwiseClone();
        (copy.IsReleased, copy.output, copy.Shape) = (false, null, shape);
        copy.Unshare();
        for (var i = 0; i < inputs.Length; i++)
        {
            copy.Input(i) = new Operand(inputs[i]);
        }

        return copy;
    }

    internal static string NameOf(Type operation)
    {
        var name = operation.Name;
        return name.EndsWith("Op", StringComparison.Ordinal) ? name[..^2] : name;
    }

    /// <summary>Evaluates the result.</summary>
    protected abstract Tensor Compute();

    /// <summary>Of a copy for other inputs: forgets what was computed from the former ones, and gets an array of operands of its own.</summary>
    protected virtual void Unshare()
    {
    }

    /// <summary>What the rule of a product reads: each factor if the other needs a gradient.</summary>
    protected Reads OtherFactor => (Needs(1) ? Reads.First : Reads.Nothing) | (Needs(0) ? Reads.Second : Reads.Nothing);

    /// <summary>While computing: whether the operation will be entered on the tape.</summary>
    protected bool WillBeRecorded => GradMode.IsEnabled && IsDifferentiable && AnyInputNeedsGradient();

    /// <summary>Whether input <paramref name="index"/> takes part in differentiation.</summary>
    protected bool Needs(int index) => Input(index).Source is not null;

    /// <summary>The value of input <paramref name="index"/> for computing and for the gradient rule.</summary>
    protected Tensor ValueOf(int index) => Input(index).Value ?? throw NotKept($"input {index}", nameof(Reads));

    private static Reads KeepFlag(int index) => index switch
    {
        0 => Reads.First,
        1 => Reads.Second,
        _ => Reads.Third,
    };

    private void Record(Tensor y)
    {
        for (var i = 0; i < InputCount; i++)
        {
            Input(i).Link();
        }

        if (RecordingObserver.Any)
        {
            RecordingObserver.Notify(this, y);
        }

        var reads = Reads;
        for (var i = 0; i < InputCount; i++)
        {
            if ((reads & KeepFlag(i)) == Reads.Nothing)
            {
                Input(i).Drop();
            }
            else
            {
                Input(i).Value!.Pending?.MarkSaved();
            }
        }

        y.Node = this;
        if ((reads & Reads.Output) != Reads.Nothing)
        {
            output = y;
            y.Pending?.MarkSaved();
        }
    }

    private bool AnyInputNeedsGradient()
    {
        for (var i = 0; i < InputCount; i++)
        {
            if (Input(i).Value!.Node is not null)
            {
                return true;
            }
        }

        return false;
    }

    private InvalidOperationException NotKept(string what, string flag) => new(
        IsReleased
            ? $"{Name}: the record was used by a backward pass and released."
            : $"{Name}: its gradient rule reads {what}, but the operation does not declare so (override Reads and include {flag}).");
}
