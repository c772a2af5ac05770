namespace Autograd.Evaluation;

/// <content>Which operations are evaluated together, and in what order.</content>
internal sealed partial class Region
{
    private void Collect(ReadOnlySpan<Tensor> roots, bool isAlone)
    {
        foreach (var root in roots)
        {
            if (root.Pending is { } pending)
            {
                count = pending.Count;
                reducedLength = Math.Max(reducedLength, pending.RowLength);
                cut = cut.Together > 0 ? cut : pending.Cut;
                Visit(root);
            }
        }

        if (!isAlone)
        {
            TakeReductionsAlong();
        }

        foreach (var tensor in collecting)
        {
            if (tensor.Pending is { } pending)
            {
                Add(tensor, pending);
            }
        }

        foreach (var root in roots)
        {
            if (root.Pending is { } pending && places.TryGet(pending.Operation, out var place) && place >= 0)
            {
                Program[place].IsStored = true;
            }
        }

        DecideStores();
        FindValuesOfRows();
        ChooseRows();
        DescribeForm();
        plan = RegionPlans.For(form, count);
        ChooseTileLength();
    }

    /// <summary>Reductions that wait for the same elements are evaluated in the same pass.</summary>
    private void TakeReductionsAlong()
    {
        PendingReductions.CopyTo(reductions);
        foreach (var (result, pending) in reductions)
        {
            if (!places.TryGet(pending.Operation, out _) && code.Count + collecting.Count + pending.Size <= Fusion.LargestRegion
                && pending.CanJoin(count, reducedLength, cut) && (Has(pending.A) || Has(pending.A.Pending?.A) || Has(pending.A.Pending?.B)))
            {
                reducedLength = Math.Max(reducedLength, pending.RowLength);
                cut = cut.Together > 0 ? cut : pending.Cut;
                Visit(result);
            }
        }

        reductions.Clear();
    }

    /// <summary>Whether a value is computed or read by the region.</summary>
    private bool Has(Tensor? value)
        => value is not null && ((value.Pending is { } pending && places.TryGet(pending.Operation, out _)) || leaves.Exists(leaf => ReferenceEquals(leaf.Value, value)));

    /// <summary>Puts the pending operations that <paramref name="root"/> needs into order, inputs first.</summary>
    private void Visit(Tensor root)
    {
        stack.Push(root);
        while (stack.TryPeek(out var tensor))
        {
            if (tensor.Pending is not { } pending || (places.TryGet(pending.Operation, out var place) && place >= 0))
            {
                stack.Pop();
            }
            else if (!(PushIfNew(pending.A) | PushIfNew(pending.B) | PushIfNew(pending.C)))
            {
                stack.Pop();
                if (pending.Cut.Together > 0)
                {
                    // Nothing in the pass depends on it: it comes last.
                    places[pending.Operation] = 0;
                    collecting.Add(tensor);
                }
                else
                {
                    Add(tensor, pending);
                }
            }
        }
    }

    private void Add(Tensor tensor, Pending pending)
    {
        places[pending.Operation] = code.Count;
        code.Add(new Instruction(tensor, pending, Resolve(pending.A, pending), Resolve(pending.B, pending), Resolve(pending.C, pending)));
    }

    private bool PushIfNew(Tensor? input)
    {
        if (input?.Pending is not { } pending || places.TryGet(pending.Operation, out _))
        {
            return false;
        }

        stack.Push(input);
        return true;
    }

    /// <summary>The number of the instruction that computes an input, or the complement of the number of a leaf, broadcast to the shape of the instruction that reads it
    /// (instructions of one region have one number of elements, but [6], [2, 3] and [1, 6] may meet).</summary>
    private int Resolve(Tensor? input, Pending reader)
    {
        if (input is null)
        {
            return RegionForm.None;
        }

        // Another thread may have evaluated it since it was visited; then it is a leaf.
        if (input.Pending is { } pending && places.TryGet(pending.Operation, out var place))
        {
            return place;
        }

        var (shape, takesNumbers) = (reader.Operation.InputShape, reader.Operation.TakesNumbers);
        for (var i = 0; i < leaves.Count; i++)
        {
            if (ReferenceEquals(leaves[i].Value, input) && leaves[i].Reader == shape)
            {
                Leaves[i].IsNumberToAll &= takesNumbers;
                return ~i;
            }
        }

        if (input is Snapshot snapshot && !snapshot.TryHold())
        {
            // Another thread has evaluated what reads it, and the memory is in use again: nothing of this will run.
            isStale = true;
            return RegionForm.None;
        }

        leaves.Add(new RegionLeaf(input, shape) { IsNumberToAll = takesNumbers, IsPerRow = reader.IsPerRow && reader.Operation.RowLength == 0 });
        return ~(leaves.Count - 1);
    }
}
