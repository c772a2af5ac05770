namespace Autograd;

/// <summary>What a model learns: a variable that requires a gradient. <c>parameter.Grad</c> holds what backward passes accumulated,
/// and an optimizer replaces the value: <c>parameter.Assign(parameter - rate * parameter.Grad)</c>.</summary>
public sealed class Parameter : Variable
{
    /// <summary>A parameter that starts with the values of <paramref name="value"/>.</summary>
    /// <param name="value">The first value, Float32 or Float64; it is detached from whatever it was computed from.</param>
    /// <param name="name">A name for messages; a module gives the parameter's path instead.</param>
    /// <exception cref="DTypeException">The values are not floating-point numbers.</exception>
    public Parameter(Tensor value, string? name = null)
        : base(value, name)
    {
        if (!DType.IsFloatingPoint)
        {
            throw new DTypeException($"A Parameter holds Float32 or Float64 numbers, not {DType}: convert the value with To(DType.Float32), or keep it in a TensorBuffer.");
        }

        Relink(NewLeaf(DType));
    }

    /// <summary>Whether the parameter is trained. While frozen it is a constant: uses of it are not recorded and it receives no gradient.</summary>
    public bool IsFrozen
    {
        get => Current.Node is null;
        set
        {
            if (value != IsFrozen)
            {
                Relink(value ? null : NewLeaf(DType));
            }
        }
    }

    private protected override Node? Adopt(Tensor next)
    {
        var entry = Current.Node;
        return entry is null || entry.DType == next.DType ? entry : NewLeaf(next.DType);
    }

    /// <summary>Tells the tape the path of the parameter in its model.</summary>
    internal void NameOnTape(string path) => (Current.Node as Leaf)?.Label = path;

    private Leaf NewLeaf(DType dtype) => new(Shape, dtype) { IsParameter = true, Label = Name };
}
