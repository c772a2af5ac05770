using Autograd.Evaluation;

namespace Autograd.Tests;

/// <summary>Runs the whole suite the hard way, if the environment variable AUTOGRAD_TEST_HARD is set: elementwise results of every size stay pending, memory of every size comes
/// from the pool and is filled with NaN when it comes back, loops are compiled as soon as a chain comes again, and a thread collects garbage without pause, so that what is not kept alive dies at once.</summary>
[SetUpFixture]
internal sealed class HardMode
{
    private readonly CancellationTokenSource stop = new();
    private Thread? collector;

    [OneTimeSetUp]
    public void Begin()
    {
        if (Environment.GetEnvironmentVariable("AUTOGRAD_TEST_HARD") is not { Length: > 0 })
        {
            return;
        }

        // Constants are made once, at first use, and must not be made from the memory of a backward pass.
        _ = Constants.Of(0, DType.Float32);
        (Fusion.Threshold, Fusion.ShortestRow) = (1, 2);
        Pool.Threshold = 1;
        Pool.IsPoisoning = true;
        (RegionPlans.WorkBeforeLoops, RegionPlans.WaitsForLoops) = (1000, true);
        collector = new Thread(CollectWithoutPause) { IsBackground = true, Name = "collector" };
        collector.Start();
    }

    [OneTimeTearDown]
    public void End()
    {
        stop.Cancel();
        collector?.Join();
        stop.Dispose();
    }

    private void CollectWithoutPause()
    {
        while (!stop.IsCancellationRequested)
        {
            GC.Collect(1, GCCollectionMode.Forced, blocking: true);
            Loans.Sweep(1);
            Thread.Sleep(1);
        }
    }
}
