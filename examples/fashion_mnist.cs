#:project ../Autograd.Optim
#:package Spectre.Console

// Trains a small convolutional network on Fashion-MNIST: 60,000 pictures of clothes, 10,000 more to test it (Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms", 2017).
//
//   dotnet run examples/fashion_mnist.cs              the data of Debian's package dataset-fashion-mnist
//   dotnet run examples/fashion_mnist.cs -- FOLDER    the four files (train-images-idx3-ubyte.gz, …) in a folder
//   dotnet run examples/fashion_mnist.cs -- --quick   a few steps on made-up pictures: whether everything works

using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Autograd;
using Autograd.NN;
using Autograd.Optim;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(0);
const string DebianFolder = "/usr/share/datasets/fashion-mnist";
const int BatchSize = 64;
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
var (trainX, trainY) = (Images("train"), Labels("train"));
var (testX, testY) = (Images("t10k"), Labels("t10k"));
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

var optimizer = new Adam(model.Parameters(), learningRate: 1e-3);
var watch = Stopwatch.StartNew();
for (var epoch = 1; epoch <= epochs; epoch++)
{
    // Smaller steps in the end.
    optimizer.LearningRate = 1e-3 * 0.5 * (1 + Math.Cos(Math.PI * (epoch - 1) / epochs));
    var loss = Epoch($"epoch {epoch} of {epochs}");
    Console.WriteLine($"epoch {epoch} of {epochs}: loss {loss:F4}, test accuracy {100 * Accuracy(Predict()):F2} %, {watch.Elapsed.TotalSeconds:F0} s");
}

var predictions = Predict();
for (var i = 0; i < names.Length; i++)
{
    var places = testY.Eq(i).Nonzero().Flatten();
    Console.WriteLine($"{names[i],-12}{100 * predictions.IndexSelect(0, places).Eq(i).To(DType.Float64).Mean().Item(),6:F1} %");
}

Console.WriteLine($"test accuracy: {100 * Accuracy(predictions):F2} % in {watch.Elapsed.TotalSeconds:F0} s");
return Accuracy(predictions) >= wanted ? 0 : 1;

double Epoch(string title)
{
    model.Train();
    var (sum, batches) = (0.0, Tensor.RandPermutation(trainX.Shape[0]).Split(BatchSize));
    Watch(title, batches.Length, i =>
    {
        var loss = Loss.CrossEntropy(model.Forward(trainX.IndexSelect(0, batches[i])), trainY.IndexSelect(0, batches[i]));
        optimizer.ZeroGrad();
        loss.Backward();
        optimizer.Step();
        sum += loss.Item();
    });
    return sum / batches.Length;
}

Tensor Predict()
{
    model.Eval();
    using (Grad.Disabled())
    {
        return Tensor.Concatenate([.. testX.Split(500).Select(batch => model.Forward(batch).ArgMax(1))]);
    }
}

double Accuracy(Tensor predicted) => predicted.Eq(testY).To(DType.Float64).Mean().Item();

// A progress bar in a terminal; nothing where the output is piped.
static void Watch(string title, int count, Action<int> work)
{
    if (Console.IsOutputRedirected)
    {
        for (var i = 0; i < count; i++)
        {
            work(i);
        }

        return;
    }

    AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
    {
        var task = progress.AddTask(title, maxValue: count);
        for (var i = 0; i < count; i++)
        {
            work(i);
            task.Increment(1);
        }
    });
}

// Pixels 0 … 255 become 0 … 1, and then of mean 0 and deviation 1 over the training pictures.
Tensor Images(string part)
{
    var (sizes, bytes) = Idx(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"));
    return Tensor.From(Array.ConvertAll(bytes, pixel => ((pixel / 255f) - 0.2860f) / 0.3530f), [sizes[0], 1, sizes[1], sizes[2]]);
}

Tensor Labels(string part) => Tensor.From(Array.ConvertAll(Idx(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz")).Bytes, label => (long)label));

// An IDX file: two zeros, the element type (8: bytes), the number of dimensions, their sizes with the highest byte first, the elements.
static (int[] Sizes, byte[] Bytes) Idx(string path)
{
    using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
    var header = new byte[4];
    stream.ReadExactly(header);
    if (header is not [0, 0, 8, var rank])
    {
        throw new InvalidDataException($"{path} is not an IDX file of bytes: it begins with {Convert.ToHexString(header)}.");
    }

    var sizes = new int[rank];
    foreach (ref var size in sizes.AsSpan())
    {
        stream.ReadExactly(header);
        size = BinaryPrimitives.ReadInt32BigEndian(header);
    }

    var bytes = new byte[sizes.Aggregate(1, (product, size) => checked(product * size))];
    stream.ReadExactly(bytes);
    return (sizes, bytes);
}

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
