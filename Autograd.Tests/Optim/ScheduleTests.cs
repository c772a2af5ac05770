using Autograd.Optim;

namespace Autograd.Tests.Optim;

internal sealed class ScheduleTests
{
    private static double[] Rates(Schedule schedule, int count) => [.. Enumerable.Range(0, count).Select(step => schedule.Rate(step, 1))];

    [Test]
    public void WarmUpAndItsProductWithADecay()
    {
        Assert.That(Rates(Schedule.WarmUp(4), 6), Is.EqualTo(new[] { 0.25, 0.5, 0.75, 1, 1, 1 }));
        Assert.That(Rates(Schedule.WarmUp(2) * Schedule.Exponential(0.5), 4), Is.EqualTo(new[] { 0.5, 0.5, 0.25, 0.125 }));
        Assert.That(Rates(Schedule.WarmUp(2).Then(Schedule.Linear(1, 0, 2), at: 2), 5), Is.EqualTo(new[] { 0.5, 1, 1, 0.5, 0 }));
        Assert.That(Schedule.Lambda(step => 1.0 / (step + 1)).Rate(3, 8), Is.EqualTo(2));
    }

    [Test]
    public void InverseSquareRootRisesAndFalls()
    {
        var schedule = Schedule.InverseSquareRoot(100);
        Assert.That((schedule.Rate(49, 1), schedule.Rate(99, 1), schedule.Rate(399, 1)), Is.EqualTo((0.5, 1.0, 0.5)));
        Assert.That(Schedule.InverseTime(1).Rate(3, 1), Is.EqualTo(0.25));
    }

    [Test]
    public void ASchedulerCanGoToAnyStep()
    {
        var optimizer = new Sgd([new Parameter(Tensor.Ones([1]))], 0.1);
        var scheduler = new Scheduler(optimizer, Schedule.Step(2, 0.5));
        for (var i = 0; i < 5; i++)
        {
            scheduler.Step();
        }

        Assert.That((optimizer.LearningRate, scheduler.StepCount), Is.EqualTo((0.025, 5)));
        scheduler.StepCount = 0;
        Assert.That(optimizer.LearningRate, Is.EqualTo(0.1));
    }

    [Test]
    public void MisuseIsExplained()
    {
        Assert.That(() => Schedule.Step(0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("stepSize"));
        Assert.That(() => Schedule.MultiStep([5, 2]), Throws.ArgumentException.With.Message.Contains("ascend"));
        Assert.That(() => Schedule.Sequential([Schedule.WarmUp(2)], [2]), Throws.ArgumentException.With.Message.Contains("0 milestones"));
        Assert.That(() => new Scheduler(new Adagrad([new Parameter(Tensor.Ones([1]))]), Schedule.OneCycle(1, 10)), Throws.InstanceOf<NotSupportedException>().With.Message.Contains("Adagrad has no momentum"));
        Assert.That(() => new ReduceOnPlateau(new Sgd([new Parameter(Tensor.Ones([1]))]), factor: 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void APlateauIgnoresNaNAndKeepsTheLeastRate()
    {
        var optimizer = new Sgd([new Parameter(Tensor.Ones([1]))], 1);
        var plateau = new ReduceOnPlateau(optimizer, factor: 0.1, patience: 0, leastRate: 0.05);
        foreach (var metric in new[] { 1, double.NaN, double.NaN, 0.5 })
        {
            plateau.Step(metric);
        }

        Assert.That((optimizer.LearningRate, plateau.Best), Is.EqualTo((0.05, 0.5)));
    }
}
