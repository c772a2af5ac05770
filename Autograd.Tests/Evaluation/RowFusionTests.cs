namespace Autograd.Tests.Evaluation;

/// <summary>Operands that repeat along rows, and reductions of rows and columns at the end of a chain: the same bits as one operation after the other, on any number of threads.</summary>
[NonParallelizable]
internal sealed class RowFusionTests
{
    private static readonly int[][] Shapes =
    [
        [3, 700], [130, 7], [64, 512], [5, 2049], [7, 1025], [3, 5000], [1, 3000], [4000, 1], [600, 1000],
        [40, 33, 50], [2, 100, 600], [32, 3, 1024], [64, 5, 1030], [9, 64, 300], [6, 7, 8, 9],
    ];

    private static IEnumerable<TestCaseData> Cases
        => from shape in Shapes
           from dtype in (DType[])[DType.Float32, DType.Float64]
           select new TestCaseData(shape, dtype).SetArgDisplayNames(string.Join('×', shape), $"{dtype}");

    [TestCaseSource(nameof(Cases))]
    public void ValuesAndGradientsAreEqualBitForBit(int[] shape, DType dtype)
    {
        var fused = Run(shape, dtype);
        var processors = Threads.Count;
        try
        {
            Threads.Count = 1;
            Assert.That(Run(shape, dtype), Is.EqualTo(fused), "on one thread");
            Threads.Count = 7;
            Assert.That(Run(shape, dtype), Is.EqualTo(fused), "on seven threads");
        }
        finally
        {
            Threads.Count = processors;
        }

        using var _ = Fusion.Disabled();
        Assert.That(Run(shape, dtype), Is.EqualTo(fused), "one operation after the other");
    }

    private static double[][] Run(int[] shape, DType dtype)
    {
        var generator = new Generator(11);
        Tensor Draw(params int[] sizes) => Tensor.Randn(sizes, dtype, requiresGrad: true, generator: generator);
        int[] Keep(int dim) => [.. shape.Select((size, i) => i == dim ? size : 1)];
        var x = Draw(shape);
        var operands = shape.Select((_, dim) => Draw(Keep(dim))).Append(Draw([.. shape.SkipLast(1), 1])).Append(Draw(shape[^1])).ToArray();
        var y = x * 0.5;
        foreach (var operand in operands)
        {
            y = (y + operand) * (operand * 0.1).Add(operand, 0.25) + operand.Exp().Minimum(2);
        }

        var results = new List<Tensor> { y.Sum(), (y - 1).Amax() };
        for (var dim = 0; dim < shape.Length; dim++)
        {
            results.Add((y * 2).Sum(dim));
            results.Add((y - y.Mean(dim, keepDim: true)).Square().Sum(dim, keepDim: true));
            results.Add((y.Tanh() + 1).Amin(dim));
        }

        results.Add((y - 3).Sum([0, -1]));
        results.Add(y.Softmax(-1));
        results.Aggregate(Tensor.Zeros([], dtype), (sum, result) => sum + result.Sum()).Backward();
        return [.. results.Concat(operands.Select(operand => operand.Grad!)).Append(x.Grad!).Select(tensor => tensor.To(DType.Float64).ToArray<double>())];
    }
}
