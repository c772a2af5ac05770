namespace Autograd.Tests.Operations;

/// <summary>Attention by blocks against the formula with all scores at once: values and gradients, masks, causality, blocks that do not come out even, any number of threads.</summary>
[NonParallelizable]
internal sealed class AttentionTests
{
    private static readonly (int Queries, int Keys, int Width, int Depth)[] Sizes =
        [(1, 1, 1, 1), (5, 3, 4, 2), (64, 128, 8, 8), (65, 129, 16, 5), (200, 300, 32, 40), (300, 200, 7, 33), (63, 500, 12, 1), (130, 1, 3, 4)];

    private static IEnumerable<TestCaseData> Cases
        => from sizes in Sizes
           from mask in Enum.GetValues<MaskKind>()
           from dtype in (DType[])[DType.Float32, DType.Float64]
           select new TestCaseData(sizes, mask, dtype).SetArgDisplayNames($"{sizes.Queries}×{sizes.Keys}×{sizes.Width}×{sizes.Depth}", $"{mask}", $"{dtype}");

    public enum MaskKind
    {
        None,
        Causal,
        Truth,
        Numbers,
        PerHead,
        HidesAllFromSome,
    }

    [TestCaseSource(nameof(Cases))]
    public void ValuesAndGradientsAreThoseOfTheFormula((int Queries, int Keys, int Width, int Depth) sizes, MaskKind kind, DType dtype)
    {
        var generator = new Generator(7);
        Tensor Draw(params int[] shape) => Tensor.Randn(shape, dtype, requiresGrad: true, generator: generator);
        var (q, k, v) = (Draw(2, 3, sizes.Queries, sizes.Width), Draw(2, 3, sizes.Keys, sizes.Width), Draw(2, 3, sizes.Keys, sizes.Depth));
        var grad = Draw(2, 3, sizes.Queries, sizes.Depth).Detach();
        var mask = Mask(kind, sizes.Queries, sizes.Keys, dtype, generator);
        var (value, gradients) = Run(Tensor.ScaledDotProductAttention(q, k, v, mask, isCausal: kind == MaskKind.Causal, scale: 0.4));
        var (expected, expectedGradients) = Run(AttentionFormula.Weights(q, k, mask, kind == MaskKind.Causal, 0.4).MatMul(v));
        var tolerance = dtype == DType.Float32 ? 2e-5 : 1e-12;
        AreClose(value, expected, "value");
        for (var i = 0; i < 3; i++)
        {
            AreClose(gradients[i], expectedGradients[i], $"gradient of {"QKV"[i]}");
        }

        (Tensor Value, Tensor[] Gradients) Run(Tensor y)
        {
            foreach (var x in (Tensor[])[q, k, v])
            {
                x.ZeroGrad();
            }

            y.Backward(grad);
            return (y.Detach(), [q.Grad!, k.Grad!, v.Grad!]);
        }

        void AreClose(Tensor actual, Tensor reference, string what)
            => Assert.That((actual - reference).Abs().Amax().Item(), Is.LessThanOrEqualTo(tolerance * Math.Max(1, reference.Abs().Amax().Item())), what);
    }

    [Test]
    public void TheNumberOfThreadsChangesNoBit()
    {
        var generator = new Generator(8);
        var x = Tensor.Randn([4, 150, 24], requiresGrad: true, generator: generator);
        var before = Threads.Count;
        try
        {
            var results = ((int[])[1, 2, 7]).Select(threads =>
            {
                Threads.Count = threads;
                x.ZeroGrad();
                var y = Tensor.ScaledDotProductAttention(x, x * 2, x + 1, isCausal: true);
                y.Square().Sum().Backward();
                return y.ToArray<float>().Concat(x.Grad!.ToArray<float>()).ToArray();
            }).ToArray();
            Assert.That(results[1], Is.EqualTo(results[0]));
            Assert.That(results[2], Is.EqualTo(results[0]));
        }
        finally
        {
            Threads.Count = before;
        }
    }

    [Test]
    public void MemoryIsLinearInTheNumberOfTokens()
    {
        // All scores of 8 heads of 3,000 tokens would take 288 MB.
        var x = Tensor.Randn([8, 3000, 16], requiresGrad: true, generator: new Generator(9));
        Autograd.Evaluation.Loans.Collect();
        var before = Autograd.Evaluation.Loans.Outstanding;
        var y = Tensor.ScaledDotProductAttention(x, x, x);
        Assert.That(Autograd.Evaluation.Loans.Outstanding - before, Is.LessThan(10 << 20));
        y.Sum().Backward();
        Assert.That(Autograd.Evaluation.Loans.Outstanding - before, Is.LessThan(40 << 20));
    }

    [Test]
    public void HeadsOfKeysMayServeSeveralOfQueries()
    {
        var generator = new Generator(10);
        var (q, k, v) = (Tensor.Randn([2, 6, 70, 8], generator: generator), Tensor.Randn([2, 2, 140, 8], generator: generator), Tensor.Randn([2, 2, 140, 8], generator: generator));
        var grouped = Tensor.ScaledDotProductAttention(q, k, v, enableGqa: true);
        var repeated = Tensor.ScaledDotProductAttention(q, k.RepeatInterleave(3, 1), v.RepeatInterleave(3, 1));
        Assert.That(grouped.ToArray<float>(), Is.EqualTo(repeated.ToArray<float>()));
    }

    [Test]
    public void BatchesOfKeysValuesAndMasksBroadcast()
    {
        var generator = new Generator(11);
        var (q, k, v) = (Tensor.Randn([3, 1, 5, 4], generator: generator), Tensor.Randn([2, 6, 4], generator: generator), Tensor.Randn([6, 3], generator: generator));
        var mask = Tensor.Rand([4, 1, 1, 5, 6], generator: generator) > 0.3;
        var y = Tensor.ScaledDotProductAttention(q, k, v, mask);
        Assert.That(y.Shape.ToArray(), Is.EqualTo((int[])[4, 3, 2, 5, 3]));
        Assert.That(y.AllClose(AttentionFormula.Weights(q, k, mask, false, 0.5).MatMul(v), 1e-5, 1e-6));
    }

    [Test]
    public void AMaskThatIsLearnedHasAGradient()
    {
        var generator = new Generator(12);
        Tensor Draw(params int[] shape) => Tensor.Randn(shape, DType.Float64, generator: generator);
        var (q, k, v) = (Draw(2, 4, 3), Draw(2, 5, 3), Draw(2, 5, 2));
        GradCheck.Verify(mask => Tensor.ScaledDotProductAttention(q, k, v, mask).Sin().Sum(), Draw(4, 5));
    }

    [Test]
    public void DifferentTypesAreAnErrorThatNamesThem()
        => Assert.That(
            () => Tensor.ScaledDotProductAttention(Tensor.Ones([2, 3]), Tensor.Ones([2, 3], DType.Float64), Tensor.Ones([2, 3])),
            Throws.TypeOf<DTypeException>().With.Message.Contains("Float64"));

    private static Tensor? Mask(MaskKind kind, int queries, int keys, DType dtype, Generator generator) => kind switch
    {
        MaskKind.Truth => Tensor.Rand([queries, keys], generator: generator) > 0.4,
        MaskKind.Numbers => Tensor.Randn([1, keys], dtype, generator: generator),
        MaskKind.PerHead => Tensor.Rand([2, 1, queries, keys], generator: generator) > 0.2,
        MaskKind.HidesAllFromSome => (Tensor.Arange(queries) % 3).Eq(1).Unsqueeze(1),
        _ => null,
    };
}
