using Autograd.NN.Discovery;

namespace Autograd.NN;

public abstract partial class Module<TInput, TOutput>
{
    /// <summary>Computes the output with other parameters and buffers, which may be recorded: a function of its parameters, as which a module can be differentiated, averaged, or learned. The module itself stays as it is.</summary>
    /// <param name="parameters">Values by path, as <see cref="Module.StateDictionary"/> has them; where there is none, the module's own counts.</param>
    /// <param name="input">The input.</param>
    /// <exception cref="ModuleException">The module has no parameter or buffer of a path.</exception>
    /// <exception cref="ShapeException">A shape differs.</exception>
    /// <exception cref="DTypeException">An element type differs.</exception>
    /// <example><code>
    /// var w = model.StateDictionary();
    /// var scaled = w.ToDictionary(entry => entry.Key, entry => entry.Value * 0.5);
    /// var prediction = model.Call(scaled, x);
    /// </code></example>
    public TOutput Call(IReadOnlyDictionary<string, Tensor> parameters, TInput input)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var variables = new ModuleTree(this).Variables.ToDictionary(StringComparer.Ordinal);
        var values = new List<KeyValuePair<Variable, Tensor>>(parameters.Count);
        foreach (var (path, value) in parameters)
        {
            var variable = variables.GetValueOrDefault(path)
                ?? throw new ModuleException($"{TypeName}.Call: there is no parameter or buffer '{path}'. There are: {string.Join(", ", variables.Keys.Take(20))}{(variables.Count > 20 ? ", …" : string.Empty)}.");
            values.Add(value.Shape == variable.Shape
                ? new(variable, value)
                : throw new ShapeException($"{TypeName}.Call: '{path}' has shape {variable.Shape}, but the value that is given for it {value.Shape}."));
        }

        using (Variable.Substitute(values))
        {
            return Forward(input);
        }
    }
}
