#:project ../Autograd.Optim
#:package Spectre.Console

// XOR: solved by hand with the lecture's weights, then learned by a network of two hidden sigmoid units, from 100 random beginnings.

using Autograd;
using Autograd.NN;
using Autograd.Optim;
using Spectre.Console;

var x = Tensor.From([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]);
var y = Tensor.From([0f, 1, 1, 0], [4, 1]);

Console.WriteLine("XOR by hand: h = relu(x W + c), output = h w + b");
var weights = Tensor.From([1f, 1, 1, 1], [2, 2]);
var c = Tensor.From([0f, -1]);
var w = Tensor.From([1f, -2], [2, 1]);
var b = 0.0;

var product = x.MatMul(weights);
var shifted = product + c;
var hidden = shifted.Relu();
var output = hidden.MatMul(w) + b;
Show("x W", product, [0, 0, 1, 1, 1, 1, 2, 2]);
Show("x W + c", shifted, [0, -1, 1, 0, 1, 0, 2, 1]);
Show("h = relu(x W + c)", hidden, [0, 0, 1, 0, 1, 0, 2, 1]);
Show("h w + b", output, [0, 1, 1, 0]);

Console.WriteLine("\nXOR learned: y = σ(σ(x W + c) w + b), two hidden units, 100 seeds");
const int Seeds = 100;
const int Epochs = 1500;
var losses = new double[Seeds];
Watch("seeds", Seeds, seed => losses[seed] = Train((ulong)seed));

var learned = losses.Count(loss => loss < 0.01);
Console.WriteLine($"{learned} of {Seeds} networks learned XOR (cross-entropy below 0.01 after {Epochs} epochs).");
Console.WriteLine($"The others stay in a local minimum: the best of them ends at {losses.Where(loss => loss >= 0.01).DefaultIfEmpty(double.NaN).Min():F3}, the worst at {losses.Max():F3} (guessing gives {Math.Log(2):F3}).");
return learned > 0 ? 0 : 1;

double Train(ulong seed)
{
    Generator.Seed(seed);
    var model = new Sequential(new Linear(2, 2), new Sigmoid(), new Linear(2, 1));
    var optimizer = new Adam(model.Parameters(), learningRate: 0.05);
    var loss = double.NaN;
    for (var epoch = 0; epoch < Epochs; epoch++)
    {
        var error = Loss.BinaryCrossEntropyWithLogits(model.Forward(x), y);
        optimizer.ZeroGrad();
        error.Backward();
        optimizer.Step();
        loss = error.Item();
    }

    return loss;
}

static void Show(string name, Tensor matrix, float[] lecture)
{
    if (!matrix.ToArray<float>().AsSpan().SequenceEqual(lecture))
    {
        throw new InvalidOperationException($"{name} is {matrix}, but the lecture has [{string.Join(", ", lecture)}].");
    }

    Console.WriteLine($"\n{name}   (as in the lecture)\n{matrix}");
}

// A progress bar in a terminal; silence where the output is piped.
static void Watch(string what, int count, Action<int> work)
{
    if (Console.IsOutputRedirected)
    {
        Enumerable.Range(0, count).ToList().ForEach(work);
        return;
    }

    AnsiConsole.Progress().HideCompleted(true).Start(progress =>
    {
        var task = progress.AddTask(what, maxValue: count);
        for (var i = 0; i < count; i++)
        {
            work(i);
            task.Increment(1);
        }
    });
}
