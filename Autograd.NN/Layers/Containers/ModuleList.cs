using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Autograd.NN;

/// <summary>Modules in order, named <c>0</c>, <c>1</c>, …. (An array or a list in a field does as well; this one prints itself, and is a module.)</summary>
/// <typeparam name="TModule">The type of the modules.</typeparam>
/// <example><code>
/// ModuleList&lt;Linear&gt; layers = [new Linear(4, 8), new Linear(8, 8)];
/// </code></example>
[SuppressMessage("Naming", "CA1710", Justification = "The field's name of it.")]
public sealed class ModuleList<TModule> : Module, IReadOnlyList<TModule>
    where TModule : Module
{
    [ParameterName("")]
    private readonly List<TModule> modules = [];

    /// <summary>A list of the given modules.</summary>
    /// <param name="modules">The modules.</param>
    /// <exception cref="ArgumentNullException">A module is null.</exception>
    public ModuleList(params ReadOnlySpan<TModule> modules)
    {
        foreach (var module in modules)
        {
            Add(module);
        }
    }

    /// <summary>The number of modules.</summary>
    public int Count => modules.Count;

    /// <summary>The module at a place.</summary>
    /// <param name="index">0 to Count − 1; <c>^1</c> is the last.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such module.</exception>
    public TModule this[int index] => modules[index];

    /// <summary>Adds a module at the end.</summary>
    /// <param name="module">The module.</param>
    /// <exception cref="ArgumentNullException">The module is null.</exception>
    public void Add(TModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        modules.Add(module);
    }

    /// <summary>An enumerator over the modules.</summary>
    public IEnumerator<TModule> GetEnumerator() => modules.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => modules.GetEnumerator();
}

/// <summary>Modules by name.</summary>
/// <typeparam name="TModule">The type of the modules.</typeparam>
/// <example><code>
/// var heads = new ModuleDictionary&lt;Linear&gt; { ["age"] = new Linear(8, 1), ["kind"] = new Linear(8, 5) };
/// </code></example>
[SuppressMessage("Naming", "CA1710", Justification = "The field's name of it.")]
[SuppressMessage("Naming", "CA1711", Justification = "The field's name of it.")]
public sealed class ModuleDictionary<TModule> : Module, IEnumerable<KeyValuePair<string, TModule>>
    where TModule : Module
{
    [ParameterName("")]
    private readonly OrderedDictionary<string, TModule> modules = new(StringComparer.Ordinal);

    /// <summary>The number of modules.</summary>
    public int Count => modules.Count;

    /// <summary>The module of a name; setting it adds or replaces one.</summary>
    /// <param name="name">The name; without dots.</param>
    /// <exception cref="KeyNotFoundException">There is no such module.</exception>
    /// <exception cref="ArgumentException">The name is empty or has dots.</exception>
    public TModule this[string name]
    {
        get => modules.TryGetValue(name, out var module) ? module : throw new KeyNotFoundException($"ModuleDictionary: there is no module '{name}'; there are {string.Join(", ", modules.Keys)}.");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ArgumentException.ThrowIfNullOrEmpty(name);
            modules[name] = name.Contains('.', StringComparison.Ordinal) ? throw new ArgumentException($"ModuleDictionary: the name '{name}' has a dot, which separates the parts of a path.", nameof(name)) : value;
        }
    }

    /// <summary>The names.</summary>
    public IReadOnlyCollection<string> Names => modules.Keys;

    /// <summary>Whether there is a module of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => modules.ContainsKey(name);

    /// <summary>An enumerator over names and modules.</summary>
    public IEnumerator<KeyValuePair<string, TModule>> GetEnumerator() => modules.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => modules.GetEnumerator();
}
