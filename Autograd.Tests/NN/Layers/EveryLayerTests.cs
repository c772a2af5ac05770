using Autograd.NN;
using Autograd.Tests.Generators;
using FsCheck.Fluent;

namespace Autograd.Tests.NN.Layers;

/// <summary>What holds for every layer: gradients to second order in training and in evaluation, states, copies, printing, seeds.</summary>
internal sealed class EveryLayerTests
{
    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    private static IEnumerable<LayerRow> Rows => LayerTable.Rows;

    [Test]
    public void Has_a_row()
    {
        var layers = typeof(Layer).Assembly.GetExportedTypes().Where(type => typeof(Module).IsAssignableFrom(type) && !type.IsAbstract).Except(LayerTable.Containers);
        Assert.That(layers.Except(LayerTable.Rows.Select(row => row.Type)), Is.Empty, "Every layer needs a row in LayerTable.");
        Assert.That(LayerTable.Rows.Select(row => row.Type), Is.Unique);
    }

    [TestCaseSource(nameof(Rows))]
    public void Gradients_are_right_to_second_order(object row) => CheckGradients((LayerRow)row, 1);

    [TestCaseSource(nameof(Rows))]
    [Category("Long")]
    [Explicit("The long form of the test above.")]
    public void Gradients_are_right_to_second_order_many_times(object row) => CheckGradients((LayerRow)row, 25);

    [TestCaseSource(nameof(Rows))]
    public void Keeps_its_promises(object row)
        => Law.Holds(
            LayerSizes.Any,
            sizes =>
            {
                var (one, same, other) = (Make((LayerRow)row, sizes, 0), Make((LayerRow)row, sizes, 0), Make((LayerRow)row, sizes, 1));
                var inputs = Inputs(one, sizes.Seed);
                foreach (var (name, value) in one.Module.StateDictionary())
                {
                    Law.Equal(same.Module.StateDictionary()[name], value, $"{name}: the same seed gives the same bits", 0);
                }

                foreach (var module in new[] { one.Module, same.Module, other.Module })
                {
                    module.Eval();
                }

                var y = Run(one, inputs, sizes.Seed);
                Law.Equal(Run(same, inputs, sizes.Seed), y, "the same layer", 0);
                other.Module.LoadState(one.Module.StateDictionary());
                Law.Equal(Run(other, inputs, sizes.Seed), y, "the state is all there is", 0);
                Require($"{one.Module}".StartsWith(one.Module.GetType().Name.Split('`')[0] + "(", StringComparison.Ordinal), $"printed: {one.Module}");
                var narrow = Array.ConvertAll(inputs, x => x.To(DType.Float32));
                one.Module.To(DType.Float32);
                Law.Equal(Run(one, narrow, sizes.Seed), y.To(DType.Float32), "in single precision", 1e-3);
            },
            count: 3);

    private static void CheckGradients(LayerRow row, int count)
        => Law.Holds(
            LayerSizes.Any,
            sizes =>
            {
                var @case = Make(row, sizes, 0);
                foreach (var training in row.IsFunctionInTraining ? new[] { true, false } : [false])
                {
                    @case.Module.Train(training);
                    var parameters = @case.Module.NamedParameters();
                    var inputs = Inputs(@case, sizes.Seed);
                    Tensor[] all = [.. inputs, .. parameters.Select(entry => (entry.Value * 1).Detach())];
                    if (all.Length > 0)
                    {
                        AwayFromKinks.Verify(values => Run(@case, values[..inputs.Length], sizes.Seed, parameters.Select((entry, i) => KeyValuePair.Create<Variable, Tensor>(entry.Value, values[inputs.Length + i]))).Tanh(), all, SecondOrder);
                    }
                }
            },
            count: count);

    private static LayerCase Make(LayerRow row, LayerSizes sizes, int salt)
    {
        Generator.Seed((ulong)(sizes.Seed + salt));
        var @case = row.Make(sizes, new Generator((ulong)(sizes.Seed + salt)));
        @case.Module.To(DType.Float64);
        return @case;
    }

    private static Tensor[] Inputs(LayerCase @case, int seed)
    {
        var generator = new Generator((ulong)seed);
        return Array.ConvertAll(@case.Inputs, shape => Tensor.Randn(shape, DType.Float64, generator: generator));
    }

    // What is drawn is the same at each call.
    private static Tensor Run(LayerCase @case, Tensor[] inputs, int seed, IEnumerable<KeyValuePair<Variable, Tensor>>? parameters = null)
    {
        Generator.Seed((ulong)seed);
        using (Variable.Substitute(parameters ?? []))
        {
            return @case.Forward(inputs);
        }
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new LawBrokenException(what);
        }
    }
}
