using Autograd.Evaluation;

namespace Autograd.Tests.Evaluation;

/// <summary>Compiled loops: the same bits as one operation after the other, whatever is stored, repeated, chosen or reduced.</summary>
[NonParallelizable]
internal sealed class LaneLoopTests
{
    private static readonly int[] Lengths = [1, 2, 7, 8, 15, 16, 17, 63, 64, 65, 511, 2047, 2048, 2049, 4100, 70_001];

    private static IEnumerable<TestCaseData> Cases
        => from length in Lengths
           from dtype in (DType[])[DType.Float32, DType.Float64, DType.Int64]
           select new TestCaseData(length, dtype);

    [SetUp]
    public void BeginAnew()
    {
        Assume.That(RegionPlans.AreLoopsSupported, "the runtime compiles, and has wide vectors");
        RegionPlans.Clear();
    }

    [TestCaseSource(nameof(Cases))]
    public void ValuesAndGradientsAreEqualBitForBit(int length, DType dtype)
    {
        var byLoops = Compiled(() => Chain(length, dtype));
        using var _ = Fusion.Disabled();
        Assert.That(Chain(length, dtype), Is.EqualTo(byLoops));
    }

    [Test]
    public void AFormThatHasCostSomeWorkGetsLoops()
    {
        var x = Tensor.Rand([100_000], generator: new Generator(3));
        Tensor Step() => ((x * 1.25) + 0.5) * x;
        var first = Step().ToArray<float>();
        Assert.That(() => LoopsOf(Step()), Is.EqualTo(1).After(10_000, 1), "compiled in the background");
        Assert.That(Step().ToArray<float>(), Is.EqualTo(first));
    }

    [Test]
    public void AFormThatCannotBeCompiledGoesOnTileByTileAndSaysSo()
    {
        using var events = new LoopWarnings();
        var x = Tensor.Rand([5000], generator: new Generator(3));
        float[] Step() => (((x * 1.25) + 0.5) * x).ToArray<float>();
        var first = Step();
        RegionPlans.Clear();
        RegionPlans.BeforeCompiling = () => throw new PlatformNotSupportedException("no code today");
        try
        {
            var (again, loops) = Compiled(() => (Step(), LoopsOf(((x * 1.25) + 0.5) * x)));
            Assert.That(again, Is.EqualTo(first));
            Assert.That(loops, Is.Zero);
        }
        finally
        {
            RegionPlans.BeforeCompiling = null;
        }

        Assert.That(events.Reasons, Has.One.Contains("no code today"));
    }

    [Test]
    public void AMaskStaysAMaskWithinALoop()
    {
        var x = Tensor.Randn([5000], generator: new Generator(4));
        Assert.That(Compiled(() => LoopsOf(Tensor.Where((x * 2) > 0.5, x + 1, x * 3) * 2)), Is.EqualTo(1));
    }

    [Test]
    public void AMaskThatIsStoredIsMadeOfTruthValues()
    {
        var x = Tensor.Randn([5000], generator: new Generator(5));
        var (mask, chosen) = Compiled(() =>
        {
            var positive = (x * 2) > 0.5;
            var y = Tensor.Where(positive, x + 1, x * 3) * 2;
            return (positive.ToArray<bool>(), y.ToArray<float>());
        });
        Assert.That(mask, Is.EqualTo(x.ToArray<float>().Select(value => value * 2 > 0.5f)));
        Assert.That(chosen, Is.EqualTo(x.ToArray<float>().Select(value => value * 2 > 0.5f ? (value + 1) * 2 : value * 3 * 2)));
    }

    [TestCase(64)]
    [TestCase(1024)]
    [TestCase(50)]
    public void RowsAndNumbersOfRowsAreReadInPlace(int width)
    {
        var generator = new Generator(6);
        var (x, row, number) = (Tensor.Randn([40, width], generator: generator), Tensor.Randn([width], generator: generator), Tensor.Randn([40, 1], generator: generator));
        double[][] Results()
        {
            Tensor[] results =
            [
                x + row, x * number, (x - number) * row + 1, x > row, number <= x, Tensor.Where(x > row, number, x), Tensor.Where(x > 0, row, x) * number,
                ((x - number) * row).Sum(1), ((x - number) * row).Sum(0), number + row, row > number, (x * 2 > row).To(DType.Float32) + number,
            ];

            // As they are: a conversion would join the chain.
            return [.. results.Select(result => result.DType == DType.Bool ? Array.ConvertAll(result.ToArray<bool>(), truth => truth ? 1.0 : 0) : Array.ConvertAll(result.ToArray<float>(), value => (double)value))];
        }

        var byLoops = Compiled(Results);
        using var _ = Fusion.Disabled();
        Assert.That(Results(), Is.EqualTo(byLoops));
    }

    [Test]
    public void ALoopOfMoreOperandsThanItHasPlacesIsDivided()
    {
        var terms = Enumerable.Range(0, 40).Select(i => Tensor.Rand([3000], generator: new Generator((ulong)i))).ToArray();
        float[] Sum()
        {
            var sum = terms[0] * 2;
            foreach (var term in terms[1..])
            {
                sum = (sum + term) * 0.5;
            }

            return sum.ToArray<float>();
        }

        var byLoops = Compiled(Sum);
        using var _ = Fusion.Disabled();
        Assert.That(Sum(), Is.EqualTo(byLoops));
    }

    internal static T Compiled<T>(Func<T> function)
    {
        var before = (RegionPlans.WorkBeforeLoops, RegionPlans.WaitsForLoops, Fusion.Threshold);
        (RegionPlans.WorkBeforeLoops, RegionPlans.WaitsForLoops, Fusion.Threshold) = (0, true, 1);
        try
        {
            return function();
        }
        finally
        {
            (RegionPlans.WorkBeforeLoops, RegionPlans.WaitsForLoops, Fusion.Threshold) = before;
        }
    }

    /// <summary>The number of compiled loops that a tensor is evaluated by.</summary>
    private static int LoopsOf(Tensor y)
    {
        y.Evaluate();
        return RegionPlans.LastPlan?.Steps.Count(step => step.Loop is not null) ?? 0;
    }

    private static double[][] Chain(int length, DType dtype)
    {
        var generator = new Generator((ulong)length);
        Tensor Draw(params int[] sizes) => dtype == DType.Int64
            ? Tensor.RandInt(-9, 9, sizes, generator: generator)
            : Tensor.Randn(sizes, dtype, requiresGrad: true, generator: generator);
        var (a, b, number, rows) = (Draw(3, length), Draw(3, length), Draw(), Draw(3, 1));
        var y = (a * b) - (b * number) + (rows * 3);
        var z = y.Relu() + (y.Abs() * 2) - a.Maximum(b).Minimum(3) + (-y).Add(b, 2) + y.Sign();
        var results = new List<Tensor> { y, z, z.Sum(), z.Sum(0), (y - z).Amax(1), Tensor.Where(y > z, y, z * 2), (y > z).To(DType.Int64) + 1 };
        if (dtype != DType.Int64)
        {
            var w = ((z * 0.1).Tanh() * y) + (y * 0.01).Exp() - (z.Square() + 1).Sqrt().Reciprocal() + (a * 0.5).Erf() + Tensor.Where(z <= 0, b.Sigmoid(), b / (a.Square() + 1));
            results.Add(w);
            results.Add(w.Mean());
            w.Square().Sum().Backward();
            results.AddRange([a.Grad!, b.Grad!, number.Grad!, rows.Grad!]);
        }

        return [.. results.Select(result => result.To(DType.Float64).ToArray<double>())];
    }
}
