using System.Globalization;
using Autograd.Optim;
using Spectre.Console;

namespace Autograd.Terminal;

/// <summary>Shows a training run in a terminal: a bar, loss and metrics, samples per second, the time left. Where output is piped, it writes a plain line for some epochs; if it is to be quiet, nothing.</summary>
/// <example><code>using (var display = new TrainingDisplay())
/// {
///     var options = new FitOptions&lt;Tensor, Tensor, Tensor&gt; { Epochs = 60, Progress = display };
/// }</code></example>
public sealed class TrainingDisplay : IProgress<TrainingProgress>, IDisposable
{
    private readonly IAnsiConsole console;
    private readonly bool isQuiet;
    private readonly int everyEpochs;
    private readonly TimeSpan interval = TimeSpan.FromMilliseconds(100);
    private TaskCompletionSource ended = new();
    private Task? drawing;
    private ProgressTask? bar;
    private TimeSpan shown = TimeSpan.MinValue;

    /// <summary>A display.</summary>
    /// <param name="quiet">Whether it shows nothing.</param>
    /// <param name="everyEpochs">After how many epochs a plain line is written; the first and the last one have one anyway.</param>
    /// <param name="console">Where; left out, the program's terminal.</param>
    public TrainingDisplay(bool quiet = false, int everyEpochs = 1, IAnsiConsole? console = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everyEpochs, 1);
        (isQuiet, this.everyEpochs, this.console) = (quiet, everyEpochs, console ?? AnsiConsole.Console);
    }

    /// <summary>Takes a report.</summary>
    /// <param name="value">Where the run is.</param>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (isQuiet)
        {
            return;
        }

        if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
        {
            Draw(value);
        }
        else if (value is { IsEpochEnd: true, IsEnd: false } && (value.Epoch == 1 || value.Epoch == value.Epochs || value.Epoch % everyEpochs == 0))
        {
            console.Profile.Out.Writer.WriteLine(value.ToString());
        }
    }

    /// <summary>Takes the bar away, if a run has ended with an error.</summary>
    public void Dispose()
    {
        ended.TrySetResult();
        drawing?.GetAwaiter().GetResult();
        (drawing, bar, shown) = (null, null, TimeSpan.MinValue);
    }

    private void Draw(TrainingProgress value)
    {
        if (drawing is null)
        {
            var begun = new TaskCompletionSource();
            ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            drawing = console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(async progress =>
                {
                    bar = progress.AddTask("training", maxValue: 1);
                    begun.SetResult();
                    await ended.Task.ConfigureAwait(false);
                });
            begun.Task.GetAwaiter().GetResult();
        }

        if (value.Elapsed - interval >= shown || value.IsEnd || shown == TimeSpan.MinValue)
        {
            shown = value.Elapsed;
            bar!.Value = value.Share;
            bar.Description = Markup.Escape(Describe(value));
        }

        if (value.IsEnd)
        {
            Dispose();
        }
    }

    private static string Describe(TrainingProgress value)
    {
        var numbers = value.Values.Where(pair => pair.Key is not ("seconds" or "learning_rate") && !pair.Key.Contains('/', StringComparison.Ordinal)).Take(4);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {value.Epoch}/{value.Epochs}  {string.Join("  ", numbers.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:F4}")))}  {value.SamplesPerSecond:F0}/s  {value.Remaining:mm\\:ss} left");
    }
}
