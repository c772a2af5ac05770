#:project ../Autograd.Optim
#:package Spectre.Console

// A small GPT that learns to write text, character by character (Radford et al., "Improving language understanding by generative pre-training", 2018): it predicts each next character from those before it.
//
//   dotnet run examples/gpt.cs                 learns from this project's documentation
//   dotnet run examples/gpt.cs -- FILE         learns from a text file
//   dotnet run examples/gpt.cs -- --quick      a few steps: whether everything works

using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Autograd;
using Autograd.NN;
using Autograd.Optim;
using Spectre.Console;

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
var optimizer = new Adam(model.Parameters(), learningRate: 2e-3);
var (first, watch) = (Evaluate(), Stopwatch.StartNew());
Console.WriteLine($"before: {first:F3} nats a character ({Math.Log(alphabet.Length):F3} if all are equally likely)");

Watch(steps, step =>
{
    // Up to the full rate in the first steps, then down to 0.
    optimizer.LearningRate = 2e-3 * Math.Min(1, step / 50.0) * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
    model.Train();
    var (x, y) = Batch(training);
    var loss = Loss.CrossEntropy(model.Forward(x).Flatten(0, 1), y.Flatten());
    optimizer.ZeroGrad();
    loss.Backward();
    optimizer.Step();
    return step % 100 == 0 ? $"step {step} of {steps}: {Evaluate():F3} nats, {watch.Elapsed.TotalSeconds:F0} s" : null;
});

var last = Evaluate();
Console.WriteLine($"after: {last:F3} nats a character in {watch.Elapsed.TotalSeconds:F0} s");
Console.WriteLine(new string('─', 60));
Console.WriteLine(Generate("The ", quick ? 60 : 400, temperature: 0.7));
Console.WriteLine(new string('─', 60));
return last < first - (quick ? 0.5 : 1.5) ? 0 : 1;

// Pieces of the text, and the same one character further.
(Tensor X, Tensor Y) Batch(Tensor from)
{
    var starts = Tensor.RandInt(0, from.ElementCount - context, [batch, 1]);
    var places = starts + Tensor.Arange(context);
    return (from.IndexSelect(0, places.Flatten()).Reshape(batch, context), from.IndexSelect(0, (places + 1).Flatten()).Reshape(batch, context));
}

double Evaluate()
{
    model.Eval();
    using (Grad.Disabled())
    {
        var sum = 0.0;
        const int Count = 8;
        for (var i = 0; i < Count; i++)
        {
            var (x, y) = Batch(validation);
            sum += Loss.CrossEntropy(model.Forward(x).Flatten(0, 1), y.Flatten()).Item();
        }

        return sum / Count;
    }
}

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

// A progress bar in a terminal, and the lines that the work has to say.
static void Watch(int count, Func<int, string?> work)
{
    if (Console.IsOutputRedirected)
    {
        for (var i = 1; i <= count; i++)
        {
            if (work(i) is { } line)
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
            task.Description = work(i) ?? task.Description;
            task.Increment(1);
        }
    });
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
