namespace Autograd.Tests.GradientChecking;

/// <summary>The catalogue of mistakes: each is caught inside a composition, and the report names the operation and the line.</summary>
internal sealed class WrongRuleTests
{
    [Test]
    public void The_catalogue_has_forty_mistakes_and_more()
        => Assert.That(WrongRules.All.Select(rule => rule.Name).Distinct(StringComparer.Ordinal).Count(), Is.GreaterThanOrEqualTo(40));

    [TestCaseSource(typeof(WrongRules), nameof(WrongRules.All))]
    public void A_mistake_is_caught_and_located(object mistake)
    {
        var rule = (WrongRule)mistake;

        // Elements that are equal stay so: some mistakes show there only.
        Tensor Composition(Tensor x)
        {
            var hidden = (x * 1.1) + 0.05;
            return rule.Apply(hidden).Sin() * 2;
        }

        var report = GradCheck.Compare(Composition, rule.Point, new() { Order = rule.Order });
        Assert.That(report.IsCorrect, Is.False, $"{report}");
        Assert.That(report.Entries.Where(entry => !entry.IsCorrect).Min(entry => entry.Order), Is.EqualTo(rule.Order), $"{report}");
        Assert.That(report.Location?.Operation, Is.EqualTo(rule.Name), $"{report}");
        Assert.That(Path.GetFileName(report.Location!.File), Does.StartWith("WrongRule"));
        Assert.That(report.Location.Line, Is.GreaterThan(0));
        Assert.That($"{report.Location}", Does.Contain(rule.Name).And.Contain("input 0, Float64"));
    }

    /// <summary>The same compositions with right rules pass.</summary>
    [Test]
    public void What_is_right_is_not_caught()
    {
        Func<Tensor, Tensor>[] right =
        [
            x => x.Amax(1, keepDim: true), x => x.Maximum(x.Flip(1)), x => x.Abs(), x => x.Relu(), x => x.MatMul(x.Cos()), x => x.Sort(1).Values,
            x => x.Softmax(1), x => x.CumSum(1), x => x.Norm(1, 1), x => x.Clamp(-0.39, 0.7), x => x.Floor(), x => x.Median(1).Values,
        ];
        foreach (var (rule, function) in WrongRules.All.Select(rule => rule.Point).DistinctBy(point => point.ToString(), StringComparer.Ordinal).SelectMany(_ => right, (point, function) => (point, function)))
        {
            var report = GradCheck.Compare(x => function((x * 1.1) + 0.05).Sin() * 2, rule, new() { Order = 2 });
            Assert.That(report.IsCorrect, $"{report}");
        }
    }
}
