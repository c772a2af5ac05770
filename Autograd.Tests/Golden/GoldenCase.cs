namespace Autograd.Tests.Golden;

/// <summary>One reference case of one operation: arguments, and what PyTorch made of them. Data/README.md has the format.</summary>
/// <param name="Family">The family, which is a file's.</param>
/// <param name="Key">The operation, or operation/variant.</param>
/// <param name="Index">The number of the case within the operation.</param>
/// <param name="Positional">Positional arguments: <see cref="GoldenTensor"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>,
/// null, <see cref="TensorIndex"/>, <see cref="GoldenTuple"/>, and arrays of these.</param>
/// <param name="Named">Named arguments, in alphabetical order.</param>
/// <param name="Output">The results.</param>
internal sealed record GoldenCase(
    string Family, string Key, int Index, object?[] Positional, IReadOnlyList<KeyValuePair<string, object?>> Named, GoldenTensor[] Output)
{
    /// <summary>What is done to the first argument before the call.</summary>
    public string? Before { get; init; }

    /// <summary>What is done to the results after the call, to make them unique.</summary>
    public string? After { get; init; }

    /// <summary>For each tensor argument, its value after a call that changes it; null where it stays as it is.</summary>
    public GoldenTensor?[] InputsAfter { get; init; } = [];

    /// <summary>The upstream gradient of each output; null for one that has none.</summary>
    public GoldenTensor?[] Upstream { get; init; } = [];

    /// <summary>The gradients with respect to the arguments that require one; null for a case without.</summary>
    public GoldenTensor[]? Gradients { get; init; }

    /// <summary>The fixed v, one for each gradient, of s = Σ gradient·v; null for a case without second gradients.</summary>
    public GoldenTensor[]? Directions { get; init; }

    /// <summary>The gradients of s with respect to the same arguments.</summary>
    public GoldenTensor[]? SecondGradients { get; init; }

    /// <summary>Condition numbers of the quantities.</summary>
    public IReadOnlyDictionary<Quantity, double> Condition { get; init; } = new Dictionary<Quantity, double>();

    /// <summary>What is special about the case.</summary>
    public string[] Tags { get; init; } = [];

    public string Name => $"{Key}/{Index}";

    public override string ToString() => Name;
}

/// <summary>An index of several dimensions, as <c>x[a, b]</c> passes it.</summary>
internal sealed record GoldenTuple(object?[] Entries);
