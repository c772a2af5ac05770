using System.Globalization;
using Autograd.Display;
using Autograd.NN.Discovery;

namespace Autograd.NN;

/// <summary>A module in a notebook: the tree of modules with the shapes and numbers of their parameters.</summary>
internal sealed class ModuleDisplay(Module module, Markup page)
{
    private const int MaxRows = 200;

    private readonly HashSet<Variable> counted = new(ReferenceEqualityComparer.Instance);
    private readonly List<Module> outer = [];
    private int rows;

    public void Show()
    {
        var parameters = module.Parameters();
        var frozen = parameters.Where(parameter => parameter.IsFrozen).Sum(parameter => (long)parameter.ElementCount);
        page.Open("div").Add("span", module.TypeName, ("class", "autograd-head"))
            .Add("span", string.Create(CultureInfo.InvariantCulture, $"  {module.ParameterCount:N0} parameters")
                + (frozen > 0 ? string.Create(CultureInfo.InvariantCulture, $", {frozen:N0} of them frozen") : string.Empty)
                + $", {Displays.Bytes(module.Parameters().Concat<Variable>(module.Buffers()).Sum(variable => (long)variable.ElementCount * variable.DType.ByteSize))}, "
                + (module.IsTraining ? "training" : "evaluating"), ("class", "dim"))
            .Close();
        page.Open("table").Open("tr");
        foreach (var title in (ReadOnlySpan<string>)["module", "type", "parameters and buffers", "numbers"])
        {
            page.Add("th", title, ("class", title == "numbers" ? null : "word"));
        }

        page.Close();
        Row(string.Empty, module);
        if (rows > MaxRows)
        {
            page.Open("tr").Add("td", string.Create(CultureInfo.InvariantCulture, $"… {rows - MaxRows} more"), ("class", "word"), ("colspan", 4)).Close();
        }

        page.Close();
    }

    private void Row(string name, Module shown)
    {
        var members = Members.Of(shown);
        var isOpen = !outer.Contains(shown);
        if (rows++ < MaxRows)
        {
            var own = members.Where(member => member.Value is Variable).Select(member => (member.Key, Variable: (Variable)member.Value)).ToList();
            var numbers = own.Where(entry => entry.Variable is Parameter && counted.Add(entry.Variable)).Sum(entry => (long)entry.Variable.ElementCount);
            page.Open("tr")
                .Add("td", new string(' ', 2 * outer.Count) + (name.Length == 0 ? "·" : name), ("class", "word"))
                .Add("td", isOpen ? shown.ShortName : $"{shown.TypeName}(…)", ("class", "word"))
                .Add("td", string.Join(", ", own.Select(entry => $"{entry.Key} {entry.Variable.Shape}{(entry.Variable is Parameter { IsFrozen: true } ? " frozen" : string.Empty)}")), ("class", "word"))
                .Add("td", numbers > 0 ? numbers.ToString("N0", CultureInfo.InvariantCulture) : string.Empty)
                .Close();
        }

        if (isOpen)
        {
            outer.Add(shown);
            foreach (var (childName, child) in members)
            {
                if (child is Module inner)
                {
                    Row(childName, inner);
                }
            }

            outer.RemoveAt(outer.Count - 1);
        }
    }
}
