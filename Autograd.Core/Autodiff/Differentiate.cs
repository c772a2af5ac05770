namespace Autograd;

/// <summary>Differentiation as a function: gradients that leave no trace on the leaves, and operations with gradient rules of one's own.</summary>
public static partial class Differentiate
{
    /// <summary>The gradients of <paramref name="output"/> with respect to <paramref name="inputs"/>, leaves or intermediates, without touching any leaf's <see cref="Tensor.Grad"/>.</summary>
    /// <param name="output">A recorded tensor.</param>
    /// <param name="inputs">The tensors to differentiate with respect to.</param>
    /// <param name="gradient">The gradient of the final quantity with respect to <paramref name="output"/>; 1 where left out, which needs a tensor of one element.</param>
    /// <param name="retainGraph">Keep the record, so that another pass can follow; implied by <paramref name="createGraph"/>.</param>
    /// <param name="createGraph">Record the computation of the gradients, so that they can be differentiated in turn: gradients of any order.</param>
    /// <param name="allowUnused">Give zeros for an input that the output does not depend on; otherwise that is an error.</param>
    /// <returns>One gradient for each input, of its shape and type.</returns>
    /// <exception cref="GradientException">Nothing was recorded, the record was released, or an input is unused and that is not allowed.</exception>
    /// <example><code>var slope = Differentiate.Gradients(y, [x], createGraph: true)[0];
    /// var curvature = Differentiate.Gradients(slope.Sum(), [x])[0];</code></example>
    public static Tensor[] Gradients(
        Tensor output, ReadOnlySpan<Tensor> inputs, Tensor? gradient = null, bool retainGraph = false, bool createGraph = false, bool allowUnused = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        var targets = new Tensor[inputs.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            targets[i] = inputs[i].Current;
            if (targets[i].Node is null && !allowUnused)
            {
                throw new GradientException($"Differentiate.Gradients: input {i}, of shape {targets[i].Shape}, does not require a gradient. Make it with requiresGrad: true (or x.AsLeaf()) before computing the output.");
            }
        }

        var root = output.Captured;
        if (root.Node is null && allowUnused)
        {
            return Array.ConvertAll(targets, Tensor.ZerosLike);
        }

        var found = Find(root, targets, gradient, retainGraph, createGraph, "Differentiate.Gradients");
        var results = new Tensor[targets.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = found[i] ?? (allowUnused
                ? Tensor.ZerosLike(targets[i])
                : throw new GradientException(
                    $"Differentiate.Gradients: the output does not depend on input {i}, of shape {targets[i].Shape}. Pass allowUnused: true for zeros; or was a parameter assigned after the output was computed from it?"));
        }

        return results;
    }

    /// <summary>The gradients of a recorded tensor with respect to some targets; null for one that it does not depend on.</summary>
    internal static Tensor?[] Find(Tensor root, Tensor[] targets, Tensor? gradient, bool retainGraph, bool createGraph, string caller)
    {
        if (root is BatchedTensor examples)
        {
            return FindForEach(examples, targets, gradient, retainGraph, createGraph, caller);
        }

        var seed = BackwardPass.Seed(root, gradient, createGraph, caller);
        return targets.Length == 0 ? [] : BackwardPass.Run([root], [seed], targets, retainGraph || createGraph, createGraph);
    }

    /// <summary>The gradients of each example: no example depends on another one's inputs, so that one pass over all of them has them all.</summary>
    private static Tensor?[] FindForEach(BatchedTensor root, Tensor[] targets, Tensor? gradient, bool retainGraph, bool createGraph, string caller)
    {
        var level = root.Level;
        var seed = gradient is null ? BackwardPass.Seed(root, null, createGraph, caller) : gradient;
        var all = Array.ConvertAll(targets, target =>
            target is BatchedTensor examples && examples.Level == level ? examples.Values
            : target.Node is null ? target
            : throw new BatchingException($"{caller}: an input of shape {target.Shape} is the same for all examples of the batch, so that it would get the sum of their gradients. Differentiate a function of it, inside: Differentiate.Grad(f)(x)."));
        var found = Find(root.Values, all, level.Unwrap(seed), retainGraph, createGraph, caller);
        return Array.ConvertAll(found, term => term is null ? null : level.Wrap(term));
    }

    /// <summary>An operation of one input from two functions: how to compute it, and how a gradient passes back through it.</summary>
    /// <param name="forward">The result for an input; it is not recorded, so it may use any means.</param>
    /// <param name="vjp">(x, y, grad) ↦ the gradient with respect to x, given the one with respect to y = forward(x). Written in tensor operations it can be differentiated in turn.</param>
    /// <param name="name">The name in messages and on the tape.</param>
    /// <returns>The operation as a function.</returns>
    /// <example><code>var softClip = Differentiate.CustomGradient(x => x.Clamp(-1, 1), (x, y, grad) => grad / (1 + x * x));</code></example>
    public static Func<Tensor, Tensor> CustomGradient(Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor> vjp, string name = "Custom")
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(vjp);
        var many = CustomGradient(inputs => forward(inputs[0]), (inputs, y, grad) => [vjp(inputs[0], y, grad)], name);
        return x => many([x]);
    }

    /// <summary>An operation of several inputs from two functions: how to compute it, and how a gradient passes back through it.</summary>
    /// <param name="forward">The result for some inputs; it is not recorded, so it may use any means.</param>
    /// <param name="vjp">(inputs, y, grad) ↦ a gradient for each input, null for one that has none. A gradient may have the shape of y where the input was broadcast.</param>
    /// <param name="name">The name in messages and on the tape.</param>
    /// <returns>The operation as a function.</returns>
    public static Func<Tensor[], Tensor> CustomGradient(Func<Tensor[], Tensor> forward, Func<Tensor[], Tensor, Tensor, Tensor?[]> vjp, string name = "Custom")
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(vjp);
        return inputs =>
        {
            Tensor y;
            Tensor[] captured = Array.ConvertAll(inputs, input => input.Captured);
            using (Autograd.Grad.Disabled())
            {
                y = forward(captured);
            }

            return new CustomOp(name, captured, y, forward, vjp).Apply();
        };
    }
}
