using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Autograd.Benchmarks.Comparison;

/// <summary>Another process, which reads one JSON object a line and answers each with one line. docs/comparison.md describes the exchange.</summary>
internal sealed class PeerSide : ISide, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly StringBuilder complaints = new();

    private PeerSide(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (complaints)
            {
                complaints.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    public string Name { get; private set; } = "peer";

    /// <summary>Starts a peer.</summary>
    /// <param name="command">A program and its arguments.</param>
    /// <param name="threads">How many threads it may use.</param>
    /// <exception cref="PeerException">It does not start, or does not answer.</exception>
    public static PeerSide Start(string command, int threads)
    {
        var (program, arguments) = Split(command);
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[variable] = $"{threads}";
        }

        PeerSide peer;
        try
        {
            peer = new(Process.Start(start) ?? throw new PeerException($"The peer does not start: {command}"));
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new PeerException($"The peer does not start: {exception.Message}");
        }

        try
        {
            peer.Name = peer.Ask(new() { ["action"] = "hello", ["threads"] = threads }).Name ?? peer.Name;
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsSettled => true;

    public IReadOnlyList<Checksum> Check(WorkloadDescription workload, int steps)
        => Ask(new() { ["action"] = "check", ["workload"] = workload.CheckedJson.DeepClone(), ["steps"] = steps }).Results
            ?? throw new PeerException("The peer answered a check without results.");

    public void Prepare(WorkloadDescription workload) => Ask(new() { ["action"] = "prepare", ["workload"] = workload.Json.DeepClone() });

    public double Time(int steps)
        => Ask(new() { ["action"] = "time", ["steps"] = steps }).Seconds ?? throw new PeerException("The peer answered without a time.");

    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It has gone already.
        }

        process.Dispose();
    }

    private static (string Program, string Arguments) Split(string command)
    {
        var text = command.Trim();
        var quoted = text.StartsWith('"');
        var end = quoted ? text.IndexOf('"', 1) : text.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? (text.Trim('"'), "") : (text[(quoted ? 1 : 0)..end], text[(end + 1)..]);
    }

    private Answer Ask(JsonObject request)
    {
        string? line;
        try
        {
            process.StandardInput.WriteLine(request.ToJsonString());
            process.StandardInput.Flush();
            line = process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            line = null;
        }

        if (line is null)
        {
            if (process.WaitForExit(Patience))
            {
                // Without a limit it waits for the end of the redirected output, too.
                process.WaitForExit();
            }

            lock (complaints)
            {
                throw new PeerException($"The peer has gone. Its last words:\n{complaints.ToString().TrimEnd()}");
            }
        }

        Answer answer;
        try
        {
            answer = JsonSerializer.Deserialize<Answer>(line, Json)!;
        }
        catch (JsonException)
        {
            throw new PeerException($"The peer's answer is not JSON: {line}");
        }

        return answer.Unsupported is { } missing ? throw new UnsupportedWorkloadException(missing)
            : answer.Error is { } error ? throw new PeerException(error)
            : answer;
    }

    private sealed record Answer(string? Name, double? Seconds, Checksum[]? Results, string? Error, string? Unsupported);
}

/// <summary>The peer did not start, broke off, or could not do what it was asked for.</summary>
internal sealed class PeerException(string message) : Exception(message);
