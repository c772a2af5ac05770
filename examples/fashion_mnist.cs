#:project ../Autograd.Terminal

// Trains a small convolutional network on Fashion-MNIST: 60,000 pictures of clothes, 10,000 more to test it (Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms", 2017).
//
//   dotnet run examples/fashion_mnist.cs              the data of Debian's package dataset-fashion-mnist
//   dotnet run examples/fashion_mnist.cs -- FOLDER    the four files (train-images-idx3-ubyte.gz, …) in a folder
//   dotnet run examples/fashion_mnist.cs -- --quick   a few steps on made-up pictures: whether everything works
//
// Killed, or stopped by Ctrl-C, it goes on where it was when it is started again.

using System.Globalization;
using System.IO.Compression;
using Autograd;
using Autograd.NN;
using Autograd.Optim;
using Autograd.Terminal;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(0);
const string DebianFolder = "/usr/share/datasets/fashion-mnist";
string[] names = ["T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

var quick = args.Contains("--quick");
var folder = args.FirstOrDefault(argument => !argument.StartsWith('-')) ?? (quick ? MakeUp() : DebianFolder);
if (!File.Exists(Path.Combine(folder, "train-images-idx3-ubyte.gz")))
{
    Console.Error.WriteLine($"There is no train-images-idx3-ubyte.gz in {folder}.");
    Console.Error.WriteLine("Install Debian's package dataset-fashion-mnist, or name a folder with the four files: dotnet run examples/fashion_mnist.cs -- FOLDER");
    Console.Error.WriteLine("(The files are at https://github.com/zalandoresearch/fashion-mnist; --quick tries the program on made-up pictures.)");
    return 2;
}

var epochs = quick ? 3 : 8;
var wanted = quick ? 0.9 : 0.91;
var (train, test) = (Pictures("train"), Pictures("t10k"));
var model = new Sequential
{
    new Conv2d(1, 16, 3, padding: 1),
    new Relu(),
    new MaxPool2d(2),
    new Conv2d(16, 32, 3, padding: 1),
    new Relu(),
    new MaxPool2d(2),
    new Flatten(),
    new Dropout(0.25),
    new Linear(32 * 7 * 7, 128),
    new Relu(),
    new Linear(128, 10),
};
Console.WriteLine(model.Summary([1, 1, 28, 28]));

using var display = new TrainingDisplay();
var checkpoint = Path.Combine(Environment.CurrentDirectory, quick ? "fashion_mnist.quick.checkpoint.safetensors" : "fashion_mnist.checkpoint.safetensors");
var history = Trainer.Fit(
    model,
    new DataLoader<(Tensor X, Tensor Y)>(train, batchSize: 64, shuffle: true, workers: 1),
    Loss.CrossEntropy,
    new Adam(model.Parameters(), learningRate: 1e-3),
    new()
    {
        Epochs = epochs,
        Validation = new(test, batchSize: 500),
        Metrics = [Metric.Accuracy()],
        Schedule = Schedule.CosineAnnealing(epochs),
        Checkpoint = new(checkpoint, EverySteps: 200),
        Progress = display,
    });
Array.ForEach([.. history.Notes], Console.WriteLine);
if (history.WasCancelled)
{
    Console.WriteLine("Stopped; start it again to go on.");
    return 2;
}

var predictions = Trainer.Predict(model, test.X, batchSize: 500).ArgMax(1);
for (var i = 0; i < names.Length; i++)
{
    var places = test.Y.Eq(i).Nonzero().Flatten();
    Console.WriteLine($"{names[i],-12}{100 * predictions.IndexSelect(0, places).Eq(i).To(DType.Float64).Mean().Item(),6:F1} %");
}

var accuracy = history["val_accuracy"][^1];
Console.WriteLine($"test accuracy: {100 * accuracy:F2} % in {history["seconds"][^1]:F0} s");
model.Save(Path.Combine(Environment.CurrentDirectory, "fashion_mnist.safetensors"));
Array.ForEach([checkpoint, checkpoint + ".previous"], File.Delete);
return accuracy >= wanted ? 0 : 1;

// Pixels 0 … 255 become 0 … 1, and then of mean 0 and deviation 1 over the training pictures.
TensorDataset Pictures(string part) => new(
    ((Idx.Read(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz")) / 255) - 0.2860).Reshape(-1, 1, 28, 28) / 0.3530,
    Idx.Read(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz")));

// Pictures of stripes, whose direction and width is their class, in files of the same form.
static string MakeUp()
{
    var folder = Directory.CreateTempSubdirectory("fashion_mnist").FullName;
    foreach (var (part, count) in new[] { ("train", 960), ("t10k", 500) })
    {
        var labels = Tensor.RandInt(0, 10, [count]);
        var (y, x) = (Tensor.Arange(28).Unsqueeze(1).To(DType.Float32), Tensor.Arange(28).To(DType.Float32));
        var angle = labels.To(DType.Float32).Reshape(-1, 1, 1) * (float)(Math.PI / 10);
        var waves = (((x * angle.Cos()) + (y * angle.Sin())) * 0.8).Sin();
        var pixels = ((waves * 90) + 128 + (Tensor.Randn([count, 28, 28]) * 25)).Clamp(0, 255).ToArray<float>();
        Write($"{part}-images-idx3-ubyte.gz", [count, 28, 28], Array.ConvertAll(pixels, pixel => (byte)pixel));
        Write($"{part}-labels-idx1-ubyte.gz", [count], Array.ConvertAll(labels.ToArray<long>(), label => (byte)label));
    }

    return folder;

    void Write(string name, int[] sizes, byte[] bytes)
    {
        using var stream = new GZipStream(File.Create(Path.Combine(folder, name)), CompressionLevel.Fastest);
        stream.Write([0, 0, 8, (byte)sizes.Length]);
        foreach (var size in sizes)
        {
            stream.Write([(byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size]);
        }

        stream.Write(bytes);
    }
}
