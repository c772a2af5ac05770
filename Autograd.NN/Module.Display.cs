using System.Text;
using Autograd.Display;
using Autograd.NN.Discovery;

namespace Autograd.NN;

[TypeFormatterSource(typeof(DisplayFormatters))]
public abstract partial class Module : IDisplayed
{
    /// <summary>What <see cref="ToString"/> writes in brackets behind the type's name, such as <c>inFeatures: 2, outFeatures: 8</c>; nothing unless overridden.</summary>
    protected virtual string HyperParameters => string.Empty;

    /// <summary>The type's name with the hyper-parameters, without the modules inside.</summary>
    internal string ShortName => $"{TypeName}({HyperParameters})";

    /// <summary>The tree of modules, one a line, with their names and hyper-parameters.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text, this, indent: 0, outer: []);
        return text.ToString();
    }

    /// <inheritdoc/>
    void IDisplayed.Show(Markup page) => new ModuleDisplay(this, page).Show();

    private static void Write(StringBuilder text, Module module, int indent, List<Module> outer)
    {
        text.Append(module.TypeName);
        if (outer.Contains(module))
        {
            text.Append("(…)");
            return;
        }

        text.Append('(').Append(module.HyperParameters);
        outer.Add(module);
        var hasChildren = false;
        foreach (var (name, member) in Members.Of(module))
        {
            if (member is Module child)
            {
                hasChildren = true;
                text.Append('\n').Append(' ', indent + 2).Append('(').Append(name).Append("): ");
                Write(text, child, indent + 2, outer);
            }
        }

        outer.RemoveAt(outer.Count - 1);
        if (hasChildren)
        {
            text.Append('\n').Append(' ', indent);
        }

        text.Append(')');
    }
}
