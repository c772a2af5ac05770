using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Autograd.NN.Discovery;

/// <summary>Copies modules with all that is inside them: what is shared in the original is shared in the copy.</summary>
internal sealed class ModuleCopy
{
    private readonly Dictionary<object, object> copies = new(ReferenceEqualityComparer.Instance);

    /// <summary>The copy of a module.</summary>
    /// <param name="module">The original.</param>
    /// <exception cref="ModuleException">A member lies in a collection that cannot be copied.</exception>
    public Module Of(Module module)
    {
        if (copies.TryGetValue(module, out var known))
        {
            return (Module)known;
        }

        var copy = module.ShallowCopy();
        copies.Add(module, copy);
        foreach (var (name, field) in FieldPlan.Of(module.GetType()).Fields)
        {
            if (field.GetValue(module) is { } value && Of(value, $"{module.TypeName}: '{name}'") is var other && !ReferenceEquals(other, value))
            {
                field.SetValue(copy, other);
            }
        }

        return copy;
    }

    /// <summary>The copy of a member; what holds no members is shared.</summary>
    private object Of(object value, string what)
    {
        if (copies.TryGetValue(value, out var known))
        {
            return known;
        }

        switch (value)
        {
            case Module module:
                return Of(module);
            case Parameter parameter:
                return Remember(value, new Parameter(parameter.Detach(), parameter.Name) { IsFrozen = parameter.IsFrozen });
            case TensorBuffer buffer:
                return Remember(value, new TensorBuffer(buffer.Detach(), buffer.Name));
            case Array array when array.Rank == 1 && array.GetType().GetElementType() is { IsPrimitive: false }:
                var items = (Array)Remember(value, array.Clone());
                for (var i = 0; i < items.Length; i++)
                {
                    if (items.GetValue(i) is { } item)
                    {
                        items.SetValue(Of(item, what), i);
                    }
                }

                return items;
            case IDictionary dictionary when HoldsMembers(dictionary.Values):
                var entries = (IDictionary)Remember(value, Empty(dictionary, what));
                foreach (DictionaryEntry entry in dictionary)
                {
                    entries.Add(entry.Key, entry.Value is null ? null : Of(entry.Value, what));
                }

                return entries;
            case IList { IsFixedSize: false } list when HoldsMembers(list):
                var others = (IList)Remember(value, Empty(list, what));
                foreach (var item in list)
                {
                    others.Add(item is null ? null : Of(item, what));
                }

                return others;
            case ITuple or IList or IDictionary when HoldsMembers(value):
                throw new ModuleException($"{what} holds modules or parameters in a {value.GetType().Name}, which cannot be copied. Keep them in fields, an array, a List, a Dictionary or an OrderedDictionary.");
            default:
                return value;
        }
    }

    private object Remember(object original, object copy)
    {
        copies.Add(original, copy);
        return copy;
    }

    private static bool HoldsMembers(object items)
    {
        if (items is ITuple tuple)
        {
            return Enumerable.Range(0, tuple.Length).Any(i => tuple[i] is { } item && (item is Module or Variable || HoldsMembers(item)));
        }

        return items is IEnumerable all and not string && items is not IEnumerable<byte> && all.Cast<object?>().Any(item => item is Module or Variable || (item is ITuple or IEnumerable and not string && HoldsMembers(item)));
    }

    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "A collection exists, so that its type has a constructor; if trimming has removed it, that is an error with a message.")]
    private static object Empty(object collection, string what)
    {
        try
        {
            return Activator.CreateInstance(collection.GetType())!;
        }
        catch (MissingMethodException exception)
        {
            throw new ModuleException($"{what} holds modules or parameters in a {collection.GetType().Name}, which has no constructor without arguments and so cannot be copied ({exception.Message}). Keep them in an array, a List, a Dictionary or an OrderedDictionary.");
        }
    }
}
