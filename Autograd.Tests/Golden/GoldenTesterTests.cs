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
    public void OperationWithoutARowFails()
    {
        Assert.That(Outcome.Judge(Cube, null, shipped: false) is { Verdict: Verdict.Failed, Text: var text } ? text : string.Empty, Does.Contain("'cube'").And.Contain("OperationTable"));
        Assert.That(Outcome.Judge(Cube with { Key = "cube/conv1d" }, null, shipped: true).Verdict, Is.EqualTo(Verdict.Failed));
    }

    [Test]
    public void ArgumentThatNobodyReadsIsCaught()
    {
        var golden = Cube with { Positional = [X, 2L], Named = [new("beta", 0.5), new("out", null), new("flag", false)] };
        Assert.That(CaseRun.Run(golden, a => a.Tensor(0) * a.Tensor(0) * a.Tensor(0)).Select(mismatch => mismatch.Text), Is.EqualTo(
            [$"Output: the row of cube takes no notice of the argument 1.", "Output: the row of cube takes no notice of the argument beta."]));
    }

    [Test]
    public void ForeignCaseIsJudgedByKind()
    {
        Verdict Judge(GoldenCase golden, Quantity quantity) => Outcome.Judge(golden, [new(quantity, "differs", 5)], [], shipped: false).Verdict;
        var (abs, eigh) = (Cube with { Key = "relu", Tags = ["zeros"] }, Cube with { Key = "linalg.eigh", Condition = new Dictionary<Quantity, double> { [Quantity.Gradient] = double.PositiveInfinity } });
        Assert.That((Judge(abs, Quantity.Output), Judge(abs with { Tags = [] }, Quantity.Output), Judge(abs, Quantity.Gradient)), Is.EqualTo((Verdict.Listed, Verdict.Failed, Verdict.Failed)));
        Assert.That((Judge(eigh, Quantity.Gradient), Judge(eigh, Quantity.SecondGradient), Judge(eigh, Quantity.Output)), Is.EqualTo((Verdict.Listed, Verdict.Failed, Verdict.Failed)));
        Assert.That(Judge(Cube with { Tags = ["special_values"] }, Quantity.Gradient), Is.EqualTo(Verdict.Listed));
        Assert.That(Outcome.Judge(Cube with { Key = "hardsigmoid", Index = 4 }, [], KnownDifferences.Find(Cube with { Key = "hardsigmoid", Index = 4 }), shipped: false).Verdict, Is.EqualTo(Verdict.Passed));
    }

    [Test]
    public void DamagedFileIsNamed()
    {
        var folder = Directory.CreateTempSubdirectory("golden").FullName;
        try
        {
            var path = Path.Combine(folder, "sines.json.gz");
            Assert.That(() => GoldenFiles.Load(folder), Throws.TypeOf<FileNotFoundException>().With.Message.Contains(folder));
            foreach (var (text, what) in (ReadOnlySpan<(string, string)>)[("no json", "sines"), ("""{"family":"f"}""", "sines"), ("""{"family":"f","cases":[{"op":"sin","index":0}]}""", "case 0"), ("""{"family":"f","cases":[{"op":"sin","index":0,"kwargs":{},"output":[],"tags":[],"inputs":[{"shape":[],"dtype":"complex128","data":[0]}]}]}""", "complex128")])
            {
                using (var stream = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest))
                {
                    stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
                }

                Assert.That(() => GoldenFiles.Load(folder), Throws.TypeOf<InvalidDataException>().With.Message.Contains(what).And.Message.Contains(path));
            }

            File.WriteAllText(path, "no archive");
            Assert.That(() => GoldenFiles.Load(folder), Throws.TypeOf<InvalidDataException>().With.Message.Contains(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void ShippedCaseThatIsTamperedWithIsCaught()
    {
        var golden = GoldenFiles.Load(GoldenFiles.ShippedFolder).Cases.First(c => c.Key == "tanh" && c.SecondGradients is { } second && second[0].Values.Length > 1 && Outcome.Of(c).Verdict == Verdict.Passed);
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
