namespace Autograd.Tests.Golden;

/// <summary>The arguments of one call, decoded: by position, or by name where PyTorch allows either.</summary>
internal sealed class Arguments
{
    private readonly List<Tensor> differentiable = [];
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private readonly object?[] positional;
    private readonly Dictionary<string, object?> named = new(StringComparer.Ordinal);

    /// <summary>Makes the tensors of a case.</summary>
    public Arguments(GoldenCase golden)
    {
        // The order counts: gradients are listed by position, lists depth-first, then by name.
        positional = Array.ConvertAll(golden.Positional, Bind);
        foreach (var (name, value) in golden.Named)
        {
            named[name] = Bind(value);
        }

        if (golden.Before == "add_transpose")
        {
            positional[0] = Tensor(0) + Tensor(0).T;
        }
    }

    /// <summary>The tensors whose gradients are listed, in the order of the data.</summary>
    public Tensor[] Differentiable => [.. differentiable];

    /// <summary>How many positional arguments there are.</summary>
    public int Count => positional.Length;

    public object? Value(int position, string name = "")
    {
        if (position < positional.Length)
        {
            read.Add($"{position}");
            return positional[position];
        }

        read.Add(name);
        return named.GetValueOrDefault(name);
    }

    /// <summary>Arguments, other than null and false, that the call has and nobody has asked for.</summary>
    public IEnumerable<string> Unread
        => Enumerable.Range(0, positional.Length).Select(i => ($"{i}", positional[i])).Concat(named.Select(pair => (pair.Key, pair.Value)))
            .Where(argument => argument.Item2 is not (null or false) && !read.Contains(argument.Item1))
            .Select(argument => argument.Item1);

    /// <summary>Says that an argument changes nothing about the results, or nothing that the name of the variant does not say.</summary>
    public Arguments Without(int position, string name)
    {
        Value(position, name);
        return this;
    }

    public bool Has(int position, string name = "") => Value(position, name) is not null;

    public bool IsTensor(int position, string name = "") => Value(position, name) is Tensor;

    public Tensor Tensor(int position, string name = "") => TensorOrNull(position, name) ?? throw Missing(position, name);

    public Tensor? TensorOrNull(int position, string name = "") => (Tensor?)Value(position, name);

    /// <summary>A list of tensors.</summary>
    public Tensor[] Tensors(int position) => Array.ConvertAll((object?[])Value(position)!, tensor => (Tensor)tensor!);

    public Scalar Scalar(int position, string name = "") => Value(position, name) switch
    {
        long whole => whole,
        double real => real,
        bool truth => truth,
        _ => throw Missing(position, name),
    };

    public double Number(int position, string name = "", double? otherwise = null) => Value(position, name) switch
    {
        long whole => whole,
        double real => real,
        _ => otherwise ?? throw Missing(position, name),
    };

    public int Int(int position, string name = "", int? otherwise = null) => IntOrNull(position, name) ?? otherwise ?? throw Missing(position, name);

    public int? IntOrNull(int position, string name = "") => (int?)(long?)Value(position, name);

    /// <summary>Several integers; a single one counts as a list, and an absent one as an empty list.</summary>
    public int[] Ints(int position, string name = "") => Value(position, name) switch
    {
        null => [],
        long whole => [(int)whole],
        var list => Array.ConvertAll((object?[])list, item => (int)(long)item!),
    };

    public bool Flag(int position, string name, bool otherwise = false) => (bool?)Value(position, name) ?? otherwise;

    public string Text(int position, string name, string otherwise) => (string?)Value(position, name) ?? otherwise;

    private static InvalidDataException Missing(int position, string name) => new($"The call has no argument {position} '{name}' of the kind asked for.");

    private object? Bind(object? value)
    {
        switch (value)
        {
            case GoldenTensor golden:
                var tensor = golden.ToTensor();
                if (golden.RequiresGrad)
                {
                    differentiable.Add(tensor);
                }

                return tensor;
            case object?[] list:
                return Array.ConvertAll(list, Bind);
            case GoldenTuple tuple:
                return new GoldenTuple(Array.ConvertAll(tuple.Entries, Bind));
            default:
                return value;
        }
    }
}
