#:project ../Autograd.Optim

// Model-agnostic meta-learning (Finn, Abbeel, Levine 2017): a network that learns a new sine wave from ten points in five steps,
// because it was trained to have that done to it. The gradient of the outer loss flows through the inner optimizer's steps, and
// to the inner learning rate as well (Li et al., "Meta-SGD", 2017).

using System.Globalization;
using Autograd;
using Autograd.NN;
using Autograd.Optim;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Generator.Seed(0);
var isQuick = args.Contains("--quick");
var (outerSteps, tasksPerStep) = (isQuick ? 1500 : 5000, 8);

var model = new Sequential(new Linear(1, 40), new Tanh(), new Linear(40, 40), new Tanh(), new Linear(40, 1));
var logRate = new Parameter(Tensor.From(Math.Log(0.02), DType.Float32));
var outer = new OptimizerGroups(new Adam(model.Parameters(), 5e-3), new Adam([logRate], 1e-2));

var before = Average(200, steps: 0);
var untrained = Average(200, steps: 5);
for (var step = 1; step <= outerSteps; step++)
{
    outer.ZeroGrad();
    for (var task = 0; task < tasksPerStep; task++)
    {
        (AfterAdapting(Wave(), steps: 1) / tasksPerStep).Backward();
    }

    Clip.Norm(outer.Parameters, 10);
    outer.Step();
    if (step % (outerSteps / 5) == 0)
    {
        Console.WriteLine($"step {step,5}: error on new waves after 5 steps {Average(50, steps: 5):F3}, inner learning rate {Math.Exp(logRate.Item()):F4}");
    }
}

var trained = Average(200, steps: 5);
Console.WriteLine($"mean squared error on 200 waves never seen: a fresh network {before:F2}, after 5 steps {untrained:F2}; the meta-trained network after 5 steps {trained:F2}");
return trained < untrained / 2 ? 0 : 1;

// y = a sin(x + b), with amplitude and phase of its own.
static Func<Tensor, Tensor> Wave()
{
    var (amplitude, phase) = (0.1 + (4.9 * Tensor.Rand([]).Item()), Math.PI * Tensor.Rand([]).Item());
    return x => (x + phase).Sin() * amplitude;
}

static Tensor Points(int count) => (Tensor.Rand([count, 1]) * 10) - 5;

// The error at new points of a wave after some steps of descent at ten others: differentiable.
Tensor AfterAdapting(Func<Tensor, Tensor> wave, int steps)
{
    var inner = new Sgd(model.Parameters()).Unroll(learningRate: logRate.Exp());
    var x = Points(10);
    for (var i = 0; i < steps; i++)
    {
        inner.Step(Loss.MeanSquaredError(model.Call(inner.ValuesOf(model), x), wave(x)));
    }

    var test = Points(10);
    return Loss.MeanSquaredError(model.Call(inner.ValuesOf(model), test), wave(test));
}

double Average(int waves, int steps) => Enumerable.Range(0, waves).Average(_ => AfterAdapting(Wave(), steps).Item());
