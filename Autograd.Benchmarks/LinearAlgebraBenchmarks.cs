using BenchmarkDotNet.Attributes;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Autograd.Benchmarks;

/// <summary>Factorizations of one matrix of double precision, beside those of a managed library, MathNet.Numerics.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class LinearAlgebraBenchmarks
{
    private Tensor a = null!;
    private Tensor positive = null!;
    private Tensor b = null!;
    private Matrix<double> managed = null!;
    private Matrix<double> managedPositive = null!;
    private Matrix<double> managedRight = null!;

    [Params(3, 30, 300)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Control.UseManaged();
        a = Tensor.Randn([Size, Size], DType.Float64, generator: new Generator(0));
        positive = a.MatMul(a.T) + Tensor.Eye(Size, dtype: DType.Float64);
        b = Tensor.Randn([Size, 1], DType.Float64, generator: new Generator(1));
        (managed, managedPositive, managedRight) = (Managed(a), Managed(positive), Managed(b));
    }

    [Benchmark]
    public Tensor Solve() => Linalg.Solve(a, b);

    [Benchmark]
    public object SolveMathNet() => managed.LU().Solve(managedRight);

    [Benchmark]
    public Tensor Cholesky() => Linalg.Cholesky(positive);

    [Benchmark]
    public object CholeskyMathNet() => managedPositive.Cholesky();

    [Benchmark]
    public Tensor Qr() => Linalg.Qr(a).Q;

    [Benchmark]
    public object QrMathNet() => managed.QR(QRMethod.Thin);

    [Benchmark]
    public Tensor Eigh() => Linalg.Eigvalsh(positive);

    [Benchmark]
    public object EighMathNet() => managedPositive.Evd(Symmetricity.Symmetric);

    [Benchmark]
    public Tensor Svd() => Linalg.Svdvals(a);

    [Benchmark]
    public object SvdMathNet() => managed.Svd(computeVectors: true);

    private static Matrix<double> Managed(Tensor tensor)
        => Matrix<double>.Build.DenseOfRowMajor(tensor.Shape[0], tensor.Shape[1], tensor.ToArray<double>());
}
