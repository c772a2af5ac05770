namespace Autograd.Tests.GradientChecking;

/// <summary>Kinks, jumps, curvature and noise: what a difference quotient can and cannot say.</summary>
internal sealed class CourseTests
{
    [TestCase(0.0)]
    [TestCase(0.5)]
    [TestCase(1.0)]
    public void A_kink_is_reported_with_both_slopes_and_is_no_failure(double slope)
    {
        var relu = Differentiate.CustomGradient(x => x.Relu(), (x, _, g) => g * Tensor.Where(x.Eq(0), slope, (x > 0).To(DType.Float64)));
        var report = GradCheck.Compare(x => relu(x).Sum() * 2, Tensor.From([0.0, 1, -1]));
        var kink = report.Entries.Single(entry => entry.Verdict == GradCheckVerdict.Kink && !entry.IsAlongDirection);
        Assert.That((report.IsCorrect, kink.Index[0]), Is.EqualTo((true, 0)));
        Assert.That((kink.SlopeBefore, kink.SlopeAfter, kink.Analytic), Is.EqualTo((0.0, 2.0, 2 * slope)).Within(1e-9));
        Assert.That(report.ToString(), Does.Contain("at a kink").Or.Contain("at kinks"));
    }

    [Test]
    public void A_value_outside_the_slopes_of_a_kink_is_wrong()
    {
        var wrong = Differentiate.CustomGradient(x => x.Abs(), (x, _, g) => g * Tensor.Where(x.Eq(0), 1.5, x.Sign()));
        var report = GradCheck.Compare(x => wrong(x).Sum(), Tensor.From([0.0, 1, -1]));
        Assert.That((report.Entries[0].Verdict, report.Entries[0].Index[0], report.Location!.Operation), Is.EqualTo((GradCheckVerdict.Wrong, 0, "Custom")));
    }

    [TestCase(1e-3)]
    [TestCase(1e-5)]
    [TestCase(1e-7)]
    [TestCase(1e-9)]
    public void A_kink_nearby_does_not_disturb(double distance)
    {
        var report = GradCheck.Compare(x => (x.Abs() + (x * x)).Sum(), Tensor.From([distance, -distance]));
        Assert.That(report.Entries.Select(entry => entry.Verdict), Is.All.EqualTo(GradCheckVerdict.Agrees), $"{report}");
    }

    [Test]
    public void A_jump_is_reported_and_is_no_failure()
    {
        var report = GradCheck.Compare(x => (x.Floor() + x).Sum(), Tensor.From([1.0, 1.5]));
        Assert.That((report.IsCorrect, report.Count(GradCheckVerdict.Jump), report.Count(GradCheckVerdict.Agrees)), Is.EqualTo((true, 1, 1)), $"{report}");
        Assert.That(report.ToString(), Does.Contain("at a jump"));
    }

    [Test]
    public void The_end_of_a_domain_is_reported()
    {
        var report = GradCheck.Compare(x => x.Sqrt().Sum(), Tensor.From([0.0, 1.5]));
        Assert.That((report.IsCorrect, report.Count(GradCheckVerdict.Jump)), Is.EqualTo((true, 1)), $"{report}");
    }

    [Test]
    public void The_point_is_moved_away_from_kinks_on_request()
    {
        var report = GradCheck.Compare(x => x.Relu().Sum(), Tensor.From([0.0, 1]), new() { Resamples = 3 });
        Assert.That((report.IsCorrect, report.Resamples, report.Count(GradCheckVerdict.Kink)), Is.EqualTo((true, 1, 0)), $"{report}");
        Assert.That(report.ToString(), Does.Contain("1 time the point was moved"));
    }

    [Test]
    public void Steps_find_their_size_by_themselves()
    {
        // Near 0, a step of 6e-6 is larger than the whole neighbourhood; the sine is curved within one.
        GradCheck.Verify(x => x.Log().Sum(), Tensor.From([1e-9, 1e-6, 1e-3]));
        GradCheck.Verify(x => (x * 3e4).Sin().Sum(), Tensor.From([0.3, 1.7]));
        GradCheck.Verify(x => (x / 1e-12).Tanh().Sum() * 1e-12, Tensor.From([1e-12, -2e-12]));
        GradCheck.Verify(x => x.Square().Sum(), Tensor.From([1e150, 1e150]));
    }

    [Test]
    public void Extrapolation_gives_ten_digits_and_an_honest_error()
    {
        var points = Tensor.From([0.3, -1.2, 2, 0.7]);
        var simple = GradCheck.Compare(x => x.Exp().Sin().Sum(), points);
        var extrapolated = GradCheck.Compare(x => x.Exp().Sin().Sum(), points, new() { Extrapolate = true });
        foreach (var entry in extrapolated.Entries)
        {
            var exact = Math.Exp(points[entry.Index[0]].Item()) * Math.Cos(Math.Exp(points[entry.Index[0]].Item()));
            Assert.That(Math.Abs(entry.Numeric - exact), Is.LessThan(1e-10).And.LessThanOrEqualTo(entry.NumericError), $"{extrapolated}");
        }

        Assert.That(simple.Entries.Max(entry => entry.Error), Is.GreaterThan(extrapolated.Entries.Max(entry => entry.Error)));
        Assert.That(extrapolated.Entries.Max(entry => entry.Ulps), Is.LessThan(1e7).And.GreaterThan(0));
    }

    /// <summary>1e8 is added and taken away again: eight digits are gone, which the size of the result does not show.</summary>
    [Test]
    public void Noise_in_the_function_is_measured()
    {
        static Tensor Noisy(Tensor x) => (x.Sin() + 1e8 - 1e8).Sum();
        var report = GradCheck.Compare(Noisy, Tensor.From([0.3, -1.2, 2, 0.7]));
        Assert.That(report.IsCorrect, $"{report}");
        Assert.That(report.Entries.Max(entry => entry.NumericError), Is.GreaterThan(1e-7));
        var wrong = Differentiate.CustomGradient(Noisy, (x, _, g) => g * x.Cos() * 1.01);
        Assert.That(GradCheck.Compare(wrong, Tensor.From([0.3, -1.2, 2, 0.7])).IsCorrect, Is.False);
    }

    [Test]
    public void What_rounding_hides_is_said_to_be_hidden()
    {
        // A slope of 1e-5 in a function that is rounded to 1.5e-8.
        static Tensor Hidden(Tensor x) => ((x * 1e-5).Sin() + 1e8 - 1e8).Sum();
        var report = GradCheck.Compare(Hidden, Tensor.From([0.3, -1.2]));
        Assert.That((report.IsCorrect, report.Entries.Count(entry => entry.IsHidden)), Is.EqualTo((true, 2)), $"{report}");
        Assert.That(report.ToString(), Does.Contain("2 are hidden by rounding"));
        var sizes = GradCheck.Compare(x => x.Square().Sum(), Tensor.From([1e150, 1e-150]));
        Assert.That((sizes.IsCorrect, sizes.Entries.Count(entry => entry.IsHidden)), Is.EqualTo((true, 1)), $"{sizes}");
    }

    [Test]
    public void Where_the_quotients_do_not_settle_they_are_the_ones_in_doubt()
    {
        // Waves that are finer than any step, on a scale that the point knows nothing of.
        var report = GradCheck.Compare(x => ((x * 3e11).Sin() * 1e-6).Sum() + (x * x).Sum(), Tensor.From([0.3, -1.2]), new() { Localize = false });
        Assert.That(report.Entries.Select(entry => entry.Verdict), Is.All.EqualTo(GradCheckVerdict.Inconclusive).Or.EqualTo(GradCheckVerdict.Agrees), $"{report}");
    }
}
