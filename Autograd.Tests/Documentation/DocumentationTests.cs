using System.Globalization;
using Autograd.NN;
using Autograd.Optim;
using Autograd.Terminal;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Autograd.Tests.Documentation;

/// <summary>Every piece of C# in README, docs and docstrings compiles and runs, and prints what the page says. The pieces of a page run one after the other, as a reader would.</summary>
[NonParallelizable]
internal sealed class DocumentationTests
{
    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithReferences(typeof(Tensor).Assembly, typeof(Module).Assembly, typeof(Optimizer).Assembly, typeof(TrainingDisplay).Assembly, typeof(Console).Assembly, typeof(Enumerable).Assembly)
        .WithImports("System", "System.IO", "System.Collections.Generic", "System.Linq", "Autograd", "Autograd.NN", "Autograd.Optim", "Autograd.Terminal");

    private static IEnumerable<string> Pages
        => Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Append(Repository.PathOf("README.md"))
            .Where(page => CodeBlock.Of(page).Any())
            .Select(page => Path.GetRelativePath(Repository.Root, page));

    private static IEnumerable<CodeBlock> Docstrings
        => new[] { typeof(Tensor), typeof(Module), typeof(Optimizer), typeof(TrainingDisplay) }
            .SelectMany(type => CodeBlock.OfDocstrings(Path.ChangeExtension(type.Assembly.Location, ".xml")));

    [TestCaseSource(nameof(Pages))]
    public async Task CodeOfAPageRuns(string page)
    {
        using var sizes = new UsersSizes();

        // An example that trains a network may fail for one draw of weights in a thousand.
        Generator.Seed(0);
        ScriptState<object>? state = null;
        foreach (var block in CodeBlock.Of(Repository.PathOf(page)))
        {
            if (block.Code.StartsWith("// Autograd.", StringComparison.Ordinal))
            {
                AssertQuotesItsFile(block);
                continue;
            }

            (state, var printed) = await Run(state, block);
            if (block.Output is { } expected)
            {
                Assert.That(printed.TrimEnd(), Is.EqualTo(expected.TrimEnd()), $"{block} prints something else.");
            }
        }
    }

    [TestCaseSource(nameof(Docstrings))]
    public async Task ExampleOfADocstringRuns(object example)
    {
        const string Prelude = """
            Generator.Seed(0);
            var x = Tensor.Rand([2, 4], requiresGrad: true);
            var y = (x * x * x).Sum();
            var target = Tensor.Rand([2, 3]);
            var image = Tensor.Rand([1, 4, 4]);
            var model = new Sequential(new Linear(4, 3), new Tanh());
            """;
        var block = (CodeBlock)example;
        var (state, _) = await Run(null, new(block.Source, 0, Prelude, null));
        await Run(state, block);
    }

    [Test]
    public void EveryPageIsReachedFromTheReadme()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var guides = Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Select(Path.GetFileName);
        Assert.That(guides.Where(guide => !readme.Contains($"docs/{guide}", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void LinksLeadToFilesThatExist()
    {
        var pages = Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories));
        var broken = from page in pages
                     from System.Text.RegularExpressions.Match link in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(page), @"\]\((?!https?:|#|mailto:)([^)#\s]+)")
                     let target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value)
                     where !Path.Exists(target)
                     select $"{Path.GetFileName(page)}: {link.Groups[1].Value}";
        Assert.That(broken, Is.Empty);
    }

    private static async Task<(ScriptState<object> State, string Printed)> Run(ScriptState<object>? state, CodeBlock block)
    {
        var (console, culture) = (Console.Out, CultureInfo.CurrentCulture);
        using var printed = new StringWriter(CultureInfo.InvariantCulture);
        Console.SetOut(printed);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            state = state is null ? await CSharpScript.RunAsync(block.Code, Options) : await state.ContinueWithAsync(block.Code, Options);
            return (state, printed.ToString().ReplaceLineEndings("\n"));
        }
        catch (CompilationErrorException error)
        {
            throw new AssertionException($"{block} does not compile: {string.Join('\n', error.Diagnostics)}", error);
        }
        finally
        {
            Console.SetOut(console);
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>A block that begins with the name of a file of the library quotes that file.</summary>
    private static void AssertQuotesItsFile(CodeBlock block)
    {
        var (first, rest) = (block.Code[..block.Code.IndexOf('\n', StringComparison.Ordinal)], block.Code[(block.Code.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        var file = File.ReadAllText(Repository.PathOf(first[3..].Trim())).ReplaceLineEndings("\n");
        Assert.That(file, Does.Contain(rest.Trim()), $"{block} is not what the file says.");
    }
}
