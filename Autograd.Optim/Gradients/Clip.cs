namespace Autograd.Optim;

/// <summary>Limits gradients between <c>Backward()</c> and <c>Step()</c>, against steps that one steep place would make too long.</summary>
public static class Clip
{
    /// <summary>Limits each element to −limit … limit.</summary>
    /// <param name="parameters">The parameters; those without a gradient stay so.</param>
    /// <param name="limit">0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or NaN.</exception>
    public static void Value(IEnumerable<Parameter> parameters, double limit)
        => Replace(parameters, AtLeastZero(limit), (_, g) => g.Clamp(-limit, limit));

    /// <summary>Shortens all gradients by one factor so that their common norm is at most a limit (Pascanu, Mikolov, Bengio 2013): g ← g min(1, c/(‖g‖ + 1e-6)).</summary>
    /// <param name="parameters">The parameters; those without a gradient stay so.</param>
    /// <param name="limit">c; 0 or more.</param>
    /// <param name="p">The order of the norm; infinity for the largest element.</param>
    /// <returns>The norm before, one number; NaN or infinite if a gradient is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or NaN.</exception>
    public static Tensor Norm(IEnumerable<Parameter> parameters, double limit, double p = 2)
    {
        AtLeastZero(limit);
        Parameter[] all = [.. parameters];
        using var unrecorded = Grad.Disabled();
        Tensor[] norms = [.. all.Select(parameter => parameter.Grad).OfType<Tensor>().Select(g => g.Norm(p).To(DType.Float64))];
        if (norms.Length == 0)
        {
            return Tensor.Zeros([]);
        }

        var norm = Tensor.Stack(norms).Norm(p).Evaluate();
        var factor = (limit / (norm + 1e-6)).Clamp(max: 1.0).Evaluate();
        Replace(all, limit, (_, g) => g * factor.To(g.DType));
        return norm;
    }

    /// <summary>Adaptive clipping (Brock et al. 2021): the gradient of each unit (each row of a weight; a whole vector) is shortened to at most a share of the unit's own norm: g ← g min(1, λ max(‖θ‖, ε)/‖g‖).</summary>
    /// <param name="parameters">The parameters; those without a gradient stay so.</param>
    /// <param name="share">λ; 0 or more.</param>
    /// <param name="epsilon">ε, for units that are 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is negative or NaN.</exception>
    public static void Adaptive(IEnumerable<Parameter> parameters, double share = 0.01, double epsilon = 1e-3)
        => Replace(parameters, AtLeastZero(share), (parameter, g) =>
        {
            var allowed = UnitNorm(parameter.Detach()).Clamp(min: epsilon) * share;
            return g * (allowed / UnitNorm(g).Clamp(min: 1e-6)).Clamp(max: 1.0);
        });

    /// <summary>The norm of all gradients together.</summary>
    /// <param name="parameters">The parameters; those without a gradient count as 0.</param>
    public static Tensor GradientNorm(IEnumerable<Parameter> parameters) => Norm(parameters, double.PositiveInfinity);

    private static Tensor UnitNorm(Tensor x)
        => x.Rank < 2 ? x.Norm() : x.Norm(2, [.. Enumerable.Range(1, x.Rank - 1)], keepDim: true);

    private static double AtLeastZero(double limit)
        => limit >= 0 ? limit : throw new ArgumentOutOfRangeException(nameof(limit), limit, "Clip: the limit must be 0 or more.");

    private static void Replace(IEnumerable<Parameter> parameters, double limit, Func<Parameter, Tensor, Tensor> clip)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (double.IsPositiveInfinity(limit))
        {
            return;
        }

        using var unrecorded = Grad.Disabled();
        foreach (var parameter in parameters)
        {
            if (parameter.Grad is { } gradient)
            {
                ((Autodiff.Leaf)parameter.Current.Node!).Gradient = clip(parameter, gradient).Evaluate();
            }
        }
    }
}
