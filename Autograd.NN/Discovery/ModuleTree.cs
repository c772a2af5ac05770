namespace Autograd.NN.Discovery;

/// <summary>A module, all modules inside it, and all their variables: each once, outer ones before inner ones, with their paths.</summary>
internal sealed class ModuleTree
{
    private readonly List<KeyValuePair<string, Module>> modules = [];
    private readonly List<KeyValuePair<string, Variable>> variables = [];
    private readonly HashSet<object> visited = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Variable> byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<Module, string> open = new(ReferenceEqualityComparer.Instance);
    private readonly Module root;

    /// <summary>Searches a module.</summary>
    /// <param name="root">The outermost module.</param>
    /// <exception cref="ModuleException">A module contains itself, or members have no proper names.</exception>
    public ModuleTree(Module root)
    {
        this.root = root;
        Visit(string.Empty, root);
    }

    /// <summary>The modules, the root first, whose path is empty. One that is held in several places has the first one's path.</summary>
    public IReadOnlyList<KeyValuePair<string, Module>> Modules => modules;

    /// <summary>The variables of all modules. One that is held in several places has the first one's path.</summary>
    public IReadOnlyList<KeyValuePair<string, Variable>> Variables => variables;

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
        modules.Add(new(path, module));
        var members = Members.Of(module);
        foreach (var (name, member) in members)
        {
            if (member is Variable variable)
            {
                Add(Members.Join(path, name), variable);
            }
        }

        foreach (var (name, member) in members)
        {
            if (member is Module child)
            {
                Visit(Members.Join(path, name), child);
            }
        }

        open.Remove(module);
    }

    private void Add(string path, Variable variable)
    {
        if (!visited.Add(variable))
        {
            return;
        }

        if (!byPath.TryAdd(path, variable))
        {
            // Through [ParameterName] or the key of a dictionary: the fields of one module cannot be of one name, and paths differ between modules.
            throw new ModuleException($"{root.TypeName}: two different parameters or buffers have the path '{path}'. Give one another name: [ParameterName(\"...\")], or a dictionary key without dots.");
        }

        variables.Add(new(path, variable));
    }
}
