namespace Autograd.GradientChecking;

/// <summary>Has variables use other values for a while; they are given back when it is disposed.</summary>
internal sealed class BorrowedValues : IDisposable
{
    private readonly Variable[] variables;
    private readonly Tensor[] originals;

    public BorrowedValues(IEnumerable<Variable> variables)
    {
        this.variables = [.. variables];
        originals = Array.ConvertAll(this.variables, variable => variable.Captured);
    }

    /// <summary>The variables' own values, as constants.</summary>
    public Tensor[] Originals => Array.ConvertAll(originals, value => value.Detach());

    /// <summary>Lends the variables some values, tape and all.</summary>
    public void Use(ReadOnlySpan<Tensor> values)
    {
        for (var i = 0; i < variables.Length; i++)
        {
            variables[i].Borrow(values[i]);
        }
    }

    public void Dispose() => Use(originals);
}
