namespace Autograd.NN.Discovery;

/// <summary>A module and all modules inside it, each once, outer ones before inner ones.</summary>
internal sealed class ModuleTree
{
    private readonly List<Entry> entries = [];
    private readonly HashSet<Module> visited = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Module, string> open = new(ReferenceEqualityComparer.Instance);
    private readonly Module root;

    private ModuleTree(Module root)
    {
        this.root = root;
        Visit(string.Empty, root);
    }

    /// <summary>The modules with their paths; the root's is empty. A module that is held in several places has the first one's path.</summary>
    /// <param name="root">The outermost module.</param>
    /// <exception cref="ModuleException">A module contains itself, or a module's members have no proper names.</exception>
    public static IReadOnlyList<Entry> Of(Module root) => new ModuleTree(root).entries;

    private void Visit(string path, Module module)
    {
        if (open.TryGetValue(module, out var outer))
        {
            throw new ModuleException(
                $"{root.TypeName}: the modules form a cycle: '{path}' is the {module.TypeName} {(outer.Length == 0 ? "that everything else is in" : $"at '{outer}'")}, which contains it. " +
                "A module holds only its parts; keep a reference to an outer module in a Func<Module> or a WeakReference<Module>, which are not searched.");
        }

        if (!visited.Add(module))
        {
            return;
        }

        open.Add(module, path);
        var members = Members.Of(module);
        entries.Add(new(path, module, members));
        foreach (var (name, member) in members)
        {
            if (member is Module child)
            {
                Visit(Members.Join(path, name), child);
            }
        }

        open.Remove(module);
    }

    /// <summary>A module of the tree.</summary>
    /// <param name="Path">Its names from the root inwards, joined by dots.</param>
    /// <param name="Module">The module.</param>
    /// <param name="Members">What it holds itself.</param>
    internal readonly record struct Entry(string Path, Module Module, IReadOnlyList<KeyValuePair<string, object>> Members);
}
