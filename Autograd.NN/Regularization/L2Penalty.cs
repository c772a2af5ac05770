namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>Weight decay as a term of the loss: λ/2 Σ W² over all weights. Its gradient is λW. (Krogh, Hertz, "A simple weight decay can improve generalization", 1992.)</summary>
    /// <param name="parameters">The parameters, such as <c>model.Parameters()</c>. Those of rank 2 and more are weights; those of rank 0 and 1 (biases, scales) are left out.</param>
    /// <param name="strength">λ; 0 or more.</param>
    /// <returns>One number; 0 if there are no weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative.</exception>
    /// <example><code>var loss = Loss.MeanSquaredError(model.Forward(x), y) + Loss.L2Penalty(model.Parameters(), 1e-4);</code></example>
    public static Tensor L2Penalty(IEnumerable<Parameter> parameters, double strength)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(strength);
        Tensor? sum = null;
        foreach (var parameter in parameters)
        {
            if (parameter.Rank >= 2)
            {
                var squares = parameter.Square().Sum();
                sum = sum is null ? squares : sum + squares;
            }
        }

        return sum is null ? Tensor.Zeros([]) : sum * (strength / 2);
    }
}
