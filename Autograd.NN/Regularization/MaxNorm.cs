namespace Autograd.NN;

/// <summary>Max-norm regularization: after each step of an optimizer, the weights of a unit are brought back to a given length if they are longer. (Srebro, Shraibman 2005; Srivastava et al., "Dropout", 2014.)</summary>
public static class MaxNorm
{
    /// <summary>w ← w·min(1, c/‖w‖) for the weights of each unit: each row of a matrix, each kernel of a convolution. Nothing is recorded.</summary>
    /// <param name="parameters">The parameters, such as <c>model.Parameters()</c>. Those of rank 2 and more are weights; those of rank 0 and 1 (biases, scales) are left out.</param>
    /// <param name="maxNorm">c: the greatest length; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not above 0.</exception>
    /// <example><code>MaxNorm.Project(model.Parameters(), 3);      // after optimizer.Step()</code></example>
    public static void Project(IEnumerable<Parameter> parameters, double maxNorm)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNorm);
        using (Grad.Disabled())
        {
            foreach (var parameter in parameters)
            {
                if (parameter.Rank >= 2)
                {
                    var norms = parameter.Norm(2, [.. Enumerable.Range(1, parameter.Rank - 1)], keepDim: true);
                    parameter.Assign(parameter * (maxNorm / norms.Maximum(maxNorm)));
                }
            }
        }
    }
}
