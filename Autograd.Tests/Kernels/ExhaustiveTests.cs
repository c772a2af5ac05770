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
        ("ExpM1", VectorMath.ExpM1, ExpM1, 2),
        ("Log", VectorMath.Log, Math.Log, 1.5),
        ("LogP1", VectorMath.LogP1, LogP1, 1.5),
        ("Sin", VectorMath.Sin, Math.Sin, 1.5),
        ("Cos", VectorMath.Cos, Math.Cos, 1.5),
        ("Tanh", VectorMath.Tanh, Math.Tanh, 2),
        ("Sigmoid", VectorMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 3),
        ("Softplus", VectorMath.Softplus, x => Math.Max(x, 0) + LogP1(Math.Exp(-Math.Abs(x))), 2),
        ("Erf", VectorMath.Erf, Erf, 2),
        ("Sqrt", VectorMath.Sqrt, Math.Sqrt, 0.5),
        .. ((float[])[-1.5f, 0.5f, 1 / 3f, 3f, 7.3f]).Select(exponent => ($"Pow({exponent:R})", To(exponent), (Func<double, double>)(x => Math.Pow(x, exponent)), 3.0)),
    ];

    private static IEnumerable<string> Names => Functions.Select(function => function.Name);

    [Test]
    public void ASampleOfAllArgumentsIsWithinItsBound([ValueSource(nameof(Names))] string name) => IsWithinItsBound(name, stride: 40_009);

    [Test]
    [Explicit("takes some minutes a function")]
    [Category("Long")]
    public void EveryArgumentIsWithinItsBound([ValueSource(nameof(Names))] string name) => IsWithinItsBound(name, stride: 1);

    private static UnaryKernel<float> To(float exponent) => (x, y) =>
    {
        var exponents = new float[x.Length];
        Array.Fill(exponents, exponent);
        VectorMath.Pow(x, exponents, y);
    };

    /// <summary>eˣ − 1: where u = eˣ is rounded, (u − 1)/log u is right to a few units all the same (Kahan).</summary>
    private static double ExpM1(double x)
    {
        var u = Math.Exp(x);
        return u == 1 ? x : Math.Abs(x) > 1 ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    /// <summary>log(1 + x): where u = 1 + x is rounded, log(u)/(u − 1) is right to a few units all the same (Kahan).</summary>
    private static double LogP1(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : Math.Abs(x) > 1 ? Math.Log(u) : Math.Log(u) * x / (u - 1);
    }

    /// <summary>The double-precision kernel, whose own accuracy <see cref="KernelAccuracyTests{T}"/> measures.</summary>
    private static double Erf(double x)
    {
        var y = 0.0;
        VectorMath.Erf<double>([x], new Span<double>(ref y));
        return y;
    }

    private static void IsWithinItsBound(string name, int stride)
    {
        var (_, kernel, exact, bound) = Functions.Single(function => function.Name == name);
        var count = (1L << 32) / stride;
        var gate = new Lock();
        var (worst, where) = (0.0, 0f);
        Parallel.For(0, ((count - 1) / Block) + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, block =>
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
