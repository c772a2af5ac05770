namespace Autograd.Tapes;

/// <summary>Entries that are drawn as one box: what a call of a module recorded, or a call of a composition.</summary>
/// <param name="Module">The call of the module; null for a composition outside of one.</param>
/// <param name="Composite">The name of the composition; null for a module.</param>
internal sealed record TapeGroup(ModuleScope? Module, string? Composite)
{
    /// <summary>What stands in the box: the name, and what it is.</summary>
    public (string Title, string What) Describe() => Composite is not null ? (Composite, "composition") : (Module!.Path, Module.Type);
}

/// <summary>Which entries of a tape are drawn as one box.</summary>
internal sealed class TapeGroups
{
    private readonly Dictionary<TapeEntry, object> boxes = new(ReferenceEqualityComparer.Instance);

    /// <summary>The box of an entry: the entry itself, or a <see cref="TapeGroup"/>.</summary>
    public object BoxOf(TapeEntry entry) => boxes.GetValueOrDefault(entry, entry);

    public static TapeGroups Of(Tape tape, TapeDrawing options)
    {
        var groups = new TapeGroups();
        if (options.CollapseComposites)
        {
            groups.AddComposites(tape);
        }

        if (options.ModuleDepth is { } depth)
        {
            groups.AddModules(tape, depth);
        }

        if (groups.boxes.Count > 0)
        {
            groups.TakeInSources(tape);
        }

        return groups;
    }

    /// <summary>Operations of one line and one call of the library, recorded one after the other.</summary>
    private void AddComposites(Tape tape)
    {
        var run = new List<TapeEntry>();
        foreach (var entry in tape.Entries.Where(entry => entry.Kind == TapeEntryKind.Operation).OrderBy(entry => entry.Time))
        {
            if (run.Count > 0 && !(ReferenceEquals(run[0].Module, entry.Module) && run[0].Site == entry.Site))
            {
                AddRun(run);
                run.Clear();
            }

            run.Add(entry);
        }

        AddRun(run);
    }

    private void AddRun(List<TapeEntry> run)
    {
        // One operation again and again, in a loop, is no composition.
        if (run.Count > 0 && run[0].Composite is { } name && run.Exists(entry => entry.Name != run[0].Name))
        {
            var group = new TapeGroup(run[0].Module, name);
            run.ForEach(entry => boxes[entry] = group);
        }
    }

    private void AddModules(Tape tape, int depth)
    {
        var groups = new Dictionary<ModuleScope, TapeGroup>(ReferenceEqualityComparer.Instance);
        foreach (var entry in tape.Entries)
        {
            var scope = entry.Module;
            while (scope is not null && scope.Depth > depth)
            {
                scope = scope.Outer;
            }

            if (scope is not null && scope.Depth == depth)
            {
                groups.TryAdd(scope, new TapeGroup(scope, null));
                boxes[entry] = groups[scope];
            }
        }
    }

    /// <summary>Parameters and constants that one module alone uses are drawn inside of it.</summary>
    private void TakeInSources(Tape tape)
    {
        var users = tape.Entries.SelectMany(entry => entry.Inputs.Where(input => input is { Kind: TapeEntryKind.Parameter or TapeEntryKind.Constant }).Select(input => (Input: input!, Box: BoxOf(entry))))
            .ToLookup(use => use.Input, use => use.Box, ReferenceEqualityComparer.Instance);
        foreach (var uses in users)
        {
            var box = uses.First();
            if (box is TapeGroup { Composite: null } && uses.All(other => ReferenceEquals(other, box)))
            {
                boxes[(TapeEntry)uses.Key!] = box;
            }
        }
    }
}
