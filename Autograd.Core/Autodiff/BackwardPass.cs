namespace Autograd.Autodiff;

/// <summary>The chain rule over the record, in reverse. Iterative, so that the length of a chain is bounded by memory alone.</summary>
internal sealed partial class BackwardPass
{
    [ThreadStatic]
    private static BackwardPass? cached;

    private readonly NodeMap places = new();
    private readonly List<Node> order = [];
    private readonly Stack<Node> pending = new();
    private readonly List<Leaf> arrived = [];
    private readonly List<Tensor> arrivals = [];
    private Tensor?[] gradients = [];
    private bool[] needed = [];
    private bool[] passedOn = [];

    /// <summary>The gradient to start from: the given one, checked, or 1 for a tensor of one element.</summary>
    public static Tensor Seed(Tensor root, Tensor? gradient, bool createGraph, string operation)
    {
        if (root.Node is null)
        {
            throw new GradientException(
                $"{operation}: nothing was recorded for this tensor of shape {root.Shape}, so it has no gradient. Compute it from a Parameter or from a tensor made with requiresGrad: true, " +
                (root.DType.IsFloatingPoint ? "and outside Grad.Disabled()." : $"and in a floating-point type (this is {root.DType})."));
        }

        if (gradient is null)
        {
            return root.ElementCount == 1
                ? Tensor.Ones(root.Shape, root.DType)
                : throw new GradientException(
                    $"{operation}: a tensor of shape {root.Shape} is not a single number. Reduce it first, x.Sum().Backward(), or give the gradient of the final quantity with respect to it: x.Backward(gradient).");
        }

        if (gradient.Shape != root.Shape)
        {
            throw new ShapeException($"{operation}: the gradient has shape {gradient.Shape}, the tensor {root.Shape}; they must be equal.");
        }

        return gradient.DType == root.DType
            ? (createGraph ? gradient.Captured : gradient.Detach())
            : throw new DTypeException($"{operation}: the gradient is {gradient.DType}, the tensor {root.DType}. Convert it: gradient.To(DType.{root.DType}).");
    }

    /// <summary>Runs one pass from <paramref name="roots"/>.</summary>
    /// <param name="roots">Recorded tensors.</param>
    /// <param name="seeds">The gradient of each root.</param>
    /// <param name="targets">The tensors whose gradients are wanted (leaves stay untouched); null: accumulate into all leaves.</param>
    /// <param name="retainGraph">Keep the record.</param>
    /// <param name="createGraph">Record the gradient rules.</param>
    /// <returns>The targets' gradients; null for one that the roots do not depend on.</returns>
    public static Tensor?[] Run(ReadOnlySpan<Tensor> roots, ReadOnlySpan<Tensor> seeds, ReadOnlySpan<Tensor> targets, bool retainGraph, bool createGraph)
    {
        // Hooks and rules of a pass may start another on the same thread: the cached state is taken while in use.
        var pass = cached ?? new BackwardPass();
        cached = null;
        try
        {
            return pass.Differentiate(roots, seeds, targets, intoLeaves: targets.IsEmpty, retainGraph, createGraph);
        }
        finally
        {
            pass.Clear();
            cached = pass;
        }
    }

    private Tensor?[] Differentiate(
        ReadOnlySpan<Tensor> roots, ReadOnlySpan<Tensor> seeds, ReadOnlySpan<Tensor> targets, bool intoLeaves, bool retainGraph, bool createGraph)
    {
        foreach (var root in roots)
        {
            Visit(root.Node!, targets);
        }

        EnsureCapacity(order.Count);
        MarkNeeded(targets, intoLeaves);
        for (var i = 0; i < roots.Length; i++)
        {
            AddTo(places[roots[i].Node!], seeds[i]);
        }

        if (createGraph)
        {
            PropagateAll(intoLeaves);
            AccumulateAll();
        }
        else
        {
            PropagateUnrecorded(intoLeaves, targets);
        }

        var results = new Tensor?[targets.Length];
        for (var i = 0; i < targets.Length; i++)
        {
            results[i] = GradientOf(targets[i]);
        }

        if (!retainGraph)
        {
            for (var i = 0; i < order.Count; i++)
            {
                if (passedOn[i])
                {
                    ((Operation)order[i]).Release();
                }
            }
        }

        return results;
    }

    private void PropagateAll(bool intoLeaves)
    {
        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (gradients[i] is not { } gradient)
            {
                continue;
            }

            if (GradientHooks.Of(order[i]) is { } hooks)
            {
                gradient = gradients[i] = hooks.Apply(gradient);
                if (intoLeaves && hooks.Retained is { } retained)
                {
                    arrived.Add(retained);
                    arrivals.Add(gradient);
                }
            }

            if (passedOn[i])
            {
                Propagate((Operation)order[i], gradient);
                if (intoLeaves)
                {
                    gradients[i] = null;
                }
            }
        }

        // After all rules: one that throws leaves no leaf with half a gradient.
        for (var i = 0; intoLeaves && i < order.Count; i++)
        {
            if (order[i] is Leaf leaf && gradients[i] is { } gradient)
            {
                arrived.Add(leaf);
                arrivals.Add(gradient);
            }
        }
    }

    /// <summary>A pass whose results are all that is left of it: they are evaluated, and the memory of everything else goes back to the pool.</summary>
    private void PropagateUnrecorded(bool intoLeaves, ReadOnlySpan<Tensor> targets)
    {
        var memory = TemporaryMemory.Begin();
        GradMode.Suspend();
        try
        {
            PropagateAll(intoLeaves);
            foreach (var target in targets)
            {
                if (GradientOf(target) is { } gradient)
                {
                    arrivals.Add(gradient);
                }
            }

            Region.EvaluateAll([.. arrivals]);
        }
        finally
        {
            memory.End();
            GradMode.Resume();
        }

        memory.ReleaseAllBut(arrivals);
        GradMode.Suspend();
        AccumulateAll();
        GradMode.Resume();
    }

    /// <summary>Hands the leaves what arrived for them. It is evaluated by now, unless it is recorded: another pass may add to the sum at any time.</summary>
    private void AccumulateAll()
    {
        for (var i = 0; i < arrived.Count; i++)
        {
            arrived[i].Accumulate(arrivals[i]);
        }
    }

    private Tensor? GradientOf(Tensor target) => target.Node is { } entry && places.TryGet(entry, out var place) ? gradients[place] : null;

    private void Propagate(Operation operation, Tensor gradient)
    {
        var terms = new TermBuffer();
        var count = operation.InputCount;
        var span = count <= TermBuffer.Capacity ? ((Span<Tensor?>)terms)[..count] : new Tensor?[count];
        if (AnomalyDetection.Active is { } detection)
        {
            detection.Propagate(operation, gradient, span);
        }
        else
        {
            operation.Vjp(gradient, span);
        }

        for (var k = 0; k < count; k++)
        {
            if (span[k] is { } term && operation.Input(k).Source is { } source && places[source] is var place && needed[place])
            {
                AddTo(place, Fit(term, source, operation));
            }
        }
    }

    private void AddTo(int place, Tensor term) => gradients[place] = gradients[place] is { } sum ? sum + term : term;

    /// <summary>Sums a term over the dimensions along which the input was broadcast: the one place that knows of broadcasting.</summary>
    private static Tensor Fit(Tensor term, Node source, Operation operation)
    {
        if (term.DType != source.DType)
        {
            throw new GradientException($"The gradient rule of {operation.Name} returned {term.DType} for an input of type {source.DType}.");
        }

        if (ReferenceEquals(term.Shape, source.Shape) || term.Shape == source.Shape)
        {
            return term;
        }

        return term.Shape.CoversAll(source.Shape)
            ? term.SumTo(source.Shape)
            : throw new GradientException($"The gradient rule of {operation.Name} returned shape {term.Shape} for an input of shape {source.Shape}.");
    }

    private void Clear()
    {
        gradients.AsSpan(0, Math.Min(order.Count, gradients.Length)).Clear();
        places.Clear();
        order.Clear();
        pending.Clear();
        arrived.Clear();
        arrivals.Clear();
    }

    [System.Runtime.CompilerServices.InlineArray(Capacity)]
    private struct TermBuffer
    {
        public const int Capacity = 4;
        private Tensor? first;
    }
}
