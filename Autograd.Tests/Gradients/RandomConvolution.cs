using Autograd.Evaluation;
using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Gradients;

/// <summary>A small convolution: the shapes of its input, weight and result, and how they are connected.</summary>
internal sealed record RandomConvolution(ConvolutionShape Windows, int Images, int Inputs, int Outputs)
{
    /// <summary>Any that has few elements.</summary>
    public static readonly Gen<RandomConvolution> Any =
        from rank in Gen.Choose(1, 3)
        from axes in Axis(rank == 1 ? 5 : rank == 2 ? 3 : 2).ArrayOf(rank)
        from groups in Gen.Choose(1, 2)
        from images in Gen.Choose(1, 2)
        from inputs in Gen.Choose(1, 2)
        from outputs in Gen.Choose(1, 2)
        select new RandomConvolution(new(axes, groups), images, inputs * groups, outputs * groups);

    /// <summary>One of the three tensors.</summary>
    public enum Part
    {
        Input,
        Weight,
        Result,
    }

    /// <summary>What is connected with what, as a case declares it.</summary>
    public object[] Arguments => [Windows.ToString()];

    /// <summary>The shapes of two of the tensors.</summary>
    public string Text(Part a, Part b) => $"{Shapes.Describe(Sizes(a))}, {Shapes.Describe(Sizes(b))}";

    private static Gen<ConvolutionAxis> Axis(int most)
        => from size in Gen.Choose(1, most)
           from kernel in Gen.Choose(1, 3)
           from stride in Gen.Choose(1, 3)
           from dilation in Gen.Choose(1, 2)
           from padding in Gen.Choose(0, 2)
           let room = size + (2 * padding) - (dilation * (kernel - 1)) - 1
           where room >= 0
           select new ConvolutionAxis(size, kernel, (room / stride) + 1, stride, padding, dilation);

    private int[] Sizes(Part part) => part switch
    {
        Part.Input => [Images, Inputs, .. Windows.Sizes],
        Part.Weight => [Outputs, Inputs / Windows.Groups, .. Windows.Kernel],
        _ => [Images, Outputs, .. Windows.Places],
    };
}
