using Autograd.Tests.Documentation;
using Microsoft.CodeAnalysis.Scripting;

namespace Autograd.Tests.Notebooks;

/// <summary>Every cell of every notebook among the examples runs, and puts out what the file says. <c>AUTOGRAD_RENEW=1</c> writes what it puts out into the file.</summary>
[NonParallelizable]
internal sealed class NotebookTests
{
    private static readonly bool Renew = Environment.GetEnvironmentVariable("AUTOGRAD_RENEW") == "1";

    private static IEnumerable<string> Notebooks => Directory.EnumerateFiles(Repository.PathOf("examples/notebooks"), "*.ipynb").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Notebooks))]
    public async Task Every_cell_puts_out_what_the_file_says(string name)
    {
        var notebook = new Notebook(Path.Combine(Repository.PathOf("examples/notebooks"), name));
        using var run = new NotebookRun();
        foreach (var cell in notebook.Cells)
        {
            var outputs = await Run(run, cell);
            if (Renew)
            {
                cell.SetOutputs(outputs);
            }

            Assert.That(outputs.Select(output => output.Text.TrimEnd()), Is.EqualTo(cell.Outputs), $"{name}, cell {cell.Number}; AUTOGRAD_RENEW=1 renews the file.");
        }

        if (Renew)
        {
            notebook.Save();
        }
    }

    [Test]
    public void There_are_notebooks() => Assert.That(Notebooks, Is.SupersetOf(new[] { "quick-start.ipynb", "gradient-checking.ipynb", "the-graph.ipynb", "custom-layer.ipynb" }));

    [Test]
    public async Task A_seed_reaches_the_cells_that_follow()
    {
        using var run = new NotebookRun();
        var numbers = new List<string>();
        for (var time = 0; time < 2; time++)
        {
            await run.Run("Autograd.Generator.Seed(7);");
            numbers.Add((await run.Run("Console.WriteLine(Autograd.Tensor.Rand([3]));"))[0].Text);
        }

        Assert.That(numbers[0], Is.EqualTo(numbers[1]));
    }

    private static async Task<IReadOnlyList<CellOutput>> Run(NotebookRun run, NotebookCell cell)
    {
        try
        {
            return await run.Run(cell.Code);
        }
        catch (CompilationErrorException error)
        {
            throw new AssertionException($"Cell {cell.Number} does not compile: {string.Join('\n', error.Diagnostics)}", error);
        }
    }
}
