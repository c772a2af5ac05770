using System.Runtime.CompilerServices;

namespace Autograd.Autodiff;

/// <summary>What is to be done with the gradient of one entry of the tape when it is complete, before it is passed on. Entries without hooks know nothing of this.</summary>
internal sealed class GradientHooks
{
    private static readonly ConditionalWeakTable<Node, GradientHooks> All = [];
    private static bool any;

    private Func<Tensor, Tensor?>[] hooks = [];

    /// <summary>Whether there has ever been a hook: until then a backward pass looks for none.</summary>
    public static bool Any => Volatile.Read(ref any);

    /// <summary>Collects the gradients of an intermediate as a leaf does, once somebody has asked for it.</summary>
    public Leaf? Retained { get; private set; }

    /// <summary>The hooks of an entry; null if it has none.</summary>
    public static GradientHooks? Of(Node entry) => Any && All.TryGetValue(entry, out var hooks) ? hooks : null;

    /// <summary>Adds a hook behind those that the entry has.</summary>
    /// <returns>Takes the hook away when disposed.</returns>
    public static IDisposable Add(Node entry, Func<Tensor, Tensor?> hook)
    {
        var hooks = Ensure(entry);
        lock (hooks)
        {
            Volatile.Write(ref hooks.hooks, [.. hooks.hooks, hook]);
        }

        return new Handle(hooks, hook);
    }

    /// <summary>Lets the entry collect its gradients.</summary>
    public static void Retain(Node entry)
    {
        var hooks = Ensure(entry);
        lock (hooks)
        {
            hooks.Retained ??= new Leaf(entry.Shape, entry.DType);
        }
    }

    /// <summary>The gradient after all hooks, in the order in which they were added.</summary>
    public Tensor Apply(Tensor gradient)
    {
        var current = Volatile.Read(ref hooks);
        foreach (var hook in current)
        {
            // Where the pass is not recorded, a hook sees constants, and what it returns becomes one; it may keep whatever it sees.
            TemporaryMemory.Current?.HasEscaped = true;
            if (hook(gradient) is { } replacement)
            {
                gradient = Checked(GradMode.IsEnabled ? replacement.Captured : replacement.Detach(), gradient);
            }
        }

        return gradient;
    }

    private static Tensor Checked(Tensor replacement, Tensor gradient)
    {
        if (replacement.Shape != gradient.Shape)
        {
            throw new ShapeException($"A gradient hook returned shape {replacement.Shape} in place of a gradient of shape {gradient.Shape}; they must be equal. Return null to leave the gradient as it is.");
        }

        return replacement.DType == gradient.DType
            ? replacement
            : throw new DTypeException($"A gradient hook returned {replacement.DType} in place of a gradient of type {gradient.DType}. Convert it: result.To(DType.{gradient.DType}).");
    }

    private static GradientHooks Ensure(Node entry)
    {
        Volatile.Write(ref any, true);
        return All.GetOrCreateValue(entry);
    }

    private void Remove(Func<Tensor, Tensor?> hook)
    {
        lock (this)
        {
            var index = Array.IndexOf(hooks, hook);
            Volatile.Write(ref hooks, [.. hooks[..index], .. hooks[(index + 1)..]]);
        }
    }

    private sealed class Handle(GradientHooks owner, Func<Tensor, Tensor?> hook) : IDisposable
    {
        private int closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0)
            {
                owner.Remove(hook);
            }
        }
    }
}
