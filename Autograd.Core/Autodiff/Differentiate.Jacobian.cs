using System.Runtime.CompilerServices;

namespace Autograd;

/// <content>Matrices of derivatives.</content>
public static partial class Differentiate
{
    // Elements of the gradients that are computed side by side: more would only need more memory.
    private const long LargestBatch = 1 << 23;

    /// <summary>The Jacobian of a function, as a function: x ↦ ∂f/∂x, whose element [i…, j…] is ∂fᵢ/∂xⱼ.</summary>
    /// <param name="function">f, from and to tensors of any shapes.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on the input; otherwise the Jacobian is then 0.</param>
    /// <returns>x ↦ a tensor of the shape of f(x), followed by that of x.</returns>
    /// <remarks>The rows are computed side by side, by the batching rules of <see cref="Vmap(Func{Tensor, Tensor}, int, int)"/>, in batches of 8 million elements at most; one after the other if an operation in f has no such rule.</remarks>
    /// <example><code>var jacobian = Differentiate.Jacobian(t => t.Sin())(x);      // of shape [2, 4, 2, 4]</code></example>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> Jacobian(Func<Tensor, Tensor> function, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var many = Jacobian((Tensor[] inputs) => function(inputs[0]), strict);
        return x => many([x])[0];
    }

    /// <summary>The Jacobians of a function of two tensors with respect to both.</summary>
    /// <param name="function">f.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on an input; otherwise that Jacobian is 0.</param>
    public static Func<Tensor, Tensor, (Tensor First, Tensor Second)> Jacobian(Func<Tensor, Tensor, Tensor> function, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        var many = Jacobian((Tensor[] inputs) => function(inputs[0], inputs[1]), strict);
        return (x, y) => many([x, y]) is [var first, var second] ? (first, second) : default;
    }

    /// <summary>The Jacobians of a function of any number of tensors with respect to all of them.</summary>
    /// <param name="function">f.</param>
    /// <param name="strict">Whether it is an error that the result does not depend on an input; otherwise that Jacobian is 0.</param>
    public static Func<Tensor[], Tensor[]> Jacobian(Func<Tensor[], Tensor> function, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(function);
        return inputs =>
        {
            var recorded = new Recorded(function, FloatingPoint(inputs, nameof(Jacobian)), $"Differentiate.{nameof(Jacobian)}");
            List<Tensor[]> blocks = [.. Rows(recorded, strict).Select(part => part.Rows)];
            return [.. inputs.Select((x, i) => Join(blocks.ConvertAll(rows => rows[i])).Reshape([.. recorded.Output.Shape, .. x.Shape]))];
        };
    }

    /// <summary>The Hessian of a function, as a function: x ↦ ∂²f/∂x², whose element [i…, j…] is ∂²f/∂xᵢ∂xⱼ.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <returns>x ↦ a tensor of the shape of x, twice.</returns>
    /// <example><code>var hessian = Differentiate.Hessian(t => (t * t * t).Sum())(x);</code></example>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> Hessian(Func<Tensor, Tensor> function) => Jacobian(Grad(function));

    /// <summary>The Hessian of a function of two tensors, in blocks: ((∂²f/∂x², ∂²f/∂x∂y), (∂²f/∂y∂x, ∂²f/∂y²)).</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    public static Func<Tensor, Tensor, ((Tensor First, Tensor Second) First, (Tensor First, Tensor Second) Second)> Hessian(Func<Tensor, Tensor, Tensor> function)
    {
        var gradient = Grad(function);
        return (x, y) => (Jacobian((Tensor a, Tensor b) => gradient(a, b).First)(x, y), Jacobian((Tensor a, Tensor b) => gradient(a, b).Second)(x, y));
    }

    /// <summary>The Hessian of a function of any number of tensors, in blocks: [i][j] is ∂²f/∂xᵢ∂xⱼ.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    public static Func<Tensor[], Tensor[][]> Hessian(Func<Tensor[], Tensor> function)
    {
        var gradient = Grad(function);
        return inputs => [.. inputs.Select((_, i) => Jacobian((Tensor[] x) => gradient(x)[i])(inputs))];
    }

    /// <summary>The divergence of a vector field, as a function: x ↦ Σᵢ ∂fᵢ/∂xᵢ, the trace of the Jacobian.</summary>
    /// <param name="function">f, whose result has the shape of its input.</param>
    /// <returns>x ↦ a tensor of rank 0.</returns>
    /// <exception cref="ShapeException">When called: the result has another shape than the input.</exception>
    public static Func<Tensor, Tensor> Divergence(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x =>
        {
            var recorded = new Recorded(inputs => function(inputs[0]), FloatingPoint([x], nameof(Divergence)), $"Differentiate.{nameof(Divergence)}");
            if (recorded.Output.Shape != x.Shape)
            {
                throw new ShapeException($"Differentiate.Divergence: the function maps shape {x.Shape} to {recorded.Output.Shape}; a divergence is that of a field, whose values have the shape of its points.");
            }

            var trace = Tensor.Zeros([], recorded.Output.DType);
            foreach (var (basis, rows) in Rows(recorded, strict: false))
            {
                trace += (basis * rows[0]).Sum();
            }

            return trace;
        };
    }

    /// <summary>The Laplacian of a function, as a function: x ↦ Σᵢ ∂²f/∂xᵢ², the divergence of its gradient.</summary>
    /// <param name="function">f. What it returns must have one element.</param>
    /// <returns>x ↦ a tensor of rank 0.</returns>
    public static Func<Tensor, Tensor> Laplacian(Func<Tensor, Tensor> function) => Divergence(Grad(function));

    /// <summary>The rows of a Jacobian, some at a time: for the unit vectors of a batch, [batch, …output], the gradients with respect to each input, [batch, …input].</summary>
    private static IEnumerable<(Tensor Basis, Tensor[] Rows)> Rows(Recorded recorded, bool strict)
    {
        var (y, count) = (recorded.Output, recorded.Output.ElementCount);
        var widest = Math.Max(1, Math.Max(count, recorded.Inputs.Max(x => x.ElementCount)));
        var size = (int)Math.Clamp(LargestBatch / widest, 1, Math.Max(1, count));
        for (var start = 0; start < count || start == 0; start += size)
        {
            var length = Math.Min(size, count - start);
            var basis = Tensor.Eye(count, dtype: y.DType).Narrow(0, start, length).Reshape([length, .. y.Shape]);
            yield return (basis, RowsOf(recorded, basis, strict));
        }
    }

    private static Tensor[] RowsOf(Recorded recorded, Tensor basis, bool strict)
    {
        if (basis.Shape[0] == 1)
        {
            return Array.ConvertAll(recorded.Pull(basis[0], strict, keep: true), row => row.Unsqueeze(0));
        }

        try
        {
            using var level = new BatchLevel(basis.Shape[0]);
            return Array.ConvertAll(recorded.Pull(level.Wrap(basis), strict, keep: true), row => level.Unwrap(row));
        }
        catch (BatchingException)
        {
            List<Tensor[]> rows = [];
            for (var i = 0; i < basis.Shape[0]; i++)
            {
                rows.Add(recorded.Pull(basis[i], strict, keep: true));
            }

            return [.. recorded.Inputs.Select((_, i) => Tensor.Stack([.. rows.Select(row => row[i])]))];
        }
    }

    private static Tensor Join(List<Tensor> parts) => parts is [var only] ? only : Tensor.Concatenate([.. parts]);
}
