using System.Diagnostics.CodeAnalysis;

namespace Autograd.Display;

/// <summary>Tells a notebook who formats a type. Notebooks find it by its name and its two properties, whoever defines it, so that no package has to be referenced.</summary>
/// <param name="formatterSourceType">A type with a public constructor without parameters and a method <c>IEnumerable&lt;object&gt; CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor | DynamicallyAccessedMemberTypes.PublicMethods)] Type formatterSourceType) : Attribute
{
    /// <summary>The type that makes the formatters.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor | DynamicallyAccessedMemberTypes.PublicMethods)]
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The formats that are shown unless another is asked for.</summary>
    public string[] PreferredMimeTypes { get; init; } = ["text/html"];
}
