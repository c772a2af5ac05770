using Autograd.NN.Discovery;
using Autograd.NN.Serialization;

namespace Autograd.NN;

public abstract partial class Module
{
    /// <summary>The values of all parameters and buffers by their paths, such as <c>layers.0.weight</c>: what is to be saved. They are as they are now, whatever is learned afterwards.
    /// What is shared is there once, under its first path.</summary>
    /// <returns>Values by path; the dictionary is the caller's to change.</returns>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    /// <example><code>Safetensors.Save("model.safetensors", model.StateDictionary());</code></example>
    public OrderedDictionary<string, Tensor> StateDictionary()
    {
        var state = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (path, variable) in new ModuleTree(this).Variables)
        {
            state.Add(path, variable.Detach());
        }

        return state;
    }

    /// <summary>Gives all parameters and buffers the values of a state, converted to their own element types. If anything does not fit, nothing is changed.</summary>
    /// <remarks>A state that lists what is shared under each of its paths, as PyTorch's do, fits as well.</remarks>
    /// <param name="state">Values by path, such as <see cref="StateDictionary"/>, <see cref="Safetensors"/> and <see cref="Npz"/> give.</param>
    /// <param name="strict">Whether state and module must have the same paths. If not, only the common ones are set.</param>
    /// <returns>What is missing and what is unexpected: nothing, if <paramref name="strict"/>.</returns>
    /// <exception cref="StateException">A shape differs, a number would have to become an integer or truth value or the other way round, or, if <paramref name="strict"/>, a path is missing or unexpected.</exception>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    /// <example><code>
    /// var best = model.StateDictionary();     // of the best epoch so far
    /// model.LoadState(best);
    /// </code></example>
    public StateDifference LoadState(IReadOnlyDictionary<string, Tensor> state, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(state);
        var fit = new StateFit(this, [.. state.Keys], path => (state[path].Shape, state[path].DType));
        return fit.Apply(strict, path => state[path]);
    }
}
