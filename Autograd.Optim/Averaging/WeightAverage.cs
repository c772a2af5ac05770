namespace Autograd.Optim;

/// <summary>A running average of parameters, which often predicts better than the last values: exponential (Polyak, Juditsky 1992), or of equal weights, "stochastic weight averaging" (Izmailov et al. 2018).</summary>
/// <example><code>
/// var average = WeightAverage.Exponential(model.Parameters(), decay: 0.99);
/// average.Update();                                   // after each step of the optimizer
/// using (average.InPlace())
/// {
///     model.Eval().Forward(x);                        // with the averages; after the block with the parameters' own values again
/// }
/// </code></example>
public sealed class WeightAverage
{
    private readonly Parameter[] parameters;
    private readonly Tensor[] means;
    private readonly double? decay;

    private WeightAverage(IEnumerable<Parameter> parameters, double? decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        this.parameters = [.. parameters];
        this.decay = decay;
        means = [.. this.parameters.Select(parameter => parameter.Detach())];
    }

    /// <summary>The averages, in the order of the parameters.</summary>
    public IReadOnlyList<Tensor> Values => means;

    /// <summary>How many values each average is of.</summary>
    public int Count { get; private set; }

    /// <summary>θ̄ ← dθ̄ + (1 − d)θ, from the parameters as they are at the first update.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="decay">d; 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is out of range.</exception>
    public static WeightAverage Exponential(IEnumerable<Parameter> parameters, double decay = 0.999)
        => decay is >= 0 and < 1
            ? new(parameters, decay)
            : throw new ArgumentOutOfRangeException(nameof(decay), decay, "WeightAverage.Exponential: the decay must be 0 to below 1.");

    /// <summary>θ̄ ← θ̄ + (θ − θ̄)/n: the mean of the parameters at all updates.</summary>
    /// <param name="parameters">The parameters.</param>
    public static WeightAverage Equal(IEnumerable<Parameter> parameters) => new(parameters, null);

    /// <summary>Takes the parameters' present values into the average.</summary>
    public void Update()
    {
        using var unrecorded = Grad.Disabled();
        Count++;
        var share = Count == 1 ? 1 : 1 - decay ?? 1.0 / Count;
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = Count == 1 ? parameters[i].Detach() : means[i].Lerp(parameters[i].Detach(), share).Evaluate();
        }
    }

    /// <summary>Puts the averages in the parameters' place until the returned scope is disposed. Statistics of batch norms are not averaged: renew them by a pass over training data.</summary>
    /// <returns>The scope.</returns>
    public IDisposable InPlace()
    {
        var scope = new Exchange(parameters, [.. parameters.Select(parameter => parameter.Detach())]);
        AssignTo(parameters, means);
        return scope;
    }

    /// <summary>Makes the averages the parameters' values for good.</summary>
    public void Apply() => AssignTo(parameters, means);

    /// <summary>Goes on from the parameters' present values.</summary>
    internal void TakeOver() => Restore([.. parameters.Select(parameter => parameter.Detach())], Count);

    /// <summary>Goes on from other averages.</summary>
    internal void Restore(IReadOnlyList<Tensor> values, int count)
    {
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = values[i];
        }

        Count = count;
    }

    private static void AssignTo(Parameter[] parameters, Tensor[] values)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i].Assign(values[i]);
        }
    }

    private sealed class Exchange(Parameter[] parameters, Tensor[] former) : IDisposable
    {
        private bool isDone;

        public void Dispose()
        {
            if (!isDone)
            {
                AssignTo(parameters, former);
                isDone = true;
            }
        }
    }
}
