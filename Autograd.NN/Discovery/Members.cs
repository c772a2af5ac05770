using System.Collections;
using System.Runtime.CompilerServices;

namespace Autograd.NN.Discovery;

/// <summary>The variables and modules that one module holds itself, with their names, in the order of its fields.</summary>
internal sealed class Members
{
    private readonly Dictionary<string, object> byName = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, object>> found = [];
    private readonly Module module;

    private Members(Module module)
    {
        this.module = module;
        foreach (var (name, field) in FieldPlan.Of(module.GetType()).Fields)
        {
            Add(name, field.GetValue(module));
        }
    }

    /// <summary>Names with a <see cref="Variable"/> or a <see cref="Module"/> each.</summary>
    /// <param name="module">Where to look.</param>
    /// <exception cref="ModuleException">Two members share a name, or some lie in a collection without order.</exception>
    public static IReadOnlyList<KeyValuePair<string, object>> Of(Module module) => new Members(module).found;

    /// <summary>A member's path from its owner's.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";

    private void Add(string name, object? value)
    {
        switch (value)
        {
            case null or string:
                break;
            case Variable or Module:
                AddMember(name, value);
                break;
            case IDictionary dictionary:
                AddEntries(name, dictionary);
                break;
            case IList list:
                AddItems(name, list);
                break;
            case ITuple tuple:
                for (var i = 0; i < tuple.Length; i++)
                {
                    Add(Join(name, $"{i}"), tuple[i]);
                }

                break;
            case IEnumerable<Module> or IEnumerable<Variable>:
                throw new ModuleException(
                    $"{module.TypeName}: '{name}' holds modules or parameters in a {value.GetType().Name}, which gives them neither numbers nor names. Keep them in an array, a list, or a dictionary with string keys.");
        }
    }

    private void AddMember(string name, object member)
    {
        if (byName.TryAdd(name, member))
        {
            found.Add(new(name, member));
        }
        else if (!ReferenceEquals(byName[name], member))
        {
            // The same object under the same name is a constructor parameter that base and derived class both captured.
            throw new ModuleException($"{module.TypeName}: two different members are named '{name}'. Rename one, or mark its field: [ParameterName(\"...\")].");
        }
    }

    private void AddItems(string name, IList list)
    {
        if (!MayHoldMembers(list))
        {
            return;
        }

        var index = 0;
        foreach (var item in list)
        {
            Add(Join(name, $"{index++}"), item);
        }
    }

    private void AddEntries(string name, IDictionary dictionary)
    {
        if (!MayHoldMembers(dictionary.Values))
        {
            return;
        }

        foreach (DictionaryEntry entry in dictionary)
        {
            if (entry.Key is string key)
            {
                Add(Join(name, key), entry.Value);
            }
            else if (entry.Value is Variable or Module)
            {
                throw new ModuleException($"{module.TypeName}: the dictionary '{name}' has keys of type {entry.Key.GetType().Name}; modules and parameters are named by their keys, which must be strings.");
            }
        }
    }

    /// <summary>Whether to look at every item: a million numbers are not boxed one by one to find that none is a module.</summary>
    private static bool MayHoldMembers(ICollection items)
    {
        if (items is IEnumerable<object>)
        {
            return true;
        }

        foreach (var first in items)
        {
            return first is Variable or Module or ITuple or IList or IDictionary;
        }

        return false;
    }
}
