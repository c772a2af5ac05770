using System.Runtime.CompilerServices;

namespace Autograd;

/// <content>Functions of one example, applied to all examples of a batch at once.</content>
public static partial class Differentiate
{
    /// <summary>A function of one example, as a function of a batch of them: all examples go through each operation together. No loop: an operation that cannot do so says so.</summary>
    /// <param name="function">f, of the tensor of one example, whose shape has no batch dimension. It may use other tensors, which are the same for all examples.</param>
    /// <param name="inDim">The dimension of the input that counts the examples; negative numbers count from the last.</param>
    /// <param name="outDim">The dimension of the result that counts them.</param>
    /// <returns>The function of a batch. It can be differentiated, mapped and nested at will: <c>Vmap(Grad(f))</c> are the gradients of each example.</returns>
    /// <remarks>Inside, values cannot be read, since they differ from example to example: choices are to be made by <see cref="Tensor.Where(Tensor, Tensor, Tensor)"/>. Random numbers that the function draws are the same for all examples.</remarks>
    /// <exception cref="BatchingException">When called: an operation has no batching rule, or a value is read.</exception>
    /// <example><code>var norms = Differentiate.Vmap(row => row.Norm())(x);                        // of shape [2]
    /// var gradients = Differentiate.Vmap(Differentiate.Grad(row => row.Norm()))(x);  // of shape [2, 4]</code></example>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> Vmap(Func<Tensor, Tensor> function, int inDim = 0, int outDim = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        var many = Vmap((Tensor[] x) => [function(x[0])], [inDim], outDim);
        return x => many([x])[0];
    }

    /// <summary>A function of two tensors of one example, as a function of a batch of them.</summary>
    /// <param name="function">f.</param>
    /// <param name="inDim0">The dimension of the first input that counts the examples; null if it is the same for all.</param>
    /// <param name="inDim1">The dimension of the second input that counts them; null if it is the same for all.</param>
    /// <param name="outDim">The dimension of the result that counts them.</param>
    /// <exception cref="BatchingException">When called: an operation has no batching rule, or a value is read.</exception>
    /// <example><code>var products = Differentiate.Vmap((a, b) => a.MatMul(b))(x, x);      // the inner products of rows</code></example>
    public static Func<Tensor, Tensor, Tensor> Vmap(Func<Tensor, Tensor, Tensor> function, int? inDim0 = 0, int? inDim1 = 0, int outDim = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        var many = Vmap((Tensor[] x) => [function(x[0], x[1])], [inDim0, inDim1], outDim);
        return (x, y) => many([x, y])[0];
    }

    /// <summary>A function of any number of tensors of one example to any number of results, as a function of a batch of them.</summary>
    /// <param name="function">f.</param>
    /// <param name="inDims">The dimension of each input that counts the examples; null for one that is the same for all; 0 for each if left out.</param>
    /// <param name="outDim">The dimension of the results that counts them.</param>
    /// <exception cref="BatchingException">When called: an operation has no batching rule, or a value is read.</exception>
    /// <exception cref="ShapeException">When called: the inputs have different numbers of examples, or none has examples.</exception>
    public static Func<Tensor[], Tensor[]> Vmap(Func<Tensor[], Tensor[]> function, int?[]? inDims = null, int outDim = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        return inputs =>
        {
            ArgumentNullException.ThrowIfNull(inputs);
            var dims = inDims ?? new int?[inputs.Length].Select(_ => (int?)0).ToArray();
            using var level = new BatchLevel(CountExamples(inputs, dims));
            var results = function([.. inputs.Select((x, i) => dims[i] is { } dim ? level.Wrap(x.MoveDim(dim, 0)) : x)]);
            return Array.ConvertAll(results ?? [], y => level.Unwrap(y ?? throw new ArgumentException("Vmap: the function returned null.", nameof(function))).MoveDim(0, outDim));
        };
    }

    /// <summary>The gradients of a loss with respect to some parameters, for each example on its own, where <c>Backward</c> would give their sum: what differential privacy and gradient statistics need.</summary>
    /// <param name="loss">The loss of one example, of its input and target (without a batch dimension). It reads the parameters, as a model's Forward does.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="inputs">The inputs of all examples, along the first dimension.</param>
    /// <param name="targets">Their targets, along the first dimension.</param>
    /// <returns>For each parameter, a tensor [examples, …parameter]. Nothing is accumulated on the parameters.</returns>
    /// <exception cref="BatchingException">An operation has no batching rule, or a value is read.</exception>
    /// <example><code>var gradients = Differentiate.PerSampleGradients((a, b) => Loss.MeanSquaredError(model.Forward(a), b), model.Parameters(), x, target);
    /// var norms = gradients.Select(gradient => gradient.Flatten(1).Norm(2, 1));</code></example>
    public static Tensor[] PerSampleGradients(Func<Tensor, Tensor, Tensor> loss, IReadOnlyList<Parameter> parameters, Tensor inputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        using var values = new GradientChecking.BorrowedValues(parameters);
        Tensor LossOfOne(Tensor[] parametersOfOne, Tensor x, Tensor y)
        {
            values.Use(parametersOfOne);
            return loss(x, y);
        }

        return PerSampleGradients(LossOfOne, values.Originals, inputs, targets);
    }

    /// <summary>The gradients of a loss with respect to some tensors, for each example on its own.</summary>
    /// <param name="loss">The loss of one example: of the parameters, its input and its target (without a batch dimension).</param>
    /// <param name="parameters">The tensors to differentiate with respect to, the same for all examples.</param>
    /// <param name="inputs">The inputs of all examples, along the first dimension.</param>
    /// <param name="targets">Their targets, along the first dimension.</param>
    /// <returns>For each parameter, a tensor [examples, …parameter].</returns>
    /// <exception cref="BatchingException">An operation has no batching rule, or a value is read.</exception>
    public static Tensor[] PerSampleGradients(Func<Tensor[], Tensor, Tensor, Tensor> loss, Tensor[] parameters, Tensor inputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(parameters);
        return Vmap((Tensor[] example) => Grad((Tensor[] own) => loss(own, example[0], example[1]))(parameters))([inputs, targets]);
    }

    private static int CountExamples(Tensor[] inputs, int?[] dims)
    {
        if (dims.Length != inputs.Length)
        {
            throw new ArgumentException($"Vmap: there are {inputs.Length} inputs, and inDims names a dimension for {dims.Length}; name one for each, or null for an input that is the same for all examples.", nameof(dims));
        }

        int? count = null;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (dims[i] is { } dim)
            {
                if (inputs[i].Rank == 0)
                {
                    throw new ShapeException($"Vmap: input {i} is a single number and has no examples; give it the dimension null.");
                }

                var size = inputs[i].Shape[Dims.Normalize(dim, inputs[i].Rank, nameof(Vmap))];
                if (count is { } known && known != size)
                {
                    throw new ShapeException($"Vmap: input {i}, of shape {inputs[i].Shape}, has {size} examples along dimension {dim}, an earlier one {known}.");
                }

                count = size;
            }
        }

        return count ?? throw new ShapeException("Vmap: no input has examples: all dimensions are null.");
    }
}
