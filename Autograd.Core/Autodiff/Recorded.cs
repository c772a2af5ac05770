namespace Autograd.Autodiff;

/// <summary>One evaluation of a function on inputs of its own, recorded, so that it can be differentiated with respect to them and to nothing else that has the same values.</summary>
internal sealed class Recorded
{
    private readonly string caller;
    private readonly bool recordsGradients;

    /// <summary>Evaluates <paramref name="function"/>.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">The point. What is recorded already stays linked, so that derivatives of derivatives see it.</param>
    /// <param name="caller">Who asks, for messages.</param>
    /// <param name="within">Another evaluation whose inputs are of no interest outside of it.</param>
    public Recorded(Func<Tensor[], Tensor> function, Tensor[] inputs, string caller, Recorded? within = null)
    {
        this.caller = caller;
        var isRecorded = GradMode.IsEnabled;
        using var recording = Grad.Enabled();
        Inputs = Array.ConvertAll(inputs, input => Own(input, isRecorded));
        Output = (function(Inputs) ?? throw new ArgumentException($"{caller}: the function returned null.", nameof(function))).Captured;
        recordsGradients = isRecorded && Output.Node is { } root && DependsOnMore(root, [.. Inputs, .. within?.Inputs ?? []]);
    }

    /// <summary>The inputs as the function saw them.</summary>
    public Tensor[] Inputs { get; }

    /// <summary>What it returned.</summary>
    public Tensor Output { get; }

    /// <summary>What it returned, linked to whatever it depends on besides the inputs' values.</summary>
    public Tensor Value => recordsGradients ? Output : Output.Detach();

    /// <summary>The gradients of Σ gradient · output with respect to the inputs, all of which are floating-point tensors.</summary>
    /// <param name="gradient">Of the output's shape; null for 1, of a single number.</param>
    /// <param name="strict">Whether an input that the output does not depend on is an error; otherwise its gradient is 0.</param>
    /// <param name="keep">Whether another call may follow.</param>
    public Tensor[] Pull(Tensor? gradient, bool strict, bool keep)
    {
        if (gradient is null && Output.ElementCount != 1)
        {
            throw new GradientException($"{caller}: the function returned shape {Output.Shape}; a gradient is that of a single number. Reduce it, f(x).Sum(), or ask for the Jacobian or a Vjp.");
        }

        if (!Output.DType.IsFloatingPoint)
        {
            throw new DTypeException($"{caller}: the function returned {Output.DType} numbers; only Float32 and Float64 numbers have derivatives.");
        }

        var createGraph = recordsGradients || (gradient is { RequiresGrad: true } && GradMode.IsEnabled);
        using var recording = createGraph ? Grad.Enabled() : null;
        var found = Output.Node is null ? new Tensor?[Inputs.Length] : Differentiate.Find(Output, Inputs, gradient, keep, createGraph, caller);
        return [.. found.Select((term, i) => term ?? Unused(Inputs[i], strict))];
    }

    private Tensor Unused(Tensor input, bool strict)
        => strict
            ? throw new GradientException($"{caller}: the function's result does not depend on its input of shape {input.Shape} (strict: true). Leave strict out to get zeros for it; or does the function take values off the tape, by Detach or by reading them?")
            : Tensor.ZerosLike(input);

    /// <summary>An input that nothing else refers to: a leaf, or a link of its own to what <paramref name="input"/> was computed from.</summary>
    private static Tensor Own(Tensor input, bool isRecorded)
    {
        var value = BatchLevel.Spread(input.Captured);
        return !value.DType.IsFloatingPoint ? value
            : isRecorded && value.RequiresGrad ? new ReshapeOp(value, value.Shape).Apply()
            : value.AsLeaf();
    }

    /// <summary>Whether the record leads to anything besides the inputs' own leaves: then the gradients can be differentiated, too, and are recorded.</summary>
    private static bool DependsOnMore(Node root, Tensor[] inputs)
    {
        var seen = new HashSet<Node>(ReferenceEqualityComparer.Instance);
        var own = new HashSet<Node>(inputs.Select(input => input.Stored.Node).OfType<Node>(), ReferenceEqualityComparer.Instance);
        var pending = new Stack<Node>([root]);
        while (pending.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (node is not Operation operation)
            {
                if (!own.Contains(node))
                {
                    return true;
                }

                continue;
            }

            for (var i = 0; i < operation.InputCount; i++)
            {
                if (operation.Input(i).Source is { } source)
                {
                    pending.Push(source);
                }
            }
        }

        return false;
    }
}
