using Autograd.NN;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.NN.Layers;

/// <summary>Random sizes for a layer and its input.</summary>
/// <param name="N">Examples.</param>
/// <param name="C">Channels or features.</param>
/// <param name="L">Steps, or the first spatial size.</param>
/// <param name="Out">Features that come out.</param>
/// <param name="Option">Chooses among the layer's options.</param>
/// <param name="Seed">Of all values.</param>
internal sealed record LayerSizes(int N, int C, int L, int Out, int Option, int Seed)
{
    public static Gen<LayerSizes> Any
        => from n in Gen.Choose(1, 2)
           from c in Gen.Choose(1, 3)
           from l in Gen.Choose(2, 4)
           from o in Gen.Choose(1, 3)
           from option in Gen.Choose(0, 11)
           from seed in Gen.Choose(0, 1_000_000)
           select new LayerSizes(n, c, l, o, option, seed);

    /// <summary>Whether an option is on: each number of options is independent of the others.</summary>
    public bool Is(int number) => (Option >> number) % 2 == 1;
}

/// <summary>A layer and how it is called.</summary>
/// <param name="Module">The layer, Float64.</param>
/// <param name="Inputs">The shapes of its inputs.</param>
/// <param name="Forward">The call.</param>
internal sealed record LayerCase(Module Module, int[][] Inputs, Func<Tensor[], Tensor> Forward)
{
    /// <summary>A layer with one input.</summary>
    public static LayerCase Of(Layer layer, params int[] shape) => new(layer, [shape], x => layer.Forward(x[0]));
}

/// <summary>A layer of the library for the tests that all layers share.</summary>
/// <param name="Type">The layer's type.</param>
/// <param name="Make">Makes it, with weights from a generator.</param>
internal sealed record LayerRow(Type Type, Func<LayerSizes, Generator, LayerCase> Make)
{
    /// <summary>In training it is a function of its inputs and parameters; where it is not (a power iteration goes on), only evaluation is differentiated.</summary>
    public bool IsFunctionInTraining { get; init; } = true;

    public override string ToString() => Type.Name.Split('`')[0];
}
