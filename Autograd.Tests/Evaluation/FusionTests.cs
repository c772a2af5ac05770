using Autograd.Tests.Gradients;

namespace Autograd.Tests.Evaluation;

/// <summary>A fused chain gives the same bits as its operations one by one.</summary>
internal sealed class FusionTests
{
    private static readonly int[] Sizes = [1024, 2047, 2048, 2049, 5000, 65_536 + 5, 140_001];

    private static IEnumerable<OperationCase> ElementwiseCases
        => OperationCase.All(typeof(Tensor).Assembly)
            .Where(test => test.Operation.IsSubclassOf(typeof(Autograd.Evaluation.Elementwise)))
            .DistinctBy(test => test.Operation);

    private static IEnumerable<TestCaseData> Programs
    {
        get
        {
            foreach (var size in Sizes)
            {
                yield return new TestCaseData(size, (Func<Tensor, Tensor, Tensor>)((x, y) => ((x * y) + 0.5).Tanh() / (x.Exp() + 1))).SetArgDisplayNames($"{size}", "arithmetic and functions");
                yield return new TestCaseData(size, (Func<Tensor, Tensor, Tensor>)((x, y) => Tensor.Where(x > y, x.Sigmoid(), y.Square() - x).To(DType.Float64) * 3)).SetArgDisplayNames($"{size}", "mixed types");
                yield return new TestCaseData(size, (Func<Tensor, Tensor, Tensor>)((x, y) => x.Gelu() + y.Softplus().Log1p())).SetArgDisplayNames($"{size}", "activations");
                yield return new TestCaseData(size, (Func<Tensor, Tensor, Tensor>)Chain).SetArgDisplayNames($"{size}", "longer than a region");
                yield return new TestCaseData(size, (Func<Tensor, Tensor, Tensor>)Diamonds).SetArgDisplayNames($"{size}", "diamonds");
            }
        }
    }

    private static Tensor Chain(Tensor x, Tensor y)
    {
        for (var i = 0; i < 120; i++)
        {
            x = (x * 0.99) + (y * 0.01);
        }

        return x;
    }

    private static Tensor Diamonds(Tensor x, Tensor y)
    {
        for (var i = 0; i < 40; i++)
        {
            x = ((x * 0.5) + (x * y * 0.25)).Tanh();
        }

        return x;
    }

    [TestCaseSource(nameof(Programs))]
    public void ValuesAndGradientsAreEqualBitForBit(int size, Func<Tensor, Tensor, Tensor> program)
    {
        float[][] Run()
        {
            var x = Tensor.Randn([size], requiresGrad: true, generator: new Generator(1));
            var y = Tensor.Randn([size], requiresGrad: true, generator: new Generator(2));
            var z = program(x, y);
            z.Sum().Backward();
            return [z.To(DType.Float32).ToArray<float>(), x.Grad!.ToArray<float>(), y.Grad!.ToArray<float>()];
        }

        var fused = Run();
        using var _ = Fusion.Disabled();
        Assert.That(fused, Is.EqualTo(Run()));
    }

    [TestCaseSource(nameof(ElementwiseCases))]
    public void EveryOperationIsEqualBitForBitWithinAChain(object operationCase)
    {
        var test = (OperationCase)operationCase;
        double[] Run()
        {
            var generator = new Generator(3);
            Tensor[] inputs = [.. test.Text.Split(", ").Select(spec => TensorSpec.Parse(spec))
                .Select(spec => (spec with { Sizes = spec.Sizes.Length == 0 ? [] : [5000] }).Draw(generator, test.Domain))];
            var y = test.Apply(inputs).To(DType.Float64);
            return ((y * 0.5) + 1).ToArray<double>();
        }

        var fused = Run();
        using var _ = Fusion.Disabled();
        Assert.That(fused, Is.EqualTo(Run()));
    }

    [Test]
    public void ReductionsAtTheEndOfAChainAreEqualBitForBit([ValueSource(nameof(Sizes))] int size, [Values(DType.Float32, DType.Float64)] DType dtype)
    {
        double[] Run()
        {
            var x = Tensor.Randn([size], dtype, generator: new Generator(7));
            var y = Tensor.Randn([size], dtype, generator: new Generator(8));
            return
            [
                (x - y).Square().Mean().Item(), (x * y).Amax().Item(), (x + y).Amin([], keepDim: true).Item(), (x > y).Sum().Item(),
                (x.Exp() / 3).Tanh().Sum().Item(), (x - x.Mean()).Square().Sum().Item(), (x * -0.0).Sum().Item(),
            ];
        }

        var fused = Run();
        using var _ = Fusion.Disabled();
        Assert.That(fused, Is.EqualTo(Run()));
    }

    [Test]
    public void AReducedChainIsNotStored()
    {
        var squares = Tensor.Ones([100_000]).Square();
        var sum = squares.Sum().Item();
        Assert.That((sum, squares.Pending is null), Is.EqualTo((100_000.0, false)));
    }

    [Test]
    public void BroadcastAndStridedOperandsAreReadInPlace()
    {
        Tensor Run()
        {
            var matrix = Tensor.Randn([70, 50], generator: new Generator(4));
            var row = Tensor.Randn([50], generator: new Generator(5));
            var column = Tensor.Randn([70, 1], generator: new Generator(6));
            return ((((matrix * row) + column) - matrix.Mean()) * matrix.Reshape(50, 70).T).Flip().Exp();
        }

        var fused = Run().ToArray<float>();
        using var _ = Fusion.Disabled();
        Assert.That(fused, Is.EqualTo(Run().ToArray<float>()));
    }

    [TestCase(1, 2, 1 << 27)]
    [TestCase(1, 31, 1 << 26)]
    [TestCase(1, 100, 1 << 20)]
    [TestCase(2, 33, 1 << 23)]
    [TestCase(2, 64, 1 << 23)]
    public void WhatAThreadTakesTogetherIsPartOfTheReduction(int outer, int length, int inner)
    {
        var cut = Autograd.Evaluation.Fold<float, Autograd.Kernels.Sum>.CutFor(new(outer, length, inner, IsSplit: false));
        Assert.That(cut.Together, Is.GreaterThan(0).And.LessThanOrEqualTo(outer * length * inner));
    }

    [Test]
    public void WhatThreadsShareIsComputedBefore()
    {
        var pending = Tensor.Ones([2000]) + 1;
        Assert.That((pending.Pending is null, pending.RowMajor().Pending is null), Is.EqualTo((false, true)));
    }

    [Test]
    public void AValueCapturedBeforeAnAssignmentStaysAsItWas()
    {
        var p = new Parameter(Tensor.Ones([2000]));
        var pending = p * 2;
        p.Assign(Tensor.Zeros([2000]));
        Assert.That(pending.Sum().Item(), Is.EqualTo(4000));
    }

    [Test]
    public void ADebuggerDoesNotEvaluate()
    {
        var pending = Tensor.Ones([2000]) + 1;
        var display = typeof(Tensor).GetProperty("DebuggerText", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(pending);
        Assert.That((display, pending.Pending), Is.EqualTo(("Tensor [2000] Float32", pending.Pending)));
        Assert.That(pending.Pending, Is.Not.Null);
    }

    [Test]
    public void AChainThatNobodyReadsStaysShort()
    {
        var average = Tensor.Zeros([2000]);
        var x = Tensor.Ones([2000]);
        for (var i = 0; i < 10_000; i++)
        {
            average = (average * 0.9) + (x * 0.1);
        }

        Assert.That(average.Pending?.Size ?? 0, Is.LessThanOrEqualTo(Fusion.LargestRegion));
        Assert.That(average[0].Item(), Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void ManyThreadsMayEvaluateOnePendingTensor()
    {
        for (var round = 0; round < 200; round++)
        {
            var x = Tensor.Rand([3000], generator: new Generator((ulong)round));
            var shared = ((x * 2) + 1).Tanh();
            var derived = Enumerable.Range(1, 4).Select(k => shared * k).ToArray();
            var sums = new double[4];
            Parallel.For(0, 4, k => sums[k] = derived[k].Sum().Item() / (k + 1));
            Assert.That(sums, Is.All.EqualTo(shared.Sum().Item()).Within(1e-3));
        }
    }
}
