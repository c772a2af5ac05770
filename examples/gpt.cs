#:project ../Autograd.Terminal

// A small GPT that learns to write text, character by character (Radford et al., "Improving language understanding by generative pre-training", 2018): it predicts each next character from those before it.
//
//   dotnet run examples/gpt.cs                 learns from this project's documentation
//   dotnet run examples/gpt.cs -- FILE         learns from a text file
//   dotnet run examples/gpt.cs -- --quick      a few steps: whether everything works
//
// Killed, or stopped by Ctrl-C, it goes on where it was when it is started again.

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Autograd;
using Autograd.NN;
using Autograd.Optim;
using Autograd.Terminal;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
Generator.Seed(0);
var quick = args.Contains("--quick");
var (context, width, heads, layers, batch, steps) = quick ? (32, 32, 2, 1, 8, 150) : (64, 128, 4, 3, 16, 1500);

var text = args.FirstOrDefault(argument => !argument.StartsWith('-')) is { } file ? File.ReadAllText(file) : Documentation();
char[] alphabet = [.. text.Distinct().Order()];
var codes = Tensor.From(text.Select(letter => (long)Array.BinarySearch(alphabet, letter)).ToArray());
var split = (int)(0.9 * text.Length);
var (training, validation) = (codes[..split], codes[split..]);
if (validation.ElementCount <= context + 1)
{
    Console.Error.WriteLine($"The text has {text.Length} characters, too few to learn from: at least {10 * (context + 2)} are needed.");
    return 2;
}

var model = new Gpt(alphabet.Length, context, width, heads, layers);
Console.WriteLine($"{text.Length:N0} characters, of {alphabet.Length} kinds; the model has {model.ParameterCount:N0} parameters.");

static Tensor Nats(Tensor scores, Tensor next) => Loss.CrossEntropy(scores.Flatten(0, 1), next.Flatten());
var validate = new DataLoader<(Tensor X, Tensor Y)>(new Pieces(validation, context, 8 * batch), batch);
var first = Trainer.Evaluate(model, validate, Nats)["loss"];
Console.WriteLine($"before: {first:F3} nats a character ({Math.Log(alphabet.Length):F3} if all are equally likely)");

// An epoch is fifty steps on pieces from anywhere in the text.
using var display = new TrainingDisplay();
var checkpoint = Path.Combine(Environment.CurrentDirectory, quick ? "gpt.quick.checkpoint.safetensors" : "gpt.checkpoint.safetensors");
var history = Trainer.Fit(
    model,
    new DataLoader<(Tensor X, Tensor Y)>(new Pieces(training, context, 50 * batch), batch),
    Nats,
    new Adam(model.Parameters(), learningRate: 2e-3),
    new()
    {
        Epochs = steps / 50,
        Validation = validate,

        // Up to the full rate in the first steps, then down to 0.
        Schedule = Schedule.WarmUp(50) * Schedule.CosineAnnealing(steps),
        ScheduleBySteps = true,
        Checkpoint = new(checkpoint),
        Progress = display,
    });
Array.ForEach([.. history.Notes], Console.WriteLine);
if (history.WasCancelled)
{
    Console.WriteLine("Stopped; start it again to go on.");
    return 2;
}

var last = history["val_loss"][^1];
Console.WriteLine($"after: {last:F3} nats a character in {history["seconds"][^1]:F0} s");
model.Save(Path.Combine(Environment.CurrentDirectory, "gpt.safetensors"));
Array.ForEach([checkpoint, checkpoint + ".previous"], File.Delete);
Console.WriteLine(new string('─', 60));
Console.WriteLine(Generate("The ", quick ? 60 : 400, temperature: 0.7));
Console.WriteLine(new string('─', 60));
return last < first - (quick ? 0.5 : 1.5) ? 0 : 1;

// Character by character. Keys and values of those before are kept, so that each costs as much as one; a full context begins anew with its second half.
string Generate(string beginning, int count, double temperature)
{
    model.Eval();
    using (Grad.Disabled())
    {
        var written = beginning.Where(letter => alphabet.Contains(letter)).Select(letter => (long)Array.BinarySearch(alphabet, letter)).ToList();
        var caches = model.MakeCaches();
        long[] next = [.. written];
        for (var i = 0; i < count; i++)
        {
            if (caches[0].Length + next.Length > context)
            {
                caches = model.MakeCaches();
                next = [.. written.TakeLast(context / 2)];
            }

            var scores = model.Forward(Tensor.From(next, [1, next.Length]), caches)[0, ^1] / temperature;
            next = [Draw(scores.Softmax(-1))];
            written.Add(next[0]);
        }

        return string.Concat(written.Select(code => alphabet[code]));
    }
}

static long Draw(Tensor probabilities)
{
    // The first class at which the running sum passes an even value.
    var place = (probabilities.CumSum(0) < Tensor.Rand([1])).To(DType.Int64).Sum().Item<long>();
    return Math.Min(place, probabilities.ElementCount - 1);
}

static string Documentation([CallerFilePath] string source = "")
{
    var folder = Path.Combine(Path.GetDirectoryName(source)!, "..", "docs");
    return string.Join('\n', Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText));
}

/// <summary>Pieces of a text from anywhere in it, and the same ones one character further; each time others.</summary>
internal sealed class Pieces(Tensor text, int length, int count) : Dataset<(Tensor X, Tensor Y)>
{
    public override int Count => count;

    public override (Tensor X, Tensor Y) this[int index] => GetBatch([index], Generator.Default) is var (x, y) ? (x[0], y[0]) : default;

    public override (Tensor X, Tensor Y) GetBatch(ReadOnlySpan<int> indices, Generator generator)
    {
        var places = Tensor.RandInt(0, text.ElementCount - length, [indices.Length, 1], generator) + Tensor.Arange(length);
        Tensor At(Tensor where) => text.IndexSelect(0, where.Flatten()).Reshape(-1, length);
        return (At(places), At(places + 1));
    }
}

/// <summary>Characters and their positions as vectors, blocks of causal attention, and scores for the next character.</summary>
internal sealed class Gpt(int letters, int context, int width, int heads, int layers) : Layer
{
    private readonly Embedding embedding = new(letters, width);
    private readonly LearnedPositionalEncoding positions = new(context, width);
    private readonly TransformerEncoder blocks = new(
        () => new(width, heads, 4 * width, dropout: 0.1, new Gelu(), batchFirst: true, normFirst: true, isCausal: true), layers, new LayerNorm(width));
    private readonly Linear head = new(width, letters, bias: false);

    public KeyValueCache[] MakeCaches() => [.. blocks.Layers.Select(_ => new KeyValueCache())];

    public Tensor Forward(Tensor codes, KeyValueCache[]? caches)
        => head.Forward(blocks.Forward(positions.Forward(embedding.Forward(codes), offset: caches?[0].Length ?? 0), mask: null, caches: caches));

    protected override Tensor Compute(Tensor codes) => Forward(codes, caches: null);
}
