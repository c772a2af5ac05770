namespace Autograd;

public partial class Tensor
{
    /// <summary>Computes the values now if they are still pending. Reading them does the same; this is for measuring time.</summary>
    /// <returns>The tensor itself.</returns>
    public Tensor Evaluate()
    {
        var source = Current.Stored;
        if (source.Pending is not null)
        {
            Region.Evaluate([source]);
        }

        return this;
    }

    /// <summary>Gives the memory back to the pool now. The caller knows that nothing else refers to it, and that nobody will read this tensor again.</summary>
    internal void Release() => (Owner as Storage)?.Release();

    /// <summary>Computes the values of several tensors now, where possible in the memory of others that nobody else will read again.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="donors">One for each; null for none.</param>
    internal static void EvaluateInPlaceOf(ReadOnlySpan<Tensor> tensors, ReadOnlySpan<Tensor?> donors)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.Pending is null || tensor.ElementCount != tensors[0].ElementCount)
            {
                Evaluate(tensors);
                return;
            }
        }

        Region.Evaluate(tensors, donors);
    }

    /// <summary>Computes the values of several tensors now; those of one size in one pass over memory.</summary>
    /// <param name="tensors">The tensors.</param>
    public static void Evaluate(params ReadOnlySpan<Tensor> tensors)
    {
        var pending = new List<Tensor>();
        foreach (var tensor in tensors)
        {
            pending.Add(tensor.Current.Stored);
        }

        Region.EvaluateAll(pending);
    }
}
