using Autograd.Benchmarks.Comparison;

namespace Autograd.Tests.Benchmarks;

internal sealed class ComparisonRunTests
{
    private const string Chain = """[{ "family": "f", "name": "n", "kind": "chain", "count": 40, "length": 3 }]""";

    private static readonly List<WorkloadDescription> Workloads = WorkloadList.Parse(Chain);

    [Test]
    public void EqualResultsAgree() => Assert.That(Run(new OurSide(), new Side()).Check(Workloads), Is.True);

    [Test]
    public void ASideThatIsAloneIsCheckedForItself()
    {
        Assert.That(Run(new OurSide(), null).Check(Workloads), Is.True);
        Assert.That(Run(new Side { Factor = double.NaN }, null).Check(Workloads), Is.False, "not finite");
        Assert.That(Run(new Side { Drift = 1e-9 }, null).Check(Workloads), Is.False, "not deterministic");
    }

    [Test]
    public void AWrongResultIsAnErrorOfCheckAndTable()
    {
        var run = Run(new OurSide(), new Side { Factor = 1.01 });
        Assert.That(run.Check(Workloads), Is.False);
        var row = run.Measure(Workloads[0], Peaks);
        Assert.That(row.Error, Does.Contain("value: Σx"));
        Assert.That(row.Ratio, Is.NaN);
        Assert.That(MarkdownReport.Of([row]), Does.Contain("| n | **error**: value: Σx"));
    }

    [Test]
    public void APeerThatBreaksOffIsAnError() => Assert.That(Run(new OurSide(), new Side { Failure = new PeerException("gone") }).Measure(Workloads[0], Peaks).Error, Is.EqualTo("gone"));

    [Test]
    public void WhatThePeerCannotDoIsTimedAlone()
    {
        var run = Run(new Side(), new Side { Failure = new UnsupportedWorkloadException("too old") });
        var row = run.Measure(Workloads[0], Peaks);
        Assert.That(run.Check(Workloads), Is.True);
        Assert.That((row.Error, row.Remark, row.Peer), Is.EqualTo(((string?)null, "too old", double.NaN)));
        Assert.That(row.Ours, Is.EqualTo(1e-3).Within(1e-12));
    }

    [Test]
    public void TheMedianOfTheRoundsCounts()
    {
        var (ours, peer) = (new Side { Seconds = round => round == 2 ? 1 : 1e-3 }, new Side { Seconds = _ => 3e-3 });
        var row = Run(ours, peer).Measure(Workloads[0], Peaks);
        Assert.That(row.Ratio, Is.EqualTo(3).Within(1e-9));
        Assert.That(MarkdownReport.Of([row]), Does.Contain("| **f**: geometric mean of 1 | | | **3.00** | | |").And.Contain("| n | 1.00 ms | 3.00 ms | 3.00 |"));
    }

    [Test]
    public void EveryRoundIsLongEnoughAndBothSidesWarmUpAlike()
    {
        var (ours, peer) = (new Side { Seconds = _ => 1e-6 }, new Side { Seconds = _ => 0.02 });
        Run(ours, peer).Measure(Workloads[0], Peaks);
        foreach (var side in (Side[])[ours, peer])
        {
            Assert.That(side.Rounds[^7..].Select(round => round.Steps * round.Seconds), Is.All.GreaterThanOrEqualTo(0.05));
            Assert.That(side.Rounds[..^7].Sum(round => round.Steps * round.Seconds), Is.InRange(1, 2));
        }
    }

    private static MachinePeaks Peaks { get; } = MachinePeaks.Measure(1);

    private static ComparisonRun Run(ISide ours, ISide? peer) => new(ours, peer, rounds: 7, TextWriter.Null);

    /// <summary>A side with the results of ours, or wrong ones, and whatever times it likes.</summary>
    private sealed class Side : ISide
    {
        private readonly OurSide real = new();
        private double factor = 1;

        public double Factor { init => factor = value; }

        public double Drift { get; init; }

        public Exception? Failure { get; init; }

        /// <summary>The seconds of a step, by the number of the call.</summary>
        public Func<int, double> Seconds { get; init; } = _ => 1e-3;

        public List<(int Steps, double Seconds)> Rounds { get; } = [];

        public string Name => "test";

        public bool IsSettled => true;

        public IReadOnlyList<Checksum> Check(WorkloadDescription workload, int steps)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            factor += Drift;
            return [.. real.Check(workload, steps).Select(sum => sum with { Sum = sum.Sum * factor })];
        }

        public void Prepare(WorkloadDescription workload)
        {
        }

        public double Time(int steps)
        {
            Rounds.Add((steps, Seconds(Rounds.Count)));
            return steps * Rounds[^1].Seconds;
        }
    }
}
