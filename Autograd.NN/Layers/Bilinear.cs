namespace Autograd.NN;

/// <summary>yₖ = x₁ᵀ Wₖ x₂ + bₖ: every output is a bilinear form of two inputs.</summary>
/// <remarks>The inputs have shapes […, in1Features] and […, in2Features], the output […, outFeatures]. Weights and biases start evenly distributed in ±1/√in1Features (PyTorch's start).</remarks>
public sealed class Bilinear : Module<(Tensor Input1, Tensor Input2), Tensor>
{
    /// <summary>A layer with random weights.</summary>
    /// <param name="in1Features">The size of the first input's last dimension; above 0.</param>
    /// <param name="in2Features">The size of the second input's last dimension; above 0.</param>
    /// <param name="outFeatures">The size of the output's last dimension; above 0.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="generator">Where the weights come from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="dtype">Float32 or Float64; left out, the default floating-point type.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
    public Bilinear(int in1Features, int in2Features, int outFeatures, bool bias = true, Generator? generator = null, DType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(in1Features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(in2Features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outFeatures);
        var bound = 1 / Math.Sqrt(in1Features);
        Weight = Initialize.Uniform(new Parameter(Tensor.Zeros([outFeatures, in1Features, in2Features], dtype)), -bound, bound, generator);
        Bias = bias ? Initialize.Uniform(new Parameter(Tensor.Zeros([outFeatures], dtype)), -bound, bound, generator) : null;
    }

    /// <summary>W, of shape [outFeatures, in1Features, in2Features].</summary>
    public Parameter Weight { get; }

    /// <summary>b, of shape [outFeatures]; null if there is none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override string HyperParameters => $"in1Features: {Weight.Shape[1]}, in2Features: {Weight.Shape[2]}, outFeatures: {Weight.Shape[0]}, bias: {(Bias is null ? "false" : "true")}";

    /// <inheritdoc/>
    protected override long MultiplyAdds(Shape input, Shape output) => (long)output.ElementCount * Weight.Shape[1] * (Weight.Shape[2] + 1);

    /// <summary>The output for two inputs.</summary>
    /// <param name="input1">x₁: […, in1Features].</param>
    /// <param name="input2">x₂: […, in2Features].</param>
    public Tensor Forward(Tensor input1, Tensor input2) => Forward((input1, input2));

    /// <inheritdoc/>
    protected override Tensor Compute((Tensor Input1, Tensor Input2) input) => Tensor.Bilinear(input.Input1, input.Input2, Weight, Bias);
}
