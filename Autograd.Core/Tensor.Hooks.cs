namespace Autograd;

public partial class Tensor
{
    /// <summary>Whether <see cref="RetainGrad"/> has been called on this intermediate.</summary>
    public bool RetainsGrad => Current.node is Operation entry && GradientHooks.Of(entry)?.Retained is not null;

    /// <summary>Has a function called with the gradient of this tensor in every backward pass, as soon as it is complete and before it is passed on.</summary>
    /// <param name="hook">Sees the gradient, and returns another one of its shape and type to use in its place, or null to leave it. Several hooks run in the order in which they were added.
    /// With <c>createGraph: true</c> what it computes is recorded, too.</param>
    /// <returns>Takes the hook away when disposed.</returns>
    /// <remarks>A hook on a <see cref="Parameter"/> stays through <see cref="Variable.Assign"/>, until the parameter is frozen or converted.</remarks>
    /// <exception cref="GradientException">The tensor takes no part in differentiation.</exception>
    /// <example><code>using (y.RegisterHook(gradient => gradient.Clamp(-1, 1)))
    /// {
    ///     y.Backward();
    /// }</code></example>
    public IDisposable RegisterHook(Func<Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return GradientHooks.Add(EntryFor(nameof(RegisterHook)), hook);
    }

    /// <summary>Has a function called with the gradient of this tensor in every backward pass, as soon as it is complete and before it is passed on.</summary>
    /// <param name="observer">Sees the gradient.</param>
    /// <returns>Takes the hook away when disposed.</returns>
    /// <exception cref="GradientException">The tensor takes no part in differentiation.</exception>
    public IDisposable RegisterHook(Action<Tensor> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return RegisterHook(gradient =>
        {
            observer(gradient);
            return null;
        });
    }

    /// <summary>Keeps the gradient of this intermediate result in <see cref="Grad"/>, as on a leaf: backward passes add to it, <see cref="ZeroGrad"/> clears it. A leaf keeps its gradient anyway.</summary>
    /// <exception cref="GradientException">The tensor takes no part in differentiation.</exception>
    /// <example><code>y.RetainGrad();
    /// y.Backward();
    /// var one = y.Grad;</code></example>
    public void RetainGrad()
    {
        if (EntryFor(nameof(RetainGrad)) is Operation entry)
        {
            GradientHooks.Retain(entry);
        }
    }

    private Node EntryFor(string operation) => Current.node ?? throw new GradientException(
        $"{operation}: this tensor of shape {Shape} takes no part in differentiation, so it has no gradient. Make it with requiresGrad: true, or compute it from a tensor that was, outside Grad.Disabled().");
}
