using System.Diagnostics;

namespace Autograd.Tests.Autodiff;

/// <summary>A Jacobian of 100 rows takes less time than 100 backward passes: its rows go through the rules together.</summary>
[NonParallelizable]
internal sealed class JacobianSpeedTests
{
    [Test]
    public void A_jacobian_of_100_rows_is_cheaper_than_100_passes()
    {
        var generator = new Generator(1);
        var (v, w) = (Tensor.Randn([100, 100], DType.Float64, generator: generator) / 10, Tensor.Randn([100, 100], DType.Float64, generator: generator) / 10);
        Tensor F(Tensor x) => w.MatMul(v.MatMul(x).Tanh()).Sin();
        var x = Tensor.Randn([100], DType.Float64, generator: generator);
        var jacobian = Differentiate.Jacobian(F);

        Tensor ByRows()
        {
            var (_, pullback) = Differentiate.Vjp(F, x);
            var identity = Tensor.Eye(100, dtype: DType.Float64);
            return Tensor.Stack([.. Enumerable.Range(0, 100).Select(i => pullback(identity[i]))]);
        }

        Assert.That(jacobian(x).AllClose(ByRows(), 1e-13, 1e-13));
        var (together, apart) = (Shortest(() => jacobian(x)), Shortest(() => ByRows()));
        TestContext.Out.WriteLine($"together {together * 1e3:F2} ms, one by one {apart * 1e3:F2} ms");
        Assert.That(together, Is.LessThan(apart));
    }

    private static double Shortest(Action action)
    {
        var shortest = double.PositiveInfinity;
        for (var i = 0; i < 15; i++)
        {
            var clock = Stopwatch.StartNew();
            action();
            shortest = Math.Min(shortest, clock.Elapsed.TotalSeconds);
        }

        return shortest;
    }
}
