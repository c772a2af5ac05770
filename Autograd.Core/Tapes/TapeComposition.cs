namespace Autograd.Tapes;

/// <summary>One call of a formula of the library: what it recorded is drawn as one box on request.</summary>
/// <param name="name">The member that was called, or the type of the module.</param>
internal sealed class TapeComposition(string name)
{
    public string Name { get; } = name;

    /// <summary>Finds the compositions among operations: those that were recorded one after the other by one call in a method, or by one call of a module of the library.</summary>
    public static void Find(IEnumerable<TapeEntry> operations)
    {
        var run = new List<TapeEntry>();
        foreach (var entry in operations.OrderBy(entry => entry.Time))
        {
            if (run.Count > 0 && !IsSameCall(run[0], entry))
            {
                Close(run);
            }

            run.Add(entry);
        }

        Close(run);
    }

    private static bool IsSameCall(TapeEntry a, TapeEntry b)
        => ReferenceEquals(a.Module, b.Module) && a.Site is { } site && b.Site is { } other
            && site.IsInModule == other.IsInModule
            && (site.IsInModule ? a.Module is not null : site.Offset == other.Offset && site.Method == other.Method);

    private static void Close(List<TapeEntry> run)
    {
        // One operation, also again and again in a loop, is no composition. Of some operations the runtime may have lost who called them.
        if (run.Exists(entry => entry.Name != run[0].Name) && NameOf(run) is { } name)
        {
            var composition = new TapeComposition(name);
            run.ForEach(entry => entry.Composition = composition);
        }

        run.Clear();
    }

    private static string? NameOf(List<TapeEntry> run)
        => (run[0].Site!.IsInModule ? run[0].Module!.Type : run.Select(entry => entry.Site!.Call).FirstOrDefault(call => call is not null))?.Replace("op_", string.Empty, StringComparison.Ordinal);
}
