using System.Runtime.CompilerServices;

namespace Autograd;

/// <content>The gradient of a function is a function.</content>
public static partial class Differentiate
{
    /// <summary>The gradient ∇f of a function from a tensor to a single number, as a function: x ↦ ∇f(x), of x's shape.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on the input; otherwise the gradient is then 0.</param>
    /// <returns>∇f. It can be differentiated in turn; its results are recorded if x, or anything else that f uses, takes part in differentiation.</returns>
    /// <exception cref="GradientException">When called: the result has several elements, or is independent of the input and that is not allowed.</exception>
    /// <example><code>var slope = Differentiate.Grad(t => t.Sin().Sum());
    /// var curvature = Differentiate.Grad(t => slope(t).Sum());</code></example>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> Grad(Func<Tensor, Tensor> function, bool strict = false)
    {
        var valueAndGrad = ValueAndGrad(function, strict);
        return x => valueAndGrad(x).Gradient;
    }

    /// <summary>The gradients of a function of two tensors with respect to both.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on an input; otherwise that gradient is 0.</param>
    public static Func<Tensor, Tensor, (Tensor First, Tensor Second)> Grad(Func<Tensor, Tensor, Tensor> function, bool strict = false)
    {
        var valueAndGrad = ValueAndGrad(function, strict);
        return (x, y) => valueAndGrad(x, y).Gradients;
    }

    /// <summary>The gradients of a function of three tensors with respect to all of them.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on an input; otherwise that gradient is 0.</param>
    public static Func<Tensor, Tensor, Tensor, (Tensor First, Tensor Second, Tensor Third)> Grad(Func<Tensor, Tensor, Tensor, Tensor> function, bool strict = false)
    {
        var valueAndGrad = ValueAndGrad(function, strict);
        return (x, y, z) => valueAndGrad(x, y, z).Gradients;
    }

    /// <summary>The gradients of a function of any number of tensors with respect to all of them.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on an input; otherwise that gradient is 0.</param>
    public static Func<Tensor[], Tensor[]> Grad(Func<Tensor[], Tensor> function, bool strict = false)
    {
        var valueAndGrad = ValueAndGrad(function, strict);
        return inputs => valueAndGrad(inputs).Gradients;
    }

    /// <summary>A function's value and its gradient in one evaluation: x ↦ (f(x), ∇f(x)).</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on the input; otherwise the gradient is then 0.</param>
    /// <example><code>var (value, gradient) = Differentiate.ValueAndGrad(t => t.Square().Sum())(x);</code></example>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, (Tensor Value, Tensor Gradient)> ValueAndGrad(Func<Tensor, Tensor> function, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var many = ValueAndGrad((Tensor[] inputs) => function(inputs[0]), strict);
        return x => many([x]) is var (value, gradients) ? (value, gradients[0]) : default;
    }

    /// <summary>A function's value and its gradients with respect to two inputs: (x, y) ↦ (f, (∂f/∂x, ∂f/∂y)).</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on an input; otherwise that gradient is 0.</param>
    public static Func<Tensor, Tensor, (Tensor Value, (Tensor First, Tensor Second) Gradients)> ValueAndGrad(Func<Tensor, Tensor, Tensor> function, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var many = ValueAndGrad((Tensor[] inputs) => function(inputs[0], inputs[1]), strict);
        return (x, y) => many([x, y]) is var (value, gradients) ? (value, (gradients[0], gradients[1])) : default;
    }

    /// <summary>A function's value and its gradients with respect to three inputs.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on an input; otherwise that gradient is 0.</param>
    public static Func<Tensor, Tensor, Tensor, (Tensor Value, (Tensor First, Tensor Second, Tensor Third) Gradients)> ValueAndGrad(Func<Tensor, Tensor, Tensor, Tensor> function, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var many = ValueAndGrad((Tensor[] inputs) => function(inputs[0], inputs[1], inputs[2]), strict);
        return (x, y, z) => many([x, y, z]) is var (value, gradients) ? (value, (gradients[0], gradients[1], gradients[2])) : default;
    }

    /// <summary>A function's value and its gradients with respect to any number of inputs.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on an input; otherwise that gradient is 0.</param>
    /// <exception cref="DTypeException">When called: an input is no floating-point tensor; pass such tensors by capturing them in the function.</exception>
    public static Func<Tensor[], (Tensor Value, Tensor[] Gradients)> ValueAndGrad(Func<Tensor[], Tensor> function, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        return inputs =>
        {
            var recorded = new Recorded(function, FloatingPoint(inputs, nameof(Grad)), $"Differentiate.{nameof(Grad)}");
            return (recorded.Value, recorded.Pull(null, strict, keep: false));
        };
    }

    private static Tensor[] FloatingPoint(Tensor[] inputs, string caller)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!inputs[i].DType.IsFloatingPoint)
            {
                throw new DTypeException($"Differentiate.{caller}: input {i} is {inputs[i].DType}; only Float32 and Float64 tensors have derivatives. Convert it, x.To(DType.Float32), or let the function capture it instead of taking it as an input.");
            }
        }

        return inputs;
    }
}
