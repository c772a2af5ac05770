using System.Text;
using Autograd.NN.Discovery;

namespace Autograd.NN.Serialization;

/// <summary>How the entries of a state fit the variables of a module.</summary>
internal sealed class StateFit
{
    /// <summary>How many names a message lists of each kind.</summary>
    private const int MostListed = 20;

    private readonly List<(Variable Variable, string Entry)> pairs = [];
    private readonly StateDifference difference;
    private readonly List<string> misfits = [];
    private readonly Module module;

    /// <summary>Compares.</summary>
    /// <param name="module">The module.</param>
    /// <param name="entries">The paths of the state.</param>
    /// <param name="describe">Shape and element type of an entry.</param>
    public StateFit(Module module, IReadOnlyCollection<string> entries, Func<string, (Shape Shape, DType DType)> describe)
    {
        this.module = module;
        var variables = new ModuleTree(module).Variables;
        var unexpected = new HashSet<string>(entries, StringComparer.Ordinal);
        var aliases = new Dictionary<Variable, string>(ReferenceEqualityComparer.Instance);
        foreach (var (path, _) in variables)
        {
            unexpected.Remove(path);
        }

        // What is left may be further places of what is shared.
        foreach (var path in unexpected.ToArray())
        {
            if (Find(module, path) is { } variable)
            {
                unexpected.Remove(path);
                aliases.TryAdd(variable, path);
            }
        }

        var present = new HashSet<string>(entries, StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var (path, variable) in variables)
        {
            if ((present.Contains(path) ? path : aliases.GetValueOrDefault(variable)) is { } entry)
            {
                Compare(variable, entry, describe(entry));
            }
            else
            {
                missing.Add(path);
            }
        }

        difference = new(missing, [.. entries.Where(unexpected.Contains)]);
    }

    /// <summary>Assigns all values, or throws and assigns none.</summary>
    /// <param name="strict">Whether nothing may be missing or unexpected.</param>
    /// <param name="read">The value of an entry.</param>
    /// <exception cref="StateException">Something does not fit.</exception>
    public StateDifference Apply(bool strict, Func<string, Tensor> read)
    {
        if (misfits.Count > 0 || (strict && !difference.IsEmpty))
        {
            throw new StateException(Message(strict), difference);
        }

        // All are read before the first is assigned: a damaged file changes nothing.
        var values = pairs.ConvertAll(pair => read(pair.Entry).To(pair.Variable.DType));
        for (var i = 0; i < pairs.Count; i++)
        {
            pairs[i].Variable.Assign(values[i]);
        }

        return difference;
    }

    private static Variable? Find(Module module, string path)
    {
        foreach (var (name, member) in Members.Of(module))
        {
            if (member is Variable variable && name == path)
            {
                return variable;
            }

            var rest = name.Length == 0 ? path : path.StartsWith(name + ".", StringComparison.Ordinal) ? path[(name.Length + 1)..] : null;
            if (member is Module inner && rest is not null && Find(inner, rest) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private void Compare(Variable variable, string entry, (Shape Shape, DType DType) value)
    {
        if (variable.Shape != value.Shape)
        {
            misfits.Add($"{entry}: {value.Shape} in the state, {variable.Shape} in the module");
        }
        else if (variable.DType.IsFloatingPoint != value.DType.IsFloatingPoint || (variable.DType == DType.Bool) != (value.DType == DType.Bool))
        {
            misfits.Add($"{entry}: {value.DType} in the state, {variable.DType} in the module");
        }

        pairs.Add((variable, entry));
    }

    private string Message(bool strict)
    {
        var text = new StringBuilder($"{module.TypeName}.LoadState: the state does not fit the module, of which nothing was changed.");
        List("Shapes or element types differ", misfits);
        if (strict)
        {
            List("Missing in the state", difference.Missing);
            List("Unexpected in the state", difference.Unexpected);
            text.Append(misfits.Count == 0 ? "\nTo load what both have, pass strict: false; to rename entries, change the dictionary first." : string.Empty);
        }

        return text.ToString();

        void List(string title, IReadOnlyList<string> names)
        {
            if (names.Count > 0)
            {
                text.Append('\n').Append(title).Append(" (").Append(names.Count).Append("): ").AppendJoin("; ", names.Take(MostListed)).Append(names.Count > MostListed ? "; …" : string.Empty);
            }
        }
    }
}
