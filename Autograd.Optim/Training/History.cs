using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Autograd.Optim;

/// <summary>The numbers of an epoch.</summary>
/// <param name="Epoch">Its number, from 1 on.</param>
/// <param name="Values"><c>loss</c>, metrics, <c>val_loss</c>, …, <c>learning_rate</c>, and <c>seconds</c> since the beginning.</param>
public sealed record EpochRecord(int Epoch, IReadOnlyDictionary<string, double> Values);

/// <summary>A training run, epoch by epoch: as a table, as CSV and JSON, and as a page with curves.</summary>
public sealed class History : IReadOnlyList<EpochRecord>
{
    private readonly List<EpochRecord> epochs = [];

    /// <summary>What happened besides: where the run was taken up, what file was refused.</summary>
    public IList<string> Notes { get; } = [];

    /// <summary>Why the run ended before its last epoch; null if it did not.</summary>
    public string? StopReason { get; set; }

    /// <summary>Whether the run was cancelled.</summary>
    public bool WasCancelled { get; internal set; }

    /// <summary>The number of epochs.</summary>
    public int Count => epochs.Count;

    /// <summary>The names of all numbers, in the order in which they first appear.</summary>
    public IReadOnlyList<string> Columns => [.. epochs.SelectMany(epoch => epoch.Values.Keys).Distinct(StringComparer.Ordinal)];

    /// <summary>An epoch.</summary>
    /// <param name="index">Its place, from 0 on.</param>
    public EpochRecord this[int index] => epochs[index];

    /// <summary>A number through all epochs; NaN where it was not measured.</summary>
    /// <param name="column">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such number.</exception>
    public double[] this[string column] => epochs.Exists(epoch => epoch.Values.ContainsKey(column))
        ? [.. epochs.Select(epoch => epoch.Values.GetValueOrDefault(column, double.NaN))]
        : throw new KeyNotFoundException($"History: there is no '{column}'; there are {string.Join(", ", Columns)}.");

    /// <summary>Adds an epoch; for loops that are written out.</summary>
    /// <param name="epoch">Its numbers.</param>
    public void Add(EpochRecord epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        epochs.Add(epoch);
    }

    /// <summary>The table as comma-separated values, a row for each epoch.</summary>
    public string ToCsv()
    {
        static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var text = new StringBuilder("epoch");
        var columns = Columns;
        text.AppendJoin(string.Empty, columns.Select(column => "," + Cell(column))).Append('\n');
        foreach (var epoch in epochs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch}");
            foreach (var column in columns)
            {
                text.Append(',').Append(epoch.Values.TryGetValue(column, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : string.Empty);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>All of it as JSON; NaN and infinities are texts.</summary>
    public string ToJson() => new JsonObject
    {
        ["stopReason"] = StopReason,
        ["notes"] = new JsonArray([.. Notes.Select(note => (JsonNode)note)]),
        ["epochs"] = new JsonArray([.. epochs.Select(epoch => (JsonNode)new JsonObject
        {
            ["epoch"] = epoch.Epoch,
            ["values"] = new JsonObject(epoch.Values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)(double.IsFinite(pair.Value) ? JsonValue.Create(pair.Value) : JsonValue.Create(pair.Value.ToString(CultureInfo.InvariantCulture)))))),
        })]),
    }.ToJsonString();

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="FormatException">It is not a history.</exception>
    public static History FromJson(string json)
    {
        try
        {
            var root = JsonNode.Parse(json)!;
            var history = new History { StopReason = (string?)root["stopReason"] };
            foreach (var note in root["notes"]!.AsArray())
            {
                history.Notes.Add((string)note!);
            }

            foreach (var epoch in root["epochs"]!.AsArray())
            {
                var values = new OrderedDictionary<string, double>(StringComparer.Ordinal);
                foreach (var (name, value) in epoch!["values"]!.AsObject())
                {
                    values[name] = value!.GetValueKind() == JsonValueKind.String ? double.Parse((string)value!, CultureInfo.InvariantCulture) : (double)value!;
                }

                history.Add(new((int)epoch["epoch"]!, values));
            }

            return history;
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new FormatException($"History.FromJson: not a history: {exception.Message}", exception);
        }
    }

    /// <summary>A page with the curves of loss and metrics and the table, in one file; for light and dark.</summary>
    /// <param name="title">Its title.</param>
    public string ToHtml(string title = "Training") => Training.HistoryPage.Write(this, title);

    /// <summary>Writes the history to a file: .csv, .json or .html.</summary>
    /// <param name="path">The file; its ending says how.</param>
    /// <exception cref="ArgumentException">The ending is another one.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        File.WriteAllText(path, Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => ToCsv(),
            ".JSON" => ToJson(),
            ".HTML" => ToHtml(Path.GetFileNameWithoutExtension(path)),
            _ => throw new ArgumentException($"History.Save: '{path}' ends neither in .csv nor in .json nor in .html.", nameof(path)),
        });
    }

    /// <summary>The last epoch, and why the run ended.</summary>
    public override string ToString()
        => Count == 0 ? "no epochs" : $"{Count} epochs: {string.Join(", ", this[^1].Values.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:G4}")))}{(StopReason is null ? string.Empty : $"; {StopReason}")}";

    /// <summary>An enumerator over the epochs.</summary>
    public IEnumerator<EpochRecord> GetEnumerator() => epochs.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
