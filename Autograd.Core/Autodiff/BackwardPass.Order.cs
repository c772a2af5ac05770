namespace Autograd.Autodiff;

/// <content>Which entries of the tape a pass goes through, and in which order.</content>
internal sealed partial class BackwardPass
{
    /// <summary>Puts all that <paramref name="root"/> depends on into <see cref="order"/>, sources first.</summary>
    private void Visit(Node root, ReadOnlySpan<Tensor> targets)
    {
        pending.Push(root);
        while (pending.TryPeek(out var entry))
        {
            if (places.TryGet(entry, out var place) && place >= 0)
            {
                pending.Pop();
                continue;
            }

            if (!PushSources(entry, targets))
            {
                pending.Pop();
                places[entry] = order.Count;
                order.Add(entry);
            }
        }
    }

    private bool PushSources(Node entry, ReadOnlySpan<Tensor> targets)
    {
        if (entry is not Operation operation)
        {
            return false;
        }

        if (operation.IsReleased)
        {
            // What lies before a target does not matter, unless it leads to another one.
            foreach (var target in targets)
            {
                if (ReferenceEquals(target.Node, operation))
                {
                    return false;
                }
            }

            throw new GradientException(
                $"The record of {operation.Name} {operation.Shape} was released by an earlier backward pass. " +
                "To go back through it twice, keep it the first time, Backward(retainGraph: true) or Differentiate.Gradients(…, retainGraph: true), or compute the result again.");
        }

        var pushed = false;
        for (var i = 0; i < operation.InputCount; i++)
        {
            if (operation.Input(i).Source is { } source && !places.TryGet(source, out _))
            {
                pending.Push(source);
                pushed = true;
            }
        }

        return pushed;
    }

    private void EnsureCapacity(int count)
    {
        if (gradients.Length < count)
        {
            var capacity = Math.Max(64, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count));
            gradients = new Tensor?[capacity];
            needed = new bool[capacity];
            passedOn = new bool[capacity];
        }
    }

    /// <summary>Only entries on a way from a root to a wanted gradient are differentiated.</summary>
    private void MarkNeeded(ReadOnlySpan<Tensor> targets, bool intoLeaves)
    {
        needed.AsSpan(0, order.Count).Clear();
        passedOn.AsSpan(0, order.Count).Clear();
        foreach (var target in targets)
        {
            if (target.Node is { } entry && places.TryGet(entry, out var place))
            {
                needed[place] = true;
            }
        }

        for (var i = 0; i < order.Count; i++)
        {
            if (order[i] is Operation operation)
            {
                for (var k = 0; k < operation.InputCount && !passedOn[i]; k++)
                {
                    passedOn[i] = operation.Input(k).Source is { } source && needed[places[source]];
                }

                needed[i] |= passedOn[i];
            }
            else
            {
                needed[i] |= intoLeaves;
            }
        }
    }
}
