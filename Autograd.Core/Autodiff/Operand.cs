namespace Autograd.Autodiff;

/// <summary>One input of an operation: its value while that is needed, and the tape entry that its gradient flows to.</summary>
internal struct Operand
{
    private Tensor? value;

    /// <summary>Captures the value that <paramref name="tensor"/> has now (a variable may get another one later).</summary>
    public Operand(Tensor tensor) => value = tensor.Captured;

    /// <summary>Where the gradient goes; null when the input needs none, or before the operation is recorded.</summary>
    public Node? Source { get; private set; }

    /// <summary>The value; null once dropped because no gradient rule reads it.</summary>
    public readonly Tensor? Value => value;

    /// <summary>Links the tape.</summary>
    public void Link() => Source = value!.Node;

    /// <summary>Lets the value go: no rule reads it.</summary>
    public void Drop() => value = null;

    /// <summary>Forgets everything: the record has been used.</summary>
    public void Release()
    {
        value = null;
        Source = null;
    }
}
