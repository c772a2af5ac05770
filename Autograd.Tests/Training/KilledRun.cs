using System.Globalization;
using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Tests.Training;

/// <summary>A training run with everything that has a state, in a process of its own that is killed from outside: <c>Autograd.Tests.dll train FILE</c>.</summary>
internal static class KilledRun
{
    private const int Epochs = 6;

    public static int Main(string[] arguments)
    {
        if (arguments is not ["train", var path])
        {
            return 2;
        }

        Console.WriteLine(Run(path));
        return 0;
    }

    /// <summary>Trains to the end, from the checkpoint if there is one.</summary>
    /// <returns>All bits of parameters, buffers and history, as text.</returns>
    public static string Run(string? path, int epochs = Epochs, TrainingCallback? callback = null, CancellationToken cancellation = default)
    {
        Generator.Seed(7);
        var data = Synthetic.Spirals(120, 3);
        var (train, test) = data.Split(0.8);
        var model = new Sequential(new Linear(2, 24), new Relu(), new Dropout(0.2), new Linear(24, 3));
        var optimizer = new Lookahead(new AdamW(model.Parameters(), 0.02).ExemptFromDecay(), period: 3);
        var average = WeightAverage.Exponential(model.Parameters(), 0.9);
        var loader = new DataLoader<(Tensor X, Tensor Y)>(train, 8, shuffle: true, workers: 2, transform: (batch, generator) => (Augment.Noise(batch.X, 0.05, generator), batch.Y));
        var history = Trainer.Fit(model, loader, Loss.CrossEntropy, optimizer, new()
        {
            Epochs = epochs,
            Validation = new(test, 32),
            Metrics = [Metric.Accuracy(), Metric.F1(3)],
            Schedule = Schedule.WarmUp(5) * Schedule.CosineAnnealing(80),
            ScheduleBySteps = true,
            EarlyStopping = new(Patience: 100),
            ClipNorm = 1,
            AccumulateBatches = 2,
            Average = average,
            Checkpoint = path is null ? null : new(path, EverySteps: 1),
            CancellationToken = cancellation,
            Callbacks = callback is null ? [] : [callback],
        });
        var numbers = model.StateDictionary().Values.Concat(average.Values).SelectMany(tensor => tensor.Flatten().ToArray<float>().Select(BitConverter.SingleToInt32Bits));
        var measured = history.SelectMany(epoch => epoch.Values.Where(pair => pair.Key != "seconds").Select(pair => $"{pair.Key}={pair.Value.ToString("R", CultureInfo.InvariantCulture)}"));
        return string.Join(' ', numbers.Select(bits => bits.ToString("X8", CultureInfo.InvariantCulture))) + " " + string.Join(' ', measured);
    }
}
