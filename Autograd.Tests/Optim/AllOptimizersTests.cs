using Autograd.Optim;

namespace Autograd.Tests.Optim;

/// <summary>What holds for every optimizer.</summary>
internal sealed class AllOptimizersTests
{
    private static Parameter[] Start(DType dtype, int rows = 3) =>
    [
        new Parameter((Tensor.Arange(0, rows * 4, dtype: dtype) * 0.7).Sin().Reshape(rows, 4)),
        new Parameter((Tensor.Arange(0, 4, dtype: dtype) * 1.3).Cos()),
    ];

    /// <summary>A valley with cross terms; least, 0, at the origin.</summary>
    private static Tensor Valley(Parameter[] p)
    {
        var mixed = p[0] + (p[1] * 0.5);
        return mixed.Square().Sum() + (p[1].Square() * 2).Sum() + ((mixed * 0.3).Cos() * -1 + 1).Sum();
    }

    [Test]
    public void EachDescends([ValueSource(typeof(OptimizerCatalogue), nameof(OptimizerCatalogue.Names))] string name, [Values(DType.Float32, DType.Float64)] DType dtype)
    {
        var parameters = Start(dtype);
        var optimizer = OptimizerCatalogue.Make(name, parameters);
        var before = Valley(parameters).Item();
        for (var i = 0; i < 100; i++)
        {
            optimizer.Step(() => Valley(parameters));
        }

        Assert.That(Valley(parameters).Item(), Is.LessThan(before / 5));
    }

    [Test]
    public void MaximizingIsMinimizingTheNegative([ValueSource(typeof(OptimizerCatalogue), nameof(OptimizerCatalogue.Names))] string name)
    {
        if (name is "Lookahead" or "groups")
        {
            // They hand gradients on; what they hold decides.
            return;
        }

        var (up, down) = (Start(DType.Float64), Start(DType.Float64));
        var (climber, descender) = (OptimizerCatalogue.Make(name, up), OptimizerCatalogue.Make(name, down));
        typeof(Optimizer).GetProperty(nameof(Optimizer.Maximize))!.SetValue(climber, true);
        for (var i = 0; i < 4; i++)
        {
            climber.Step(() => -Valley(up));
            descender.Step(() => Valley(down));
        }

        AssertSame(up, down);
    }

    [Test]
    public void AStateTakenAndLoadedGoesOnToTheLastBit([ValueSource(typeof(OptimizerCatalogue), nameof(OptimizerCatalogue.Names))] string name)
    {
        var whole = Start(DType.Float64);
        var optimizer = OptimizerCatalogue.Make(name, whole);
        Parameter[] resumed = [];
        Optimizer second = optimizer;
        for (var i = 0; i < 8; i++)
        {
            if (i == 4)
            {
                resumed = [.. whole.Select(parameter => new Parameter(parameter.Detach()))];
                second = OptimizerCatalogue.Make(name, resumed);
                second.LoadState(optimizer.StateDictionary());
            }

            optimizer.Step(() => Valley(whole));
            if (i >= 4)
            {
                second.Step(() => Valley(resumed));
            }
        }

        AssertSame(whole, resumed);
    }

    [Test]
    public void LargeParametersAreTreatedAsSmallOnes([ValueSource(typeof(OptimizerCatalogue), nameof(OptimizerCatalogue.OfFormulas))] string name)
    {
        if (name is "Lamb" or "Adafactor")
        {
            // Their steps depend on norms of the whole parameter.
            return;
        }

        // Large ones are computed in fused passes, in memory that is used again; the first rows of both are equal.
        var (small, large) = (Start(DType.Float32), Start(DType.Float32, rows: 5000));
        var (first, second) = (OptimizerCatalogue.Make(name, small), OptimizerCatalogue.Make(name, large));
        for (var i = 0; i < 6; i++)
        {
            first.Step(() => (small[0] * small[0].Detach().Sin()).Sum() + small[1].Square().Sum());
            second.Step(() => (large[0] * large[0].Detach().Sin()).Sum() + large[1].Square().Sum());
        }

        AssertSame(small, [new Parameter(large[0][..3]), large[1]]);
    }

    [Test]
    public void AFrozenParameterStays([ValueSource(typeof(OptimizerCatalogue), nameof(OptimizerCatalogue.Names))] string name)
    {
        var parameters = Start(DType.Float64);
        parameters[1].IsFrozen = true;
        var before = parameters[1].ToArray<double>();
        OptimizerCatalogue.Make(name, parameters).Step(() => Valley(parameters));
        Assert.That(parameters[1].ToArray<double>(), Is.EqualTo(before));
    }

    [Test]
    public void AStateOfAnotherKindIsRefused()
    {
        var parameters = Start(DType.Float64);
        var error = Assert.Throws<ArgumentException>(() => new Lookahead(new Adam(parameters)).LoadState(new Adam(parameters).StateDictionary()));
        Assert.That(error!.Message, Does.Contain("another kind of optimizer"));
        Assert.That(() => new Adam([parameters[0]]).LoadState(new Adam(parameters).StateDictionary()), Throws.ArgumentException.With.Message.Contains("2 parameters"));
    }

    private static void AssertSame(Parameter[] a, Parameter[] b)
    {
        Assert.That(a, Has.Length.EqualTo(b.Length));
        foreach (var (one, other) in a.Zip(b))
        {
            Assert.That(one.Eq(other).All().Item<bool>(), $"{one}\n{other}");
        }
    }
}
