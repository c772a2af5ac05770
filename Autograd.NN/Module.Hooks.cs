namespace Autograd.NN;

public abstract partial class Module<TInput, TOutput>
{
    private ForwardHooks<TInput, TOutput>? hooks;

    /// <summary>Has a function called with the input and the output of every call of <see cref="Forward"/>, whose result is used in place of the output.</summary>
    /// <param name="hook">(input, output) ↦ output. Several hooks run in the order in which they were added; what they compute is recorded.</param>
    /// <returns>Takes the hook away when disposed.</returns>
    /// <example><code>using (model.RegisterForwardHook((input, output) => output * 2))
    /// {
    ///     var doubled = model.Forward(x);
    /// }</code></example>
    public IDisposable RegisterForwardHook(Func<TInput, TOutput, TOutput> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return Hooks().Add(hook);
    }

    /// <summary>Has a function called with the input and the output of every call of <see cref="Forward"/>.</summary>
    /// <param name="observer">Sees input and output.</param>
    /// <returns>Takes the hook away when disposed.</returns>
    /// <example><code>foreach (var layer in model.Modules().OfType&lt;Layer&gt;())
    /// {
    ///     layer.RegisterForwardHook((input, output) => Console.WriteLine($"{layer}: {input.Shape} → {output.Shape}"));
    /// }</code></example>
    public IDisposable RegisterForwardHook(Action<TInput, TOutput> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Hooks().Add((input, output) =>
        {
            observer(input, output);
            return output;
        });
    }

    /// <summary>Has a function called with the input of every call of <see cref="Forward"/> before anything is computed, whose result is used in place of the input.</summary>
    /// <param name="hook">input ↦ input. Several hooks run in the order in which they were added; what they compute is recorded.</param>
    /// <returns>Takes the hook away when disposed.</returns>
    public IDisposable RegisterForwardPreHook(Func<TInput, TInput> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return Hooks().Add(hook);
    }

    /// <summary>Has a function called with the input of every call of <see cref="Forward"/> before anything is computed.</summary>
    /// <param name="observer">Sees the input.</param>
    /// <returns>Takes the hook away when disposed.</returns>
    public IDisposable RegisterForwardPreHook(Action<TInput> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Hooks().Add(input =>
        {
            observer(input);
            return input;
        });
    }

    private ForwardHooks<TInput, TOutput> Hooks()
    {
        Interlocked.CompareExchange(ref hooks, new ForwardHooks<TInput, TOutput>(), null);
        return hooks;
    }
}
