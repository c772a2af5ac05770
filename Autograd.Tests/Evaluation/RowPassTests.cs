using Autograd.Evaluation;

namespace Autograd.Tests.Evaluation;

/// <summary>Reductions of rows that are computed in one pass with what they depend on and what depends on them: the same bits as one operation after the other,
/// tile by tile and in compiled loops, on any number of threads.</summary>
[NonParallelizable]
internal sealed class RowPassTests
{
    // Few vectors, eights of vectors, other numbers of vectors, no whole vectors, more than one run, more than a register, too long for a pass.
    private static readonly int[][] Shapes =
    [
        [700, 16], [300, 64], [130, 128], [64, 64], [100, 512], [40, 400], [33, 1024], [9, 1040], [5, 4096], [7, 1000], [50, 30], [3, 5000], [3, 9000], [2, 3, 256], [16, 1, 128], [600, 2],
    ];

    private static readonly (string Name, Func<Tensor, Tensor, Tensor> Program)[] Programs =
    [
        ("layer norm", (x, y) => x.LayerNorm([x.Shape[-1]], y, y * 0.5)),
        ("root mean square norm", (x, y) => x.RmsNorm([x.Shape[-1]], y)),
        ("softmax", (x, y) => { var e = (x - x.Amax(-1, keepDim: true)).Exp(); return e / e.Sum(-1, keepDim: true) * y; }),
        ("softmax's own rule", (x, y) => (x * y).Softmax(-1)),
        ("log-sum-exp", (x, y) => x.LogSumExp(-1) + 1),
        ("log-sum-exp beside its elements", (x, y) => x - (x * y).LogSumExp(-1, keepDim: true)),
        ("extremes", (x, y) => (x - x.Amin(-1, keepDim: true)) / (x.Amax(-1, keepDim: true) - x.Amin(-1, keepDim: true) + 1)),
        ("nested", (x, y) => { var m = x.Mean(-1, keepDim: true); return ((x - m).Abs().Mean(-1, keepDim: true) + m) * (x * y - (x * m).Sum(-1, keepDim: true)).Tanh(); }),
        ("mask by row", (x, y) => Tensor.Where(x > x.Mean(-1, keepDim: true), x * 2, y)),
        ("choice of rows", (x, y) => Tensor.Where(x.Sum(-1, keepDim: true) > 0, x, x * y)),
        ("mask within the row's values", (x, y) => x * Tensor.Where(x.Sum(-1, keepDim: true) > 0, 2.0, y[0] * 3)),
        ("rows without their dimension", (x, y) => x.Square().Sum(-1).Sqrt() + 1),
        ("two types", (x, y) => (x.To(DType.Float64) - x.Mean(-1, keepDim: true)).Mean(-1, keepDim: true) + x),
        ("expanded", (x, y) => x.Mean(-1, keepDim: true).ExpandAs(x) * y),
        ("rows then columns", (x, y) => (x - x.Mean(-1, keepDim: true)).Sum(0)),
        ("rows then all", (x, y) => (x - x.Mean(-1, keepDim: true)).Square().Sum()),
        ("functions of rows", (x, y) => (x.Square().Mean(-1, keepDim: true) + 1).Log().Exp() * x.Exp()),
        ("two functions", (x, y) => (x - x.Exp().Sum(-1, keepDim: true).Log()).Exp().Sum(-1, keepDim: true) + x.Sin()),
        ("many sums", (x, y) => Enumerable.Range(1, 20).Select(i => (x * i).Sum(-1, keepDim: true)).Aggregate((a, b) => a + b)),
        ("columns of shorter rows", (x, y) => { var z = x.Reshape(-1, 2, x.Shape[-1] / 2); return (z * z.Detach()[0, .., ..1]).Sum([1, 2], keepDim: true) + z * z.Mean([1, 2], keepDim: true); }),
        ("split", (x, y) => x.Reshape(2, -1, x.Shape[-1] / 2).Tanh().Sum([0, 2])),
        ("variance", (x, y) => x.Var(-1, keepDim: true) * y),
        ("cosine", (x, y) => (x * y).Sum(-1, keepDim: true) / (x.Norm(2, [-1], keepDim: true) * y.Norm() + 1)),
    ];

    private static IEnumerable<TestCaseData> Cases
        => from shape in Shapes
           from program in Programs
           from dtype in (DType[])[DType.Float32, DType.Float64]
           select new TestCaseData(shape, program.Program, dtype).SetArgDisplayNames(program.Name, string.Join('×', shape), $"{dtype}");

    [TestCaseSource(nameof(Cases))]
    public void ValuesAndGradientsAreEqualBitForBit(int[] shape, Func<Tensor, Tensor, Tensor> program, DType dtype)
    {
        var byTiles = Run(shape, program, dtype);
        var byLoops = LaneLoopTests.Compiled(() => { Run(shape, program, dtype); return Run(shape, program, dtype); });
        Assert.That(byLoops, Is.EqualTo(byTiles), "in compiled loops");
        var processors = Threads.Count;
        try
        {
            Threads.Count = 1;
            Assert.That(Run(shape, program, dtype), Is.EqualTo(byTiles), "on one thread");
            Threads.Count = 7;
            Assert.That(Run(shape, program, dtype), Is.EqualTo(byTiles), "on seven threads");
        }
        finally
        {
            Threads.Count = processors;
        }

        using var _ = Fusion.Disabled();
        Assert.That(Run(shape, program, dtype), Is.EqualTo(byTiles), "one operation after the other");
    }

    [TestCase(3, 3, 512)]
    [TestCase(5, 3, 256)]
    [TestCase(4, 7, 128)]
    [TestCase(60, 1, 512)]
    public void NumbersOfRowsMayBeginAgainWithinWhatASumTakesTogether(int matrices, int rows, int length)
    {
        double[] Run()
        {
            var generator = new Generator(6);
            var x = Tensor.Randn([matrices, rows, length], DType.Float64, generator: generator);
            var numbers = Tensor.Randn([rows, 1], DType.Float64, generator: generator);
            return [((x - x.Mean(-1, keepDim: true)).Square() * numbers).Sum().Item(), ((x - x.Mean(-1, keepDim: true)).Square() * numbers).Amax().Item()];
        }

        var byTiles = Run();
        var byLoops = LaneLoopTests.Compiled(() => { Run(); return Run(); });
        using var _ = Fusion.Disabled();
        Assert.That(byTiles, Is.EqualTo(Run()), "by tiles");
        Assert.That(byLoops, Is.EqualTo(Run()), "in compiled loops");
    }

    [Test]
    public void WholeNumbersAreReducedInOnePassToo()
    {
        static long[] Run()
        {
            var x = Tensor.Arange(0, 200 * 128, dtype: DType.Int64).Reshape(200, 128);
            return ((x * 3 - x.Amax(-1, keepDim: true)) + x.Sum(-1, keepDim: true)).ToArray<long>();
        }

        var byLoops = LaneLoopTests.Compiled(() => { Run(); return Run(); });
        using var _ = Fusion.Disabled();
        Assert.That(Run(), Is.EqualTo(byLoops));
    }

    [Test]
    public void ASquareMatrixDoesNotTakeItsRowSumsForARow()
    {
        var x = Tensor.Randn([64, 64], DType.Float64, generator: new Generator(5));
        var sums = x.Sum(-1);
        var expected = x.ToArray<double>();
        var perRow = Enumerable.Range(0, 64).Select(i => Enumerable.Range(0, 64).Sum(j => expected[(i * 64) + j])).ToArray();
        Assert.That((x - sums).ToArray<double>(), Is.EqualTo(expected.Select((value, i) => value - perRow[i % 64])).Within(1e-12));
    }

    [Test]
    public void ALayerNormIsOneLoop()
    {
        using var _ = new UsersSizes();
        var x = Tensor.Randn([64, 256]);
        var (weight, bias) = (Tensor.Randn([256]), Tensor.Randn([256]));
        var steps = LaneLoopTests.Compiled(() =>
        {
            x.LayerNorm([256], weight, bias).Evaluate();
            x.LayerNorm([256], weight, bias).Evaluate();
            return RegionPlans.LastPlan!.Steps;
        });
        Assert.That(steps, RegionPlans.AreLoopsSupported ? Has.Length.EqualTo(1) : Has.Length.GreaterThan(1));
    }

    [Test]
    public void ManySumsDoNotKeepWhatTheyWereTakenOf()
    {
        using var _ = new UsersSizes();
        var sums = new List<Tensor>();
        var elements = new List<WeakReference>();
        for (var i = 0; i < 50; i++)
        {
            sums.Add(SumOfNew(elements));
        }

        GC.Collect();
        Assert.That(elements.Count(element => element.IsAlive), Is.LessThanOrEqualTo(13));
        Assert.That(sums.Select(sum => sum[0, 0].Item()), Is.All.EqualTo(1024));
    }

    [Test]
    public void AValueThatABackwardPassComputesFirstOutlivesIt()
    {
        // The rule of the least element reads the result, which nobody has read before; other passes take whatever memory the first one gives back.
        var x = Tensor.Randn([40, 3000], DType.Float64, requiresGrad: true, generator: new Generator(8));
        var least = x.Amin(0);
        _ = Differentiate.Gradients(least, [x], Tensor.Ones([3000], DType.Float64), retainGraph: true);
        for (var i = 0; i < 5; i++)
        {
            _ = Differentiate.Gradients((x * 2).Square().Sum(0), [x], Tensor.Ones([3000], DType.Float64));
        }

        var expected = Enumerable.Range(0, 3000).Select(column => Enumerable.Range(0, 40).Min(row => x.Detach()[row, column].Item()));
        Assert.That(least.ToArray<double>(), Is.EqualTo(expected));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static Tensor SumOfNew(List<WeakReference> elements)
    {
        var ones = Tensor.Ones([64, 1024]);
        elements.Add(new WeakReference(ones));
        return ones.Sum(-1, keepDim: true);
    }

    private static double[][] Run(int[] shape, Func<Tensor, Tensor, Tensor> program, DType dtype)
    {
        var generator = new Generator(3);
        var x = Tensor.Randn(shape, dtype, requiresGrad: true, generator: generator);
        var y = Tensor.Randn([shape[^1]], dtype, requiresGrad: true, generator: generator);
        var result = program(x, y);
        (result * result.Detach().Cos()).Sum().Backward();
        return [.. new[] { result, x.Grad!, y.Grad ?? Tensor.Zeros([]) }.Select(tensor => tensor.To(DType.Float64).ToArray<double>())];
    }
}
