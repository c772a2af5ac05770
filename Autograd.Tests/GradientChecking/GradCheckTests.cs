namespace Autograd.Tests.GradientChecking;

/// <summary>GradCheck: what it accepts, what it refuses, and what it says.</summary>
internal sealed class GradCheckTests
{
    private static readonly Tensor X = Tensor.From([0.3, -1.2, 2, 0.7, -0.4, 1.1], [2, 3]);

    [Test]
    public void A_right_gradient_passes()
    {
        GradCheck.Verify(x => (x.Sin() * x).Sum(), X);
        GradCheck.Verify(x => x.Softmax(1), X, new() { Order = 2 });
        var report = GradCheck.Compare(x => (x.Sin() * x).Sum(), X, new() { Order = 2 });
        Assert.That((report.IsCorrect, report.Failures, report.Entries.Count), Is.EqualTo((true, 0, 12)));
        Assert.That(report.ToString(), Does.StartWith("Gradient check: 12 of 12 derivatives agree."));
    }

    [TestCase(-1.0)]
    [TestCase(2.0)]
    [TestCase(1.001)]
    [TestCase(0.0)]
    public void A_wrong_sign_or_factor_is_found(double factor)
    {
        var wrong = Differentiate.CustomGradient(x => x.Sin(), (x, _, grad) => grad * x.Cos() * factor);
        var mismatch = Assert.Throws<GradientMismatchException>(() => GradCheck.Verify(x => wrong(x).Sum(), X));
        Assert.That((mismatch.Report.Failures, mismatch.Report.IsCorrect), Is.EqualTo((6, false)));
        foreach (var entry in mismatch.Report.Entries)
        {
            Assert.That(entry.Analytic, Is.EqualTo(factor * entry.Numeric).Within(1e-8));
        }
    }

    [Test]
    public void A_right_first_order_with_a_wrong_second_is_found_at_order_2_only()
    {
        var wrong = Differentiate.CustomGradient(x => x.Exp(), (_, y, grad) => grad * y.Detach());
        GradCheck.Verify(wrong, X);
        var mismatch = Assert.Throws<GradientMismatchException>(() => GradCheck.Verify(wrong, X, new() { Order = 2 }));
        Assert.That(mismatch.Report.Entries.Where(entry => !entry.IsCorrect).Select(entry => entry.Order), Is.All.EqualTo(2));
    }

    [Test]
    public void One_wrong_element_is_named_with_both_values_and_comes_first()
    {
        var wrong = Differentiate.CustomGradient(x => x * x, (x, _, grad) => (grad * 2 * x).With([1, 0], 9));
        var mismatch = Assert.Throws<GradientMismatchException>(() => GradCheck.Verify(inputs => (inputs[0] + wrong(inputs[1])).Sum(), [X, X]));
        var worst = mismatch.Report.Entries[0];
        Assert.That((worst.Order, worst.Input, worst.IsCorrect, mismatch.Report.Failures), Is.EqualTo((1, "1", false, 1)));
        Assert.That(worst.Index, Is.EqualTo([1, 0]));
        Assert.That((worst.Analytic, worst.Numeric), Is.EqualTo((9.0, 1.4)).Within(1e-8));
        Assert.That((worst.Error, worst.RelativeError), Is.EqualTo((7.6, 7.6 / 9)).Within(1e-8));
        var lines = mismatch.Message.Split('\n');
        Assert.That(lines[0], Is.EqualTo("Gradient check: 11 of 12 derivatives agree, 1 do not (seed 0)."));
        Assert.That(lines[2], Does.Contain('✗').And.Contain("[1, 0]").And.Contain(" 9 ").And.Contain("1.4"));
        Assert.That(lines[3], Does.Not.Contain('✗'));
    }

    [Test]
    public void Entries_are_sorted_by_error_in_units_of_the_tolerance()
    {
        var report = GradCheck.Compare(x => x.Exp() * x.Sin(), X);
        Assert.That(report.Entries.Select(entry => entry.Error / entry.Tolerance), Is.Ordered.Descending);
        var errors = Differentiate.CustomGradient(x => x * 1, (x, _, grad) => grad + (x * 1e-3));
        Assert.That(GradCheck.Compare(x => errors(x).Sum(), X).Entries[0].Index, Is.EqualTo([0, 2]), "The error grows with |x|.");
    }

    [Test]
    public void A_long_table_is_cut()
    {
        var wrong = Differentiate.CustomGradient(x => x * 1, (_, _, grad) => -grad);
        var text = GradCheck.Compare(x => wrong(x).Sum(), Tensor.Ones([20], DType.Float64)).ToString();
        Assert.That(text.Split('\n')[2 + 12], Is.EqualTo("  … and 8 smaller errors"));
    }

    [Test]
    public void Parameters_are_checked_by_name()
    {
        var (w, b) = (new Parameter(Tensor.From([1.0, 2, 3])), new Parameter(Tensor.From([0.5])));
        Tensor Loss() => ((X.MatMul(w) + b).Tanh() * 2).Sum();
        GradCheck.Verify(Loss, Named(("w", w), ("b", b)), new() { Order = 2 });
        var wrong = Differentiate.CustomGradient(x => x * 2, (_, _, grad) => grad);
        var mismatch = Assert.Throws<GradientMismatchException>(() => GradCheck.Verify(() => (X.MatMul(w) + wrong(b)).Sum(), Named(("w", w), ("head.b", b))));
        Assert.That(mismatch.Report.Entries.Where(entry => !entry.IsCorrect).Select(entry => entry.Input), Is.EqualTo(["head.b"]));
        Assert.That(mismatch.Message, Does.Contain("head.b"));
    }

    [Test]
    public void Parameters_are_as_before_afterwards()
    {
        var w = new Parameter(Tensor.From([1.0, 2, 3]));
        (w * 2).Sum().Backward();
        GradCheck.Verify(() => (w * w).Sum(), Named(("w", w)));
        Assert.That((w.ToArray<double>(), w.Grad!.ToArray<double>()), Is.EqualTo((new[] { 1.0, 2, 3 }, new[] { 2.0, 2, 2 })));
        var calls = 0;
        Assert.That(
            () => GradCheck.Verify(() => ++calls < 4 ? (w * w).Sum() : throw new InvalidOperationException("Loss."), Named(("w", w))),
            Throws.InvalidOperationException.With.Message.EqualTo("Loss."));
        Assert.That((w.ToArray<double>(), w.Grad!.ToArray<double>(), w.IsFrozen), Is.EqualTo((new[] { 1.0, 2, 3 }, new[] { 2.0, 2, 2 }, false)));
        (w * 1).Sum().Backward();
        Assert.That(w.Grad!.ToArray<double>(), Is.EqualTo([3.0, 3, 3]), "The parameter's leaf is another one.");
    }

    [Test]
    public void Float32_is_refused_with_the_reason_and_two_ways_out()
    {
        var x = X.To(DType.Float32);
        Assert.That(
            () => GradCheck.Verify(t => t.Sin(), x),
            Throws.TypeOf<DTypeException>().With.Message.Contains("Float32").And.Message.Contains("x.To(DType.Float64)").And.Message.Contains("AllowFloat32"));
        var w = new Parameter(x);
        Assert.That(() => GradCheck.Verify(() => w.Sum(), Named(("w", w))), Throws.TypeOf<DTypeException>());
        Assert.That(w.ToArray<float>(), Is.EqualTo(x.ToArray<float>()));
    }

    [Test]
    public void Float32_is_accepted_with_wide_tolerances_and_still_finds_mistakes()
    {
        var options = new GradCheckOptions { AllowFloat32 = true, RelativeTolerance = 1e-2, AbsoluteTolerance = 1e-2 };
        var x = X.To(DType.Float32);
        GradCheck.Verify(t => t.Sin() * t, x, options);
        var wrong = Differentiate.CustomGradient(t => t.Sin(), (t, _, grad) => -grad * t.Cos());
        Assert.That(() => GradCheck.Verify(wrong, x, options), Throws.TypeOf<GradientMismatchException>());
    }

    [Test]
    public void Inputs_of_other_types_are_passed_on()
    {
        var index = Tensor.From([2L, 0, 2], [3]);
        GradCheck.Verify(inputs => inputs[0].IndexSelect(1, inputs[1]).Sin(), [X, index], new() { Order = 2 });
        Assert.That(() => GradCheck.Verify(inputs => inputs[0].To(DType.Float64), [index]), Throws.TypeOf<DTypeException>().With.Message.Contains("no floating-point input"));
    }

    [Test]
    public void A_function_that_does_not_depend_on_its_input_has_gradient_0()
    {
        GradCheck.Verify(_ => Tensor.From([3.0]), X, new() { Order = 2 });
        GradCheck.Verify(inputs => inputs[1].Sin(), [X, X], new() { Order = 2 });
        GradCheck.Verify(x => x.Floor(), X + 0.05, new() { Order = 2 });
        Assert.That(GradCheck.Compare(x => x.Sum(), X, new() { Order = 2 }).Entries.Where(entry => entry.Order == 2).Select(entry => entry.Analytic), Is.All.EqualTo(0.0));
    }

    [Test]
    public void A_gradient_that_does_not_flow_is_found()
        => Assert.That(() => GradCheck.Verify(x => x.Detach().Sin(), X), Throws.TypeOf<GradientMismatchException>());

    [Test]
    public void A_function_that_is_not_deterministic_is_refused_with_advice()
    {
        var calls = 0;
        Assert.That(
            () => GradCheck.Verify(x => (x * ++calls).Sum(), X),
            Throws.ArgumentException.With.Message.Contains("called again").And.Message.Contains("state"));
    }

    [Test]
    public void Random_numbers_repeat_and_are_drawn_once()
    {
        var (generator, other) = (new Generator(1), new Generator(1));
        GradCheck.Verify(x => (x * Tensor.Randn([2, 3], DType.Float64, generator: generator) * Tensor.Randn([2, 3], DType.Float64)).Sum(), X, new() { Order = 2 });
        Tensor.Randn([2, 3], DType.Float64, generator: other);
        Assert.That(generator.State, Is.EqualTo(other.State), "The check is one call to the generator.");
    }

    [Test]
    public void Not_a_number_on_one_side_is_a_mismatch()
    {
        var broken = Differentiate.CustomGradient(x => x * 1, (_, _, grad) => grad * double.NaN);
        var report = GradCheck.Compare(x => broken(x).Sum(), X);
        Assert.That((report.IsCorrect, report.Failures, report.Entries[0].Error), Is.EqualTo((false, 6, double.PositiveInfinity)));
        Assert.That(report.ToString(), Does.Contain("NaN"));
    }

    [Test]
    public void Only_orders_1_and_2()
    {
        Assert.That(() => GradCheck.Verify(x => x.Sin(), X, new() { Order = 3 }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Order is 1 or 2"));
        Assert.That(() => GradCheck.Verify(x => x.Sin(), X, new() { Order = 0 }), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Inputs_are_not_touched()
    {
        var x = Tensor.From([1.0, 2], requiresGrad: true);
        GradCheck.Verify(t => t * t, x, new() { Order = 2 });
        Assert.That((x.Grad, x.RequiresGrad), Is.EqualTo(((Tensor?)null, true)));
        GradCheck.Verify(t => t * t, x * 3);
        GradCheck.Verify(t => t * t, X.T);
    }

    [Test]
    public void It_records_also_where_recording_is_off()
    {
        using var scope = Grad.Disabled();
        GradCheck.Verify(x => (x.Sin() * x).Sum(), X, new() { Order = 2 });
    }

    [Test]
    public void Scalars_and_empty_tensors_are_inputs_too()
    {
        GradCheck.Verify(x => x * x, Tensor.From(3.0, DType.Float64), new() { Order = 2 });
        Assert.That(GradCheck.Compare(x => x * x, Tensor.Zeros([0, 3], DType.Float64)).Entries, Is.Empty);
        GradCheck.Verify(inputs => inputs[0].Sum() + (inputs[1] * inputs[1]), [Tensor.Zeros([0], DType.Float64), X], new() { Order = 2 });
    }

    [Test]
    public void Very_large_and_very_small_values_are_judged_by_their_size()
    {
        GradCheck.Verify(x => (x * x).Sum(), X * 1e8);
        GradCheck.Verify(x => (x.Sin() * 1e9).Sum(), X);
        var wrong = Differentiate.CustomGradient(x => x * x, (x, _, grad) => grad * 2.01 * x);
        Assert.That(() => GradCheck.Verify(x => wrong(x).Sum(), X * 1e8), Throws.TypeOf<GradientMismatchException>());
    }

    [Test]
    public void The_seed_decides_the_directions()
    {
        double[] First(ulong seed) => [.. GradCheck.Compare(x => x.Sin(), X, new() { Seed = seed }).Entries.OrderBy(entry => entry.Index[0]).ThenBy(entry => entry.Index[1]).Select(entry => entry.Analytic)];
        var once = First(1);
        Assert.That(First(1), Is.EqualTo(once));
        Assert.That(First(2), Is.Not.EqualTo(once));
        Assert.That(GradCheck.Compare(x => x.Sin(), X, new() { Seed = 7 }).Seed, Is.EqualTo(7));
    }

    private static KeyValuePair<string, Parameter>[] Named(params (string Name, Parameter Parameter)[] parameters)
        => Array.ConvertAll(parameters, entry => KeyValuePair.Create(entry.Name, entry.Parameter));

    [Test]
    public void A_function_without_a_value_cannot_be_checked()
        => Assert.That(() => GradCheck.Verify(x => x.Sqrt(), Tensor.From([-1.0])), Throws.ArgumentException.With.Message.Contains("NaN at this point"));
}
