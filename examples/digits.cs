#:project ../Autograd.Terminal

// Trains a classifier of 1,797 handwritten digits, checks its gradients, and draws what it got wrong. Killed or stopped by Ctrl-C, it goes on where it was when it is started again.
// The data: UCI Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, 1998, CC BY 4.0; a row is 64 pixels 0..16, then the label.

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Autograd;
using Autograd.NN;
using Autograd.Optim;
using Autograd.Terminal;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(0);
const int Classes = 10;

var table = CsvTable.Read(Path.Combine(Folder(), "data", "digits.csv.gz"), hasHeader: false);
var images = table.Numbers([.. table.Columns.SkipLast(1)]) / 16;
var labels = table.Numbers([table.Columns[^1]], dtype: DType.Int64).Flatten();
var data = new TensorDataset(images, labels);
var parts = Splits.Stratified(labels, [0.8, 0.2]);
var (train, test) = (data.Subset(parts[0]), data.Subset(parts[1]));

var model = new Sequential(new Linear(64, 96), new Relu(), new Dropout(0.2), new Linear(96, Classes));
using var display = new TrainingDisplay(everyEpochs: 10);
var checkpoint = Path.Combine(Environment.CurrentDirectory, "digits.checkpoint.safetensors");
var history = Trainer.Fit(
    model,

    // Noise on the inputs keeps the network from learning single pixels by heart.
    new DataLoader<(Tensor X, Tensor Y)>(train, batchSize: 32, shuffle: true, transform: (batch, generator) => (Augment.Noise(batch.X, 0.2, generator), batch.Y)),
    Loss.CrossEntropy,
    new Adam(model.Parameters(), learningRate: 3e-3),
    new()
    {
        Epochs = 60,
        Validation = new(test, batchSize: 256),
        Metrics = [Metric.Accuracy()],
        Schedule = Schedule.CosineAnnealing(60, leastRate: 1e-4),
        Checkpoint = new(checkpoint),
        Progress = display,
    });
Array.ForEach([.. history.Notes], Console.WriteLine);
if (history.WasCancelled)
{
    Console.WriteLine("Stopped; start it again to go on.");
    return 2;
}

var (testX, testY) = test.GetBatch([.. Enumerable.Range(0, test.Count)], Generator.Default);
var prediction = Trainer.Predict(model, testX).ArgMax(1);
var matrix = new ConfusionMatrix(Classes);
matrix.Add(prediction, testY);
Console.WriteLine(matrix);

model.To(DType.Float64);
var (sampleX, sampleY) = (testX[..8].To(DType.Float64), testY[..8]);
var check = GradCheck.Compare(() => Loss.CrossEntropy(model.Forward(sampleX), sampleY), model.NamedParameters());
Console.WriteLine(check);

var page = Path.Combine(Environment.CurrentDirectory, "digits.html");
File.WriteAllText(page, history.ToHtml("Handwritten digits").Replace("</body>", Misclassified(testX, testY.ToArray<long>(), prediction.ToArray<long>()) + "</body>"));
model.Save(Path.Combine(Environment.CurrentDirectory, "digits.safetensors"));
Array.ForEach([checkpoint, checkpoint + ".previous"], File.Delete);
Console.WriteLine($"Curves and misclassified digits: {page}");
Console.WriteLine($"test accuracy: {100 * matrix.Accuracy:F1} %");
return matrix.Accuracy >= 0.97 && check.IsCorrect ? 0 : 1;

static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;

static string Misclassified(Tensor images, long[] truth, long[] predicted)
{
    var html = new StringBuilder("<h2>Misclassified digits</h2>\n");
    for (var i = 0; i < truth.Length; i++)
    {
        if (truth[i] != predicted[i])
        {
            html.Append($"<figure style=\"display:inline-block;margin:0 .75rem 1rem 0;text-align:center\">{Digit(images[i].ToArray<float>())}<figcaption>{truth[i]}, read as {predicted[i]}</figcaption></figure>\n");
        }
    }

    return html.ToString();
}

static string Digit(float[] pixels)
{
    var svg = new StringBuilder("""<svg viewBox="0 0 8 8" width="72" height="72" fill="currentColor" shape-rendering="crispEdges">""");
    for (var i = 0; i < pixels.Length; i++)
    {
        svg.Append($"""<rect x="{i % 8}" y="{i / 8}" width="1" height="1" fill-opacity="{pixels[i]:F2}"/>""");
    }

    return svg.Append("</svg>").ToString();
}
