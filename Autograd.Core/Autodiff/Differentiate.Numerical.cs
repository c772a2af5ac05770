using Autograd.GradientChecking;

namespace Autograd;

/// <content>Derivatives by difference quotients: oracles that know nothing of the tape.</content>
public static partial class Differentiate
{
    /// <summary>The gradient by central difference quotients, extrapolated to the step 0: ten digits in Float64 where the function is smooth, at some thirty evaluations an element.</summary>
    /// <param name="function">f, to a single number; it need not be differentiable by the tape.</param>
    /// <param name="x">The point.</param>
    /// <returns>A tensor of x's shape and type; NaN where the function has none or a jump, the mean of both slopes at a kink.</returns>
    /// <exception cref="GradientException">The function's result has several elements.</exception>
    /// <example><code>var gradient = Differentiate.NumericalGradient(t => t.Sin().Sum(), x.To(DType.Float64));</code></example>
    public static Tensor NumericalGradient(Func<Tensor, Tensor> function, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        return NumericalJacobian(
            point => function(point) is { ElementCount: 1 } y
                ? y.Reshape([])
                : throw new GradientException("Differentiate.NumericalGradient: the function returned several elements; a gradient is that of a single number. Reduce them, f(x).Sum(), or ask for the NumericalJacobian."),
            x);
    }

    /// <summary>The Jacobian by central difference quotients, extrapolated to the step 0.</summary>
    /// <param name="function">f, from and to tensors of any shapes.</param>
    /// <param name="x">The point.</param>
    /// <returns>A tensor of the shape of f(x), followed by that of x; of x's type.</returns>
    public static Tensor NumericalJacobian(Func<Tensor, Tensor> function, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(function);
        var point = FloatingPoint([x], nameof(NumericalJacobian))[0].Detach();
        using var unrecorded = Autograd.Grad.Disabled();
        var y = function(point);
        var origin = Numbers(y);
        var subject = new Subject(inputs => [function(inputs[0])], [point], ["x"]);
        var (quotients, numbers) = (new Quotients(subject.Rounding, step: null), Numbers(point));
        var jacobian = new double[origin.Length, numbers.Length];
        for (var k = 0; k < numbers.Length; k++)
        {
            var line = new Line(inputs => Numbers(subject.Outputs(inputs)[0]), subject.Inputs, 0, k, numbers);
            for (var o = 0; o < origin.Length; o++)
            {
                var estimate = quotients.Extrapolated(line, origin, o);
                jacobian[o, k] = estimate.Course == Course.Jump ? double.NaN : estimate.Value;
            }
        }

        return Tensor.From(jacobian.Cast<double>().ToArray(), [.. y.Shape, .. x.Shape]).To(x.DType);
    }

    /// <summary>The Hessian by difference quotients of difference quotients: five digits or so, for functions of few elements.</summary>
    /// <param name="function">f, to a single number.</param>
    /// <param name="x">The point.</param>
    /// <returns>A tensor of the shape of x, twice; of x's type.</returns>
    public static Tensor NumericalHessian(Func<Tensor, Tensor> function, Tensor x) => NumericalJacobian(point => NumericalGradient(function, point), x);

    private static double[] Numbers(Tensor x) => x.To(DType.Float64).ToArray<double>();
}
