using Autograd.NN;
using Autograd.Optim;
using Autograd.Terminal;
using Spectre.Console;

namespace Autograd.Tests.Training;

internal sealed class HistoryTests
{
    private static History Sample()
    {
        var history = new History { StopReason = "enough" };
        history.Add(new(1, new OrderedDictionary<string, double>(StringComparer.Ordinal) { ["loss"] = 0.1 + 0.2, ["odd, name"] = double.NaN }));
        history.Add(new(2, new OrderedDictionary<string, double>(StringComparer.Ordinal) { ["loss"] = 0.25, ["val_loss"] = double.PositiveInfinity, ["gradient/0.weight"] = 3 }));
        history.Notes.Add("<b>noted</b>");
        return history;
    }

    [Test]
    public void CsvHasEveryDigit()
        => Assert.That(Sample().ToCsv(), Is.EqualTo("epoch,loss,\"odd, name\",val_loss,gradient/0.weight\n1,0.30000000000000004,NaN,,\n2,0.25,,Infinity,3\n"));

    [Test]
    public void JsonIsReadBackToTheLastBit()
    {
        var read = History.FromJson(Sample().ToJson());
        Assert.That(read.ToCsv(), Is.EqualTo(Sample().ToCsv()));
        Assert.That((read.StopReason, read.Notes[0]), Is.EqualTo(("enough", "<b>noted</b>")));
        Assert.That(() => History.FromJson("{"), Throws.InstanceOf<FormatException>());
        Assert.That(() => History.FromJson("{}"), Throws.InstanceOf<FormatException>());
    }

    [Test]
    public void ThePageIsWellFormedAndEscaped()
    {
        var html = Sample().ToHtml("A & B");
        var page = System.Xml.Linq.XDocument.Parse(html[html.IndexOf("<html", StringComparison.Ordinal)..]);
        Assert.That(page.Descendants().Count(element => element.Name.LocalName == "svg"), Is.EqualTo(3), "loss with validation, the odd one, gradients");
        Assert.That(html, Does.Contain("&lt;b&gt;noted").And.Contain("A &amp; B").And.Contain("color-scheme:light dark"));
    }

    [Test]
    public void FilesAreWrittenByTheirEnding()
    {
        var folder = Directory.CreateTempSubdirectory("autograd").FullName;
        foreach (var ending in new[] { "csv", "json", "html" })
        {
            Sample().Save(Path.Combine(folder, "run." + ending));
        }

        Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(3));
        Assert.That(() => Sample().Save(Path.Combine(folder, "run.xls")), Throws.ArgumentException.With.Message.Contains(".csv"));
        Directory.Delete(folder, recursive: true);
        Assert.That(() => Sample()["f1"], Throws.InstanceOf<KeyNotFoundException>().With.Message.Contains("loss"));
        Assert.That(Sample().ToString(), Is.EqualTo("2 epochs: loss 0.25, val_loss Infinity, gradient/0.weight 3; enough"));
    }

    [Test]
    public void TheTerminalShowsLinesWhenPipedABarWhenNotAndNothingWhenQuiet()
    {
        var piped = Shown(interactive: false, console => new TrainingDisplay(everyEpochs: 2, console: console));
        Assert.That(piped.TrimEnd().Split('\n').Select(line => line.Split(',')[0]), Is.EqualTo(new[] { "epoch 1 of 4", "epoch 2 of 4", "epoch 4 of 4" }));
        var drawn = Shown(interactive: true, console => new TrainingDisplay(console: console));
        Assert.That(drawn, Does.Contain("epoch 4/4").And.Contain("100%").And.Contain("loss"));
        Assert.That(Shown(interactive: true, console => new TrainingDisplay(quiet: true, console: console)), Is.Empty);
    }

    [Test]
    public void ASearchIsReproducibleInParallelAndTellsWhatFailed()
    {
        var points = Search.Random(12, generator => (Rate: generator.LogUniform(1e-3, 1), Width: generator.Choice([2, 4]), Depth: generator.Integer(1, 3)), new(4));
        Assert.That(points.Select(point => point.Rate), Is.All.InRange(1e-3, 1));
        Assert.That(points.Select(point => point.Depth).Distinct().Order(), Is.EqualTo(new[] { 1, 2, 3 }));
        double Objective((double Rate, int Width, int Depth) point)
            => point.Depth == 3 ? throw new InvalidOperationException("too deep") : point.Rate + Tensor.Rand([], DType.Float64).Item();
        var (one, many) = (Search.Run(points, Objective, generator: new(1)), Search.Run(points, Objective, parallel: 4, generator: new(1)));
        Assert.That(many.ToString(), Is.EqualTo(one.ToString()));
        Assert.That(one.Best.Score, Is.EqualTo(one.Trials.Where(trial => trial.Error is null).Min(trial => trial.Score)));
        Assert.That(one.ToString(), Does.Contain("rank").And.Contain("too deep"));
        Assert.That(Search.Run(Search.Grid([1, 2], [3, 4], [5, 6]), point => point.First * point.Second * point.Third, maximize: true).Best.Score, Is.EqualTo(48));
        Assert.That(() => Search.Run([1], _ => double.NaN).Best, Throws.InvalidOperationException.With.Message.Contains("all 1 trials failed"));
        Assert.That(() => Search.Run(Array.Empty<int>(), x => x), Throws.ArgumentException);
    }

    [Test]
    public void TheRateFinderSuggestsARateAndLeavesNoTrace()
    {
        Generator.Seed(2);
        var model = new Linear(4, 1);
        var x = Tensor.Randn([64, 4]);
        var data = new DataLoader<(Tensor X, Tensor Y)>(new TensorDataset(x, x.Sum(1, keepDim: true)), 16);
        var optimizer = new Sgd(model.Parameters(), 0.123, momentum: 0.1);
        var before = model.Parameters()[0].ToArrayOfAll();
        var finder = LearningRateFinder.Run(model, data, Loss.MeanSquaredError, optimizer, 1e-5, 100, steps: 80);
        Assert.That(finder.Suggestion, Is.InRange(1e-3, 1));
        Assert.That(finder.Losses[^1], Is.GreaterThan(finder.Losses.Min()), "It ends where the loss rises.");
        Assert.That((optimizer.LearningRate, model.IsTraining), Is.EqualTo((0.123, true)));
        Assert.That(model.Parameters()[0].ToArrayOfAll(), Is.EqualTo(before));
        Assert.That(finder.ToChart().ToSvg(), Does.Contain("learning rate"));
    }

    private static string Shown(bool interactive, Func<IAnsiConsole, TrainingDisplay> make)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = interactive ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = interactive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new Output(text, interactive),
        });
        var model = new Linear(1, 1);
        var data = new TensorDataset(Tensor.Ones([8, 1]), Tensor.Ones([8, 1]));
        using var display = make(console);
        Trainer.Fit(model, new DataLoader<(Tensor X, Tensor Y)>(data, 2), Loss.MeanSquaredError, new Sgd(model.Parameters()), new() { Epochs = 4, Progress = display });
        return text.ToString();
    }

    private sealed class Output(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => 120;

        public int Height => 30;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}

internal static class Values
{
    public static float[] ToArrayOfAll(this Tensor tensor) => tensor.Flatten().ToArray<float>();
}
