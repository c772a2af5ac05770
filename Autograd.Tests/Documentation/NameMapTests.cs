using System.Reflection;
using System.Text.RegularExpressions;
using Autograd.NN;
using Autograd.Optim;
using Module = Autograd.NN.Module;

namespace Autograd.Tests.Documentation;

/// <summary>The map from PyTorch's names and the guide to networks: every name of the library in them exists, and no layer and no loss is left out.</summary>
internal sealed partial class NameMapTests
{
    // Of C# and of .NET.
    private static readonly string[] Others = ["C", "CTC", "False", "TInput", "TOutput"];

    private static readonly Lazy<HashSet<string>> Names = new(() =>
    {
        var names = new HashSet<string>(Others, StringComparer.Ordinal);
        foreach (var type in new[] { typeof(Tensor), typeof(Layer), typeof(Optimizer) }.SelectMany(root => root.Assembly.GetExportedTypes()))
        {
            names.Add(type.Name.Split('`')[0]);
            names.UnionWith(type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance).Select(member => member.Name.Replace("get_", string.Empty, StringComparison.Ordinal)));
        }

        return names;
    });

    private static IEnumerable<string> Layers => typeof(Layer).Assembly.GetExportedTypes().Where(type => typeof(Module).IsAssignableFrom(type) && !type.IsAbstract).Select(type => type.Name.Split('`')[0]);

    private static IEnumerable<string> Losses => typeof(Loss).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => $"Loss.{method.Name}").Distinct(StringComparer.Ordinal);

    [Test]
    public void Every_name_of_the_map_exists()
    {
        var missing = from line in File.ReadLines(Repository.PathOf("docs/from-pytorch.md"))
                      where line.StartsWith("| ", StringComparison.Ordinal)
                      let cells = line.Split('|')
                      from Match code in Code().Matches(cells[2])
                      from Match name in Name().Matches(Text().Replace(code.Groups[1].Value, string.Empty))
                      where !Names.Value.Contains(name.Value)
                      select $"{name.Value} in {code.Value}";
        Assert.That(missing, Is.Empty);
        Assert.That(Names.Value, Does.Not.Contain("Conv4d"), "a name that does not exist is found out");
    }

    [TestCase("docs/from-pytorch.md")]
    [TestCase("docs/networks.md")]
    public void Every_layer_and_every_loss_is_there(string page)
    {
        var text = File.ReadAllText(Repository.PathOf(page));
        var left = Layers.Concat(Losses).Where(name => !Regex.IsMatch(text, $@"`[^`]*\b{Regex.Escape(name)}\b[^`]*`"));
        Assert.That(left, Is.Empty);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    // With a capital; not the values of examples.
    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Name();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();
}
