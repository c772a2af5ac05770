namespace Autograd.Autodiff;

/// <summary>The end of the tape at a parameter, or at a tensor made with <c>requiresGrad: true</c>: gradients accumulate here.</summary>
internal sealed class Leaf : Node
{
    private Tensor? gradient;

    public Leaf(Shape shape, DType dtype)
        : base(dtype)
        => Shape = shape;

    /// <summary>Whether the leaf is a parameter's.</summary>
    public bool IsParameter { get; init; }

    /// <summary>The name of the parameter: the one it was given, or its path in the model that was traced last.</summary>
    public string? Label { get; set; }

    /// <summary>The sum of all gradients that arrived since it was last cleared; null if none has.</summary>
    public Tensor? Gradient
    {
        get => Volatile.Read(ref gradient);
        set => Volatile.Write(ref gradient, value);
    }

    /// <summary>Adds <paramref name="term"/>; several backward passes may do so at once and none is lost.</summary>
    public void Accumulate(Tensor term)
    {
        while (true)
        {
            var before = Volatile.Read(ref gradient);
            var after = before is null ? term : (before + term).Evaluate();
            if (ReferenceEquals(Interlocked.CompareExchange(ref gradient, after, before), before))
            {
                return;
            }
        }
    }
}
