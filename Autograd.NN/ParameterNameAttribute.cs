namespace Autograd.NN;

/// <summary>Gives a parameter, buffer or child of a <see cref="Module"/> another name than its field's. For an auto-property it stands on the property.</summary>
/// <param name="name">The name; the empty string leaves the member out of the paths, so that the entries of a list are named <c>0</c>, <c>1</c>, … at once.</param>
/// <example><code>[ParameterName("gamma")] private readonly Parameter scale = new(Tensor.Ones([8]));</code></example>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ParameterNameAttribute(string name) : Attribute
{
    /// <summary>The name in paths such as <c>encoder.gamma</c>.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));
}
