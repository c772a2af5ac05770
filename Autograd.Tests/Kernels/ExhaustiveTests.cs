using Autograd.Kernels;

namespace Autograd.Tests.Kernels;

/// <summary>Single-precision functions at every argument there is, or at a sample of all bit patterns that is as fast as other tests, against double precision.</summary>
internal sealed class ExhaustiveTests
{
    private const int Block = 1 << 16;

    /// <summary>The function, its value in double precision, and the greatest error in ULP over all arguments that are allowed.</summary>
    private static readonly (string Name, UnaryKernel<float> Kernel, Func<double, double> Exact, double Bound)[] Functions =
    [
        ("Exp", VectorMath.Exp, Math.Exp, 1.1),
        ("ExpM1", VectorMath.ExpM1, x => (double)Reference.ExpM1(x), 2),
        ("Log", VectorMath.Log, Math.Log, 1.5),
        ("LogP1", VectorMath.LogP1, x => (double)Reference.LogP1(x), 1.5),
        ("Sin", VectorMath.Sin, Math.Sin, 1.5),
        ("Cos", VectorMath.Cos, Math.Cos, 1.5),
        ("Tanh", VectorMath.Tanh, Math.Tanh, 2),
        ("Sigmoid", VectorMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 3),
        ("Softplus", VectorMath.Softplus, x => Math.Max(x, 0) + (double)Reference.LogP1(Math.Exp(-Math.Abs(x))), 2),
        ("Erf", VectorMath.Erf, x => (double)Reference.Erf(x), 2),
        ("Sqrt", VectorMath.Sqrt, Math.Sqrt, 0.5),
    ];

    private static IEnumerable<string> Names => Functions.Select(function => function.Name);

    [Test]
    public void ASampleOfAllArgumentsIsWithinItsBound([ValueSource(nameof(Names))] string name) => IsWithinItsBound(name, stride: 40_009);

    [Test]
    [Explicit("takes some minutes a function")]
    [Category("Long")]
    public void EveryArgumentIsWithinItsBound([ValueSource(nameof(Names))] string name) => IsWithinItsBound(name, stride: 1);

    private static void IsWithinItsBound(string name, int stride)
    {
        var (_, kernel, exact, bound) = Functions.Single(function => function.Name == name);
        var count = (1L << 32) / stride;
        var gate = new Lock();
        var (worst, where) = (0.0, 0f);
        Parallel.For(0, ((count - 1) / Block) + 1, block =>
        {
            var x = new float[(int)Math.Min(Block, count - (block * Block))];
            for (var i = 0; i < x.Length; i++)
            {
                x[i] = BitConverter.UInt32BitsToSingle((uint)(((block * Block) + i) * stride));
            }

            var y = new float[x.Length];
            kernel(x, y);
            var (error, argument) = Greatest(x, y, exact);
            lock (gate)
            {
                (worst, where) = error > worst ? (error, argument) : (worst, where);
            }
        });
        TestContext.Out.WriteLine($"{name}: at most {worst:F3} ULP, at {where:R}");
        Assert.That(worst, Is.LessThanOrEqualTo(bound), $"ULP at {where:R}");
    }

    private static (double Error, float Argument) Greatest(float[] x, float[] y, Func<double, double> exact)
    {
        var (worst, where) = (0.0, 0f);
        for (var i = 0; i < x.Length; i++)
        {
            var error = Ulp.Error(y[i], exact(x[i]));
            if (error > worst)
            {
                (worst, where) = (error, x[i]);
            }
        }

        return (worst, where);
    }
}
