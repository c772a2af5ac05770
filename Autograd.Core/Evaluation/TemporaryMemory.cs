namespace Autograd.Evaluation;

/// <summary>The memory of tensors that one backward pass makes. All of it but the results is dead when the pass ends, and goes back to the pool at once instead of waiting for the garbage collector.</summary>
/// <remarks>A tensor belongs to the pass in which its operation was applied, on whatever occasion it is evaluated: a forward value that the pass computes and stores is not temporary.</remarks>
internal sealed class TemporaryMemory
{
    [ThreadStatic]
    private static TemporaryMemory? current;

    private readonly List<Storage> owners = [];
    private readonly TemporaryMemory? outer;

    private TemporaryMemory(TemporaryMemory? outer) => this.outer = outer;

    /// <summary>The pass that runs on this thread; null if none does.</summary>
    public static TemporaryMemory? Current => current;

    /// <summary>Whether code outside the engine may have seen a tensor of the pass and kept it; then nothing is released.</summary>
    public bool HasEscaped { get; set; }

    /// <summary>Begins a pass on this thread.</summary>
    public static TemporaryMemory Begin() => current = new TemporaryMemory(current);

    /// <summary>Makes allocations on this thread count for another pass, or for none.</summary>
    public static TemporaryMemory? Replace(TemporaryMemory? scope)
    {
        var before = current;
        current = scope;
        return before;
    }

    public void Add(Storage owner) => owners.Add(owner);

    /// <summary>Ends the pass without releasing anything yet.</summary>
    public void End() => current = outer;

    /// <summary>Releases all but the memory of the results.</summary>
    public void ReleaseAllBut(IEnumerable<Tensor> results)
    {
        if (HasEscaped)
        {
            return;
        }

        var kept = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var result in results)
        {
            kept.Add(result.Owner);
        }

        foreach (var owner in owners)
        {
            if (!kept.Contains(owner))
            {
                owner.Release();
            }
        }
    }
}
