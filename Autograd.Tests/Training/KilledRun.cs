using System.Globalization;
using System.Runtime.InteropServices;
using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Tests.Training;

/// <summary>A training run with everything that has a state, of which another process can be killed in the middle.</summary>
internal static class KilledRun
{
    private const int Epochs = 6;

    /// <summary>Trains to the end, from the checkpoint if there is one.</summary>
    /// <returns>All bits of parameters, buffers and history, as text.</returns>
    public static string Run(string? path, int epochs = Epochs, int everySteps = 1, TrainingCallback? callback = null, bool stopOnInterrupt = true, CancellationToken cancellation = default)
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
            Checkpoint = path is null ? null : new(path, EverySteps: everySteps),
            StopOnInterrupt = stopOnInterrupt,
            CancellationToken = cancellation,
            Callbacks = callback is null ? [] : [callback],
        });
        var numbers = model.StateDictionary().Values.Concat(average.Values).SelectMany(tensor => tensor.Flatten().ToArray<float>().Select(BitConverter.SingleToInt32Bits));
        var measured = history.SelectMany(epoch => epoch.Values.Where(pair => pair.Key != "seconds").Select(pair => $"{pair.Key}={pair.Value.ToString("R", CultureInfo.InvariantCulture)}"));
        return string.Join(' ', numbers.Select(bits => bits.ToString("X8", CultureInfo.InvariantCulture))) + " " + string.Join(' ', measured);
    }

    /// <summary>Trains slowly, saving at the ends of epochs alone, and says a line a batch, so that it can be interrupted at a known place: the twentieth batch goes on until it is.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="manner"><c>obey</c>: as a run is; <c>ignore</c>: without taking over Ctrl-C; <c>hang</c>: the twentieth batch never ends.</param>
    public static string Talk(string path, string manner) => Run(path, everySteps: 0, callback: new Talker(manner == "hang"), stopOnInterrupt: manner != "ignore");

    private sealed class Talker(bool hangs) : TrainingCallback
    {
        private int count;

        public override void OnBatchEnd(TrainingContext run)
        {
            // A registration beside the run's own: both are told of the same signal.
            using var interrupted = new SemaphoreSlim(0);
            using var registration = ++count == 20 ? PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => interrupted.Release()) : null;
            Console.WriteLine($"batch {count}");
            if (registration is not null)
            {
                interrupted.Wait(TimeSpan.FromMinutes(1));
            }

            Thread.Sleep(hangs && count == 20 ? Timeout.Infinite : 20);
        }
    }
}
