using System.Text;

namespace Autograd.NN.Discovery;

/// <summary>Parameters that a computation uses although no field of the module leads to them: an optimizer would never see them, and no file would keep them.</summary>
internal static class ForgottenParameters
{
    /// <summary>Runs a computation and collects what it uses.</summary>
    public static IReadOnlyList<Parameter> Of(Module module, Action forward)
    {
        var known = new HashSet<Variable>(module.Parameters(), ReferenceEqualityComparer.Instance);
        var forgotten = new List<Parameter>();
        using (Variable.Observe(variable =>
        {
            lock (forgotten)
            {
                if (variable is Parameter parameter && known.Add(parameter))
                {
                    forgotten.Add(parameter);
                }
            }
        }))
        {
            forward();
        }

        return forgotten;
    }

    /// <summary>What was forgotten, why that is a mistake, and what to do.</summary>
    public static string Explain(Module module, IReadOnlyList<Parameter> forgotten)
    {
        var text = new StringBuilder($"{module.TypeName}: its computation uses {forgotten.Count} parameter{(forgotten.Count == 1 ? "" : "s")} that no field of the module leads to:");
        foreach (var parameter in forgotten.Take(10))
        {
            text.Append("\n  ").Append(parameter.Name is null ? "a Parameter" : $"Parameter '{parameter.Name}'").Append(" of shape ").Append(parameter.Shape).Append(", ").Append(parameter.DType);
        }

        return text.Append("\nParameters() does not list them, so that an optimizer does not train them and files do not keep them. One that is made in Compute is another one at each call: make it once, in a field or in the constructor. ")
            .Append("One that a lambda holds is hidden: keep it, or its module, in a field as well, or derive a class from Layer in place of the lambda.").ToString();
    }
}
