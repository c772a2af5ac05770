#:project ../Autograd.Optim
#:package Spectre.Console

// Trains a classifier of 1,797 handwritten digits, checks its gradients, and draws what it got wrong.
// The data: UCI Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, 1998, CC BY 4.0; a row is 64 pixels 0..16, then the label.

using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Autograd;
using Autograd.NN;
using Autograd.Optim;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(0);
const int Classes = 10;
const int Epochs = 60;
const int BatchSize = 32;
const double Noise = 0.2;

var (images, labels) = Load(Path.Combine(Folder(), "data", "digits.csv.gz"));
var (train, test) = StratifiedSplit(labels, testShare: 0.2);
var (trainX, trainY) = (images.IndexSelect(0, train), labels.IndexSelect(0, train));
var (testX, testY) = (images.IndexSelect(0, test), labels.IndexSelect(0, test));

var model = new Sequential(new Linear(64, 96), new Relu(), new Dropout(0.2), new Linear(96, Classes));
var optimizer = new Adam(model.Parameters(), learningRate: 3e-3);

var history = Train();

model.Eval();
Tensor prediction;
using (Grad.Disabled())
{
    prediction = model.Forward(testX).ArgMax(1);
}

var accuracy = prediction.Eq(testY).To(DType.Float64).Mean().Item();
PrintConfusion(testY.ToArray<long>(), prediction.ToArray<long>());

model.To(DType.Float64);
var (sampleX, sampleY) = (testX[..8].To(DType.Float64), testY[..8]);
var check = GradCheck.Compare(() => Loss.CrossEntropy(model.Forward(sampleX), sampleY), model.NamedParameters());
Console.WriteLine(check);

var page = Path.Combine(Environment.CurrentDirectory, "digits.html");
File.WriteAllText(page, Report(history, accuracy, testX, testY.ToArray<long>(), prediction.ToArray<long>()));
Console.WriteLine($"Loss curve and misclassified digits: {page}");
Console.WriteLine($"test accuracy: {100 * accuracy:F1} %");
return accuracy >= 0.97 && check.IsCorrect ? 0 : 1;

List<double> Train()
{
    var losses = new List<double>();
    Watch(Epochs, epoch =>
    {
        var sum = 0.0;
        var batches = Tensor.RandPermutation(trainX.Shape[0]).Split(BatchSize);
        foreach (var batch in batches)
        {
            // Noise on the inputs keeps the network from learning single pixels by heart.
            var x = trainX.IndexSelect(0, batch);
            x += Tensor.Randn(x.Shape) * Noise;
            var loss = Loss.CrossEntropy(model.Forward(x), trainY.IndexSelect(0, batch));
            optimizer.ZeroGrad();
            loss.Backward();
            optimizer.Step();
            sum += loss.Item();
        }

        losses.Add(sum / batches.Length);
        return $"epoch {epoch} of {Epochs}, loss {losses[^1]:F4}";
    });
    return losses;
}

// A progress bar in a terminal; now and then a line where the output is piped.
static void Watch(int count, Func<int, string> work)
{
    if (Console.IsOutputRedirected)
    {
        AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
        for (var i = 1; i <= count; i++)
        {
            var line = work(i);
            if (i % 10 == 0)
            {
                Console.WriteLine(line);
            }
        }

        return;
    }

    AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
    {
        var task = progress.AddTask("training", maxValue: count);
        for (var i = 1; i <= count; i++)
        {
            task.Description = work(i);
            task.Increment(1);
        }
    });
}

static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;

static (Tensor Images, Tensor Labels) Load(string path)
{
    using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
    var (pixels, labels) = (new List<float>(), new List<long>());
    while (reader.ReadLine() is { Length: > 0 } line)
    {
        var numbers = Array.ConvertAll(line.Split(','), text => float.Parse(text, CultureInfo.InvariantCulture));
        pixels.AddRange(numbers[..^1].Select(pixel => pixel / 16));
        labels.Add((long)numbers[^1]);
    }

    return (Tensor.From([.. pixels], [labels.Count, 64]), Tensor.From([.. labels]));
}

// The same share of every class for testing.
static (Tensor Train, Tensor Test) StratifiedSplit(Tensor labels, double testShare)
{
    var (train, test) = (new List<Tensor>(), new List<Tensor>());
    for (var digit = 0; digit < Classes; digit++)
    {
        var places = labels.Eq(digit).Nonzero().Flatten();
        places = places.IndexSelect(0, Tensor.RandPermutation(places.ElementCount));
        var count = (int)Math.Round(places.ElementCount * testShare);
        test.Add(places[..count]);
        train.Add(places[count..]);
    }

    return (Tensor.Concatenate([.. train]), Tensor.Concatenate([.. test]));
}

static void PrintConfusion(long[] truth, long[] predicted)
{
    var table = new Table().Title("Rows: true digits, columns: predictions").AddColumn(string.Empty);
    for (var digit = 0; digit < Classes; digit++)
    {
        table.AddColumn(new TableColumn($"{digit}").RightAligned());
    }

    for (var row = 0; row < Classes; row++)
    {
        var counts = Enumerable.Range(0, Classes).Select(column => truth.Zip(predicted).Count(pair => pair == (row, column)));
        table.AddRow([$"{row}", .. counts.Select(count => count == 0 ? "·" : $"{count}")]);
    }

    AnsiConsole.Write(table);
}

static string Report(List<double> losses, double accuracy, Tensor images, long[] truth, long[] predicted)
{
    var html = new StringBuilder($$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Handwritten digits</title>
        <style>
        :root { color-scheme: light dark; --ink: light-dark(#1f2328, #e6edf3); --soft: light-dark(#8c959f, #7d8590); --line: light-dark(#0969da, #58a6ff); --page: light-dark(#ffffff, #0d1117); }
        body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
        svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
        figure { display: inline-block; margin: 0 .75rem 1rem 0; text-align: center; }
        figure rect { fill: var(--ink); }
        figcaption { font-size: .85rem; color: var(--soft); }
        </style>
        </head>
        <body>
        <h1>Handwritten digits</h1>
        <p>Test accuracy {{100 * accuracy:F1}} % on {{truth.Length}} digits that the network has not seen.</p>
        <h2>Training loss</h2>
        {{LossCurve(losses)}}
        <h2>Misclassified digits</h2>

        """);
    for (var i = 0; i < truth.Length; i++)
    {
        if (truth[i] != predicted[i])
        {
            html.Append($"<figure>{Digit(images[i].ToArray<float>())}<figcaption>{truth[i]}, read as {predicted[i]}</figcaption></figure>\n");
        }
    }

    return html.Append("</body>\n</html>\n").ToString();
}

static string LossCurve(List<double> losses)
{
    const int Width = 640;
    const int Height = 220;
    var (low, high) = (Math.Floor(Math.Log10(losses.Min())), Math.Ceiling(Math.Log10(losses.Max())));
    double X(int epoch) => 50 + ((Width - 60.0) * epoch / Math.Max(1, losses.Count - 1));
    double Y(double loss) => 10 + ((Height - 40) * (high - Math.Log10(loss)) / (high - low));
    var svg = new StringBuilder($"""<svg viewBox="0 0 {Width} {Height}" width="100%" role="img" aria-label="Training loss by epoch, logarithmic">""");
    for (var power = low; power <= high; power++)
    {
        var level = Y(Math.Pow(10, power));
        svg.Append($"""<line x1="50" x2="{Width - 10}" y1="{level:F1}" y2="{level:F1}" stroke="var(--soft)" stroke-opacity=".35"/><text x="44" y="{level + 4:F1}" text-anchor="end">{Math.Pow(10, power):G3}</text>""");
    }

    var points = string.Join(' ', losses.Select((loss, epoch) => $"{X(epoch):F1},{Y(loss):F1}"));
    svg.Append($"""<polyline points="{points}" fill="none" stroke="var(--line)" stroke-width="2"/>""");
    svg.Append($"""<text x="50" y="{Height - 8}">epoch 1</text><text x="{Width - 10}" y="{Height - 8}" text-anchor="end">epoch {losses.Count}</text>""");
    return svg.Append("</svg>").ToString();
}

static string Digit(float[] pixels)
{
    var svg = new StringBuilder("""<svg viewBox="0 0 8 8" width="72" height="72" shape-rendering="crispEdges">""");
    for (var i = 0; i < pixels.Length; i++)
    {
        svg.Append($"""<rect x="{i % 8}" y="{i / 8}" width="1" height="1" fill-opacity="{pixels[i]:F2}"/>""");
    }

    return svg.Append("</svg>").ToString();
}
