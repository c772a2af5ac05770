namespace Autograd.Tests.Golden;

/// <summary>The tester tested: an expectation that was tampered with is caught, whatever it is.</summary>
[Category("Golden")]
internal sealed class GoldenTesterTests
{
    private static readonly GoldenTensor X = new([2, 2], DType.Float64, [1, -2, 3, 0.5], RequiresGrad: true);

    // y = x³: dy/dx = 3x², and with all g and v 1 the second gradient is 6x.
    private static readonly GoldenCase Cube = new("elementwise_unary", "cube", 0, [X], [], [Map(X, x => x * x * x)])
    {
        Upstream = [Map(X, _ => 1)],
        Gradients = [Map(X, x => 3 * x * x)],
        Directions = [Map(X, _ => 1)],
        SecondGradients = [Map(X, x => 6 * x)],
    };

    // y = x·0, whose zeros carry the sign of x.
    private static readonly GoldenCase SignedZero = new("elementwise_unary", "zero", 0, [X], [], [Map(X, x => x < 0 ? -0.0 : 0.0)]);

    [Test]
    public void AgreementPasses()
    {
        Assert.That(Differing(Cube), Is.Empty);
        Assert.That(Differing(SignedZero, x => x * 0.0), Is.Empty);
    }

    [Test]
    public void WrongOutputIsCaught() => Assert.That(Differing(Cube with { Output = Tamper(Cube.Output) }), Is.EqualTo([Quantity.Output]));

    [Test]
    public void WrongGradientIsCaught() => Assert.That(Differing(Cube with { Gradients = Tamper(Cube.Gradients!) }), Is.EqualTo([Quantity.Gradient]));

    [Test]
    public void WrongSecondGradientIsCaught() => Assert.That(Differing(Cube with { SecondGradients = Tamper(Cube.SecondGradients!) }), Is.EqualTo([Quantity.SecondGradient]));

    [Test]
    public void WrongSignOfZeroIsCaught()
        => Assert.That(Differing(SignedZero with { Output = [Map(X, _ => 0.0)] }, x => x * 0.0), Is.EqualTo([Quantity.Output]));

    [Test]
    public void StridedTensorIsAView()
    {
        var transposed = new GoldenTensor([2, 3], DType.Float64, [1, 2, 3, 4, 5, 6], [1, 2], RequiresGrad: true).ToTensor();
        Assert.That(transposed.IsContiguous, Is.False);
        Assert.That(transposed.RequiresGrad);
        Assert.That(transposed.ToArray<double>(), Is.EqualTo([1.0, 2, 3, 4, 5, 6]));
    }

    [Test]
    public void WrongShapeTypeOrNumberIsCaught()
    {
        Assert.That(Differing(Cube with { Output = [Cube.Output[0] with { Sizes = [4] }] }), Is.EqualTo([Quantity.Output]));
        Assert.That(Differing(Cube with { Output = [Cube.Output[0] with { DType = DType.Int64 }] }), Is.EqualTo([Quantity.Output]));
        Assert.That(Differing(Cube with { Output = [Cube.Output[0], Cube.Output[0]] }), Is.EqualTo([Quantity.Output]));
    }

    [Test]
    public void NotANumberIsOnlyNotANumber()
    {
        Assert.That(Differing(Cube with { Output = [Map(X, _ => double.NaN)] }), Is.EqualTo([Quantity.Output]));
        Assert.That(Differing(Cube with { Output = [Map(X, _ => double.NaN)] }, x => x * x * x * double.NaN), Is.EqualTo([Quantity.Gradient, Quantity.SecondGradient]));
    }

    [Test]
    public void ListedDifferenceThatAgreesOrGrowsFails()
    {
        KnownDifference[] known = [new("cube", 0, Quantity.Gradient, 2, "none")];
        Assert.That(Outcome.Judge(Cube, [], known).Verdict, Is.EqualTo(Verdict.Failed));
        Assert.That(Outcome.Judge(Cube, [new(Quantity.Gradient, "differs", 2)], known).Verdict, Is.EqualTo(Verdict.Listed));
        Assert.That(Outcome.Judge(Cube, [new(Quantity.Gradient, "differs", 3)], known).Verdict, Is.EqualTo(Verdict.Failed));
        Assert.That(Outcome.Judge(Cube, [new(Quantity.Gradient, "differs", 2), new(Quantity.Output, "differs")], known).Verdict, Is.EqualTo(Verdict.Failed));
    }

    [Test]
    public void ShippedCaseThatIsTamperedWithIsCaught()
    {
        var golden = GoldenFiles.Cases.First(c => c.Key == "tanh" && c.SecondGradients is { } second && second[0].Values.Length > 1 && Outcome.Of(c).Verdict == Verdict.Passed);
        var operation = OperationTable.Find(golden)!;
        Assert.That(CaseRun.Run(golden with { Output = Tamper(golden.Output) }, operation).Single().Quantity, Is.EqualTo(Quantity.Output));
        Assert.That(CaseRun.Run(golden with { Gradients = Tamper(golden.Gradients!) }, operation).Single().Quantity, Is.EqualTo(Quantity.Gradient));
        Assert.That(CaseRun.Run(golden with { SecondGradients = Tamper(golden.SecondGradients!) }, operation).Single().Quantity, Is.EqualTo(Quantity.SecondGradient));
    }

    private static Quantity[] Differing(GoldenCase golden, Func<Tensor, Tensor>? function = null)
        => [.. CaseRun.Run(golden, a => function is null ? a.Tensor(0) * a.Tensor(0) * a.Tensor(0) : function(a.Tensor(0))).Select(mismatch => mismatch.Quantity)];

    private static GoldenTensor Map(GoldenTensor x, Func<double, double> function) => new(x.Sizes, x.DType, Array.ConvertAll(x.Values, value => function(value)));

    // The last element, by a little more than any tolerance.
    private static GoldenTensor[] Tamper(GoldenTensor[] tensors)
        => [tensors[0] with { Values = [.. tensors[0].Values[..^1], (tensors[0].Values[^1] * (1 + 1e-7)) + 1e-8] }, .. tensors[1..]];
}
