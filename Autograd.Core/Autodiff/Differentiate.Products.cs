namespace Autograd;

/// <content>Products of a Jacobian or Hessian with a vector: what differentiation computes without ever forming the matrix.</content>
public static partial class Differentiate
{
    /// <summary>A function's value, and its pullback u ↦ Jᵀu: from the gradient of a final quantity with respect to the value to the one with respect to the input.</summary>
    /// <param name="function">f, from and to tensors of any shapes.</param>
    /// <param name="x">The point.</param>
    /// <returns>f(x), and the pullback, which may be called any number of times.</returns>
    /// <example><code>var (value, pullback) = Differentiate.Vjp(t => t.Sin(), x);
    /// var gradient = pullback(Tensor.OnesLike(value));</code></example>
    public static (Tensor Value, Func<Tensor, Tensor> Pullback) Vjp(Func<Tensor, Tensor> function, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(function);
        var (value, pullback) = Vjp((Tensor[] inputs) => function(inputs[0]), [x]);
        return (value, gradient => pullback(gradient)[0]);
    }

    /// <summary>A function's value, and its pullback to two inputs.</summary>
    /// <param name="function">f.</param>
    /// <param name="x">The first input.</param>
    /// <param name="y">The second input.</param>
    public static (Tensor Value, Func<Tensor, (Tensor First, Tensor Second)> Pullback) Vjp(Func<Tensor, Tensor, Tensor> function, Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(function);
        var (value, pullback) = Vjp((Tensor[] inputs) => function(inputs[0], inputs[1]), [x, y]);
        return (value, gradient => pullback(gradient) is [var first, var second] ? (first, second) : default);
    }

    /// <summary>A function's value, and its pullback to any number of inputs.</summary>
    /// <param name="function">f.</param>
    /// <param name="inputs">The point.</param>
    public static (Tensor Value, Func<Tensor, Tensor[]> Pullback) Vjp(Func<Tensor[], Tensor> function, Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        var recorded = new Recorded(function, FloatingPoint(inputs, nameof(Vjp)), $"Differentiate.{nameof(Vjp)}");
        return (recorded.Value, gradient => recorded.Pull(gradient, strict: false, keep: true));
    }

    /// <summary>A function's value and its derivative along a direction, J v.</summary>
    /// <param name="function">f, from and to tensors of any shapes.</param>
    /// <param name="x">The point.</param>
    /// <param name="tangent">v, of x's shape.</param>
    /// <returns>f(x) and J v, of the value's shape.</returns>
    /// <remarks>The derivative of u ↦ Jᵀu · v, which is linear in u: two passes back instead of one forward (Townsend, A new trick for calculating Jacobian vector products, 2017).
    /// So every operation that has a gradient rule has this derivative, too, of any order, and no operation needs a second rule.</remarks>
    /// <exception cref="ShapeException">The tangent's shape is not x's.</exception>
    public static (Tensor Value, Tensor Tangent) Jvp(Func<Tensor, Tensor> function, Tensor x, Tensor tangent)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Jvp((Tensor[] inputs) => function(inputs[0]), [x], [tangent]);
    }

    /// <summary>A function's value and its derivative along a direction through several inputs, Σ Jᵢ vᵢ.</summary>
    /// <param name="function">f.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="tangents">One direction for each input, of its shape.</param>
    /// <exception cref="ShapeException">A tangent's shape is not its input's.</exception>
    public static (Tensor Value, Tensor Tangent) Jvp(Func<Tensor[], Tensor> function, Tensor[] inputs, Tensor[] tangents)
    {
        ArgumentNullException.ThrowIfNull(function);
        CheckTangents(FloatingPoint(inputs, nameof(Jvp)), tangents, nameof(Jvp));
        var recorded = new Recorded(function, inputs, $"Differentiate.{nameof(Jvp)}");
        var zero = Tensor.Zeros(recorded.Output.Shape, recorded.Output.DType);
        var linear = new Recorded(u => Inner(recorded.Pull(u[0], strict: false, keep: true), tangents), [zero], $"Differentiate.{nameof(Jvp)}", within: recorded);
        return (recorded.Value, linear.Pull(null, strict: false, keep: false)[0]);
    }

    /// <summary>The product H v of a function's Hessian with a direction, without the Hessian: ∇(∇f · v).</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="x">The point.</param>
    /// <param name="direction">v, of x's shape.</param>
    /// <returns>H v, of x's shape.</returns>
    /// <exception cref="ShapeException">The direction's shape is not x's.</exception>
    public static Tensor Hvp(Func<Tensor, Tensor> function, Tensor x, Tensor direction)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Hvp((Tensor[] inputs) => function(inputs[0]), [x], [direction])[0];
    }

    /// <summary>The product H v of a function's Hessian with respect to several inputs with a direction.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="directions">v: a tensor for each input, of its shape.</param>
    /// <returns>One tensor for each input, of its shape.</returns>
    /// <exception cref="ShapeException">A direction's shape is not its input's.</exception>
    public static Tensor[] Hvp(Func<Tensor[], Tensor> function, Tensor[] inputs, Tensor[] directions)
    {
        ArgumentNullException.ThrowIfNull(function);
        CheckTangents(FloatingPoint(inputs, nameof(Hvp)), directions, nameof(Hvp));
        var gradient = Grad(function);
        return Grad((Tensor[] x) => Inner(gradient(x), directions))(inputs);
    }

    private static Tensor Inner(Tensor[] a, Tensor[] b)
    {
        var sum = (a[0] * b[0]).Sum();
        for (var i = 1; i < a.Length; i++)
        {
            sum += (a[i] * b[i]).Sum();
        }

        return sum;
    }

    private static void CheckTangents(Tensor[] inputs, Tensor[] tangents, string caller)
    {
        ArgumentNullException.ThrowIfNull(tangents);
        if (inputs.Length != tangents.Length || inputs.Length == 0)
        {
            throw new ArgumentException($"Differentiate.{caller}: there are {inputs.Length} inputs and {tangents.Length} directions; give one for each, and at least one.", nameof(tangents));
        }

        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Shape != tangents[i].Shape)
            {
                throw new ShapeException($"Differentiate.{caller}: input {i} has shape {inputs[i].Shape}, its direction {tangents[i].Shape}; they must be equal.");
            }
        }
    }
}
