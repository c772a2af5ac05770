using System.Globalization;
using Autograd.NN;
using Autograd.Optim;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Formatting;

namespace Autograd.Tests.Notebooks;

/// <summary>What the code of a notebook finds beside what it defines.</summary>
public sealed class NotebookGlobals
{
    private readonly StringWriter console;
    private readonly List<CellOutput> outputs;

    internal NotebookGlobals(StringWriter console, List<CellOutput> outputs) => (this.console, this.outputs) = (console, outputs);

    /// <summary>Shows something.</summary>
    public void display(object value) => Add(value, isResult: false);

    internal void Add(object value, bool isResult)
    {
        Flush();
        outputs.Add(new(value.ToDisplayString("text/plain").ReplaceLineEndings("\n"), value.ToDisplayString("text/html").ReplaceLineEndings("\n"), isResult));
    }

    internal void Flush()
    {
        var text = console.ToString().ReplaceLineEndings("\n");
        console.GetStringBuilder().Clear();
        if (text.Length > 0)
        {
            outputs.Add(new(text));
        }
    }
}

/// <summary>Runs cell after cell as a notebook does: each is a script that goes on where the one before ended, in a flow of control of its own.</summary>
internal sealed class NotebookRun : IDisposable
{
    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithReferences(typeof(Tensor).Assembly, typeof(Module).Assembly, typeof(Optimizer).Assembly, typeof(Console).Assembly, typeof(Enumerable).Assembly)
        .WithImports("System", "System.IO", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks");

    private readonly StringWriter printed = new(CultureInfo.InvariantCulture);
    private readonly List<CellOutput> outputs = [];
    private readonly NotebookGlobals globals;
    private readonly TextWriter console = Console.Out;
    private readonly CultureInfo culture = CultureInfo.CurrentCulture;
    private ScriptState<object>? state;

    public NotebookRun()
    {
        globals = new NotebookGlobals(printed, outputs);
        Console.SetOut(printed);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
    }

    /// <summary>Runs a cell and returns what it puts out.</summary>
    public async Task<IReadOnlyList<CellOutput>> Run(string code)
    {
        outputs.Clear();
        state = state is null ? await CSharpScript.RunAsync(code, Options, globals) : await state.ContinueWithAsync(code, Options);
        if (state.ReturnValue is { } value)
        {
            globals.Add(value, isResult: true);
        }

        globals.Flush();
        return [.. outputs];
    }

    public void Dispose()
    {
        Console.SetOut(console);
        CultureInfo.CurrentCulture = culture;
        printed.Dispose();
    }
}
