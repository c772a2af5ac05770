using System.Text;

namespace Autograd.NN.Discovery;

/// <summary>The name of a member from the name of the field that holds it.</summary>
internal static class FieldName
{
    private const string OfProperty = ">k__BackingField";
    private const string OfCapturedParameter = ">P";

    /// <summary>The name in the source code: without the compiler's decoration of the fields behind properties and captured constructor parameters.</summary>
    /// <param name="field">The field's name in the metadata.</param>
    public static string InSource(string field)
    {
        if (field.StartsWith('<'))
        {
            foreach (var ending in (ReadOnlySpan<string>)[OfProperty, OfCapturedParameter])
            {
                if (field.EndsWith(ending, StringComparison.Ordinal))
                {
                    return field[1..^ending.Length];
                }
            }
        }

        return field;
    }

    /// <summary>The property of which this is the backing field; null if it is none.</summary>
    /// <param name="field">The field's name in the metadata.</param>
    public static string? Property(string field) => field.EndsWith(OfProperty, StringComparison.Ordinal) ? InSource(field) : null;

    /// <summary>camelCase and PascalCase as snake_case, without leading underscores: <c>_innerWeight</c> gives <c>inner_weight</c>, <c>QKVScale</c> gives <c>qkv_scale</c>.</summary>
    /// <param name="name">A name in the source code.</param>
    public static string ToSnakeCase(string name)
    {
        var source = name.AsSpan().TrimStart('_');
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < source.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(source[i]) && source[i - 1] != '_'
                && (!char.IsUpper(source[i - 1]) || (i + 1 < source.Length && char.IsLower(source[i + 1])));
            text.Append(startsWord ? "_" : string.Empty).Append(char.ToLowerInvariant(source[i]));
        }

        return text.ToString();
    }
}
