using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Autograd.NN.Discovery;

/// <summary>The fields of a module's type that may hold members, in order, each with its name.</summary>
internal sealed class FieldPlan
{
    /// <summary>What trimming must leave on every type of module: fields hold the members, properties the names given to them.</summary>
    public const DynamicallyAccessedMemberTypes Scanned = DynamicallyAccessedMemberTypes.AllFields | DynamicallyAccessedMemberTypes.AllProperties;

    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // Weak keys: the types of a notebook's cells can be unloaded.
    private static readonly ConditionalWeakTable<Type, FieldPlan> Plans = [];

    private FieldPlan([DynamicallyAccessedMembers(Scanned)] Type type)
    {
        var fields = new List<(string Name, FieldInfo Field)>();
        for (var level = type; level is not null && level != typeof(Module); level = level.BaseType)
        {
            var own = level.GetFields(Own);
            Array.Sort(own, ByPlace);
            var named = new List<(string Name, FieldInfo Field)>(own.Length);
            foreach (var field in own)
            {
                if (MayHoldMembers(field.FieldType))
                {
                    named.Add((NameOf(field, level), field));
                }
            }

            fields.InsertRange(0, named);
        }

        Fields = fields;
    }

    /// <summary>Names and fields, those of base classes first, then in the order of declaration.</summary>
    public IReadOnlyList<(string Name, FieldInfo Field)> Fields { get; }

    /// <summary>The plan of a type; made once.</summary>
    /// <param name="type">A type of module.</param>
    public static FieldPlan Of([DynamicallyAccessedMembers(Scanned)] Type type)
    {
        if (!Plans.TryGetValue(type, out var plan))
        {
            plan = new FieldPlan(type);
            Plans.AddOrUpdate(type, plan);
        }

        return plan;
    }

    private static string NameOf(FieldInfo field, [DynamicallyAccessedMembers(Scanned)] Type level)
    {
        var given = field.GetCustomAttribute<ParameterNameAttribute>()
            ?? (FieldName.Property(field.Name) is { } property ? level.GetProperty(property, Own)?.GetCustomAttribute<ParameterNameAttribute>() : null);
        return given?.Name ?? FieldName.ToSnakeCase(FieldName.InSource(field.Name));
    }

    /// <summary>The order of declaration. Ahead-of-time compilation keeps no tokens, and keeps the order as it is.</summary>
    private static int ByPlace(FieldInfo a, FieldInfo b) => a.HasMetadataToken() && b.HasMetadataToken() ? a.GetMetadataToken().CompareTo(b.GetMetadataToken()) : 0;

    /// <summary>Whether a value of the type can be a variable, a module or a collection: a sealed type or structure that is none of these never holds one.</summary>
    private static bool MayHoldMembers(Type type)
        => typeof(Variable).IsAssignableFrom(type)
            || typeof(Module).IsAssignableFrom(type)
            || typeof(IEnumerable).IsAssignableFrom(type)
            || typeof(ITuple).IsAssignableFrom(type)
            || !(type.IsSealed || type.IsPointer || type.IsFunctionPointer || typeof(Delegate).IsAssignableFrom(type));
}
