namespace Autograd.Autodiff;

/// <summary>One input of an operation: its value while that is needed, and the tape entry that its gradient flows to.</summary>
internal struct Operand
{
    private Tensor? value;

    /// <summary>Captures the value that <paramref name="tensor"/> has now (a variable may get another one later).</summary>
    public Operand(Tensor tensor) => value = tensor.Held;

    /// <summary>Captures the value as elements of type <paramref name="dtype"/>.</summary>
    public Operand(Tensor tensor, DType dtype)
        : this(tensor.DType == dtype ? tensor : tensor.To(dtype))
    {
    }

    /// <summary>Where the gradient goes; null when the input needs none, or before the operation is recorded.</summary>
    public Node? Source { get; private set; }

    /// <summary>The value; null once dropped because no gradient rule reads it.</summary>
    public readonly Tensor? Value => value;

    /// <summary>Links the tape.</summary>
    public void Link() => Source = value!.Node;

    /// <summary>Lets the value go: it has been used, and no rule reads it.</summary>
    public void Drop()
    {
        Tensor.LetGo(value);
        value = null;
    }

    /// <summary>Forgets everything: the record has been used.</summary>
    public void Release()
    {
        Drop();
        Source = null;
    }
}
