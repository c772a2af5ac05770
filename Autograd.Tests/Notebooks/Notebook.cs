using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autograd.Tests.Notebooks;

/// <summary>A notebook as a file: cells of code with what they put out, in the format that Jupyter and Polyglot share (nbformat 4).</summary>
internal sealed class Notebook
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string path;
    private readonly JsonNode document;

    public Notebook(string path)
    {
        this.path = path;
        document = JsonNode.Parse(File.ReadAllText(path))!;
    }

    /// <summary>The cells of code, in order.</summary>
    public IEnumerable<NotebookCell> Cells => document["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code").Select((cell, index) => new NotebookCell(cell!.AsObject(), index + 1));

    /// <summary>Writes the file.</summary>
    public void Save() => File.WriteAllText(path, document.ToJsonString(Options).ReplaceLineEndings("\n") + "\n");
}

/// <summary>A cell of code.</summary>
internal sealed class NotebookCell(JsonObject cell, int number)
{
    private const string Nuget = "#r \"nuget:";

    /// <summary>Its place among the cells of code, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>The code, without the lines that fetch packages: the tests have built them.</summary>
    public string Code => string.Join('\n', Joined(cell["source"]).Split('\n').Where(line => !line.StartsWith(Nuget, StringComparison.Ordinal)));

    /// <summary>What the cell puts out, as text, according to the file.</summary>
    public IEnumerable<string> Outputs => cell["outputs"]!.AsArray().Select(output => Joined(output!["text"] ?? output["data"]?["text/plain"]).TrimEnd());

    /// <summary>Replaces what the cell puts out.</summary>
    public void SetOutputs(IEnumerable<CellOutput> outputs)
    {
        cell["execution_count"] = Number;
        cell["outputs"] = new JsonArray([.. outputs.Select(output => output.ToJson(Number))]);
    }

    private static string Joined(JsonNode? lines) => lines switch
    {
        JsonArray array => string.Concat(array.Select(line => (string?)line)),
        null => string.Empty,
        _ => (string)lines!,
    };
}

/// <summary>A piece of output: of the console, or of something that is displayed.</summary>
/// <param name="Text">It as text.</param>
/// <param name="Html">It as HTML; null for the console.</param>
/// <param name="IsResult">Whether it is the value of the cell's last expression.</param>
internal sealed record CellOutput(string Text, string? Html = null, bool IsResult = false)
{
    public JsonNode ToJson(int number)
    {
        if (Html is null)
        {
            return new JsonObject { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = Lines(Text) };
        }

        var json = new JsonObject
        {
            ["data"] = new JsonObject { ["text/html"] = Lines(Html), ["text/plain"] = Lines(Text) },
            ["metadata"] = new JsonObject(),
            ["output_type"] = IsResult ? "execute_result" : "display_data",
        };
        if (IsResult)
        {
            json["execution_count"] = number;
        }

        return json;
    }

    private static JsonArray Lines(string text)
    {
        var lines = text.Split('\n');
        return new JsonArray([.. lines.Select((line, index) => JsonValue.Create(index < lines.Length - 1 ? line + "\n" : line)).Where(line => line!.ToString().Length > 0)]);
    }
}
