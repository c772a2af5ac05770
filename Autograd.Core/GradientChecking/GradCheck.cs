using Autograd.GradientChecking;

namespace Autograd;

/// <summary>Compares the tape's gradients with central differences (f(x + εe) − f(x − εe)) / 2ε, element by element, in double precision.</summary>
/// <remarks>An output of several elements is projected on a fixed random direction first. The step is ε = ∛u · max(1, |x|), u being the rounding unit,
/// and the tolerance includes the rounding error that the quotient itself carries.</remarks>
public static class GradCheck
{
    /// <summary>Throws, with a table, if the gradient of <paramref name="function"/> at <paramref name="x"/> is wrong.</summary>
    /// <param name="function">A function built from tensor operations; it must give the same result when called again.</param>
    /// <param name="x">Where to check; Float64.</param>
    /// <param name="options">How to measure and judge.</param>
    /// <exception cref="GradientMismatchException">A derivative disagrees.</exception>
    /// <exception cref="DTypeException">The input is Float32, or no floating-point tensor at all.</exception>
    /// <example><code>GradCheck.Verify(t => (t.Sin() * t).Sum(), Tensor.Randn([3, 4], dtype: DType.Float64));</code></example>
    public static void Verify(Func<Tensor, Tensor> function, Tensor x, GradCheckOptions? options = null) => Require(Compare(function, x, options));

    /// <summary>Throws, with a table, if a gradient of a function of several inputs is wrong.</summary>
    /// <param name="function">A function built from tensor operations; it must give the same result when called again.</param>
    /// <param name="inputs">Where to check; Float64. Inputs of other types than floating-point ones are passed on and not differentiated.</param>
    /// <param name="options">How to measure and judge.</param>
    /// <exception cref="GradientMismatchException">A derivative disagrees.</exception>
    /// <exception cref="DTypeException">An input is Float32.</exception>
    public static void Verify(Func<Tensor[], Tensor> function, Tensor[] inputs, GradCheckOptions? options = null) => Require(Compare(function, inputs, options));

    /// <summary>Throws, with a table, if the gradient of <paramref name="loss"/> with respect to a parameter is wrong.</summary>
    /// <param name="loss">A function of the parameters' current values; it must give the same result when called again.</param>
    /// <param name="parameters">The parameters with their names, such as a module's <c>NamedParameters()</c>; Float64. Their values are restored afterwards.</param>
    /// <param name="options">How to measure and judge.</param>
    /// <exception cref="GradientMismatchException">A derivative disagrees.</exception>
    /// <exception cref="DTypeException">A parameter is Float32.</exception>
    public static void Verify(Func<Tensor> loss, IEnumerable<KeyValuePair<string, Parameter>> parameters, GradCheckOptions? options = null)
        => Require(Compare(loss, parameters, options));

    /// <summary>As <see cref="Verify(Func{Tensor, Tensor}, Tensor, GradCheckOptions?)"/>, but returns what it found.</summary>
    /// <param name="function">A function built from tensor operations.</param>
    /// <param name="x">Where to check; Float64.</param>
    /// <param name="options">How to measure and judge.</param>
    public static GradCheckReport Compare(Func<Tensor, Tensor> function, Tensor x, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Compare(inputs => function(inputs[0]), [x], options);
    }

    /// <summary>As <see cref="Verify(Func{Tensor[], Tensor}, Tensor[], GradCheckOptions?)"/>, but returns what it found.</summary>
    /// <param name="function">A function built from tensor operations.</param>
    /// <param name="inputs">Where to check; Float64.</param>
    /// <param name="options">How to measure and judge.</param>
    public static GradCheckReport Compare(Func<Tensor[], Tensor> function, Tensor[] inputs, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        string[] names = [.. Enumerable.Range(0, inputs.Length).Select(i => $"{i}")];
        return Compare(function, inputs, names, options ?? GradCheckOptions.Default);
    }

    /// <summary>As <see cref="Verify(Func{Tensor}, IEnumerable{KeyValuePair{string, Parameter}}, GradCheckOptions?)"/>, but returns what it found.</summary>
    /// <param name="loss">A function of the parameters' current values.</param>
    /// <param name="parameters">The parameters with their names; Float64.</param>
    /// <param name="options">How to measure and judge.</param>
    public static GradCheckReport Compare(Func<Tensor> loss, IEnumerable<KeyValuePair<string, Parameter>> parameters, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(parameters);
        KeyValuePair<string, Parameter>[] named = [.. parameters];
        var originals = Array.ConvertAll(named, entry => entry.Value.Captured);
        try
        {
            return Compare(
                values =>
                {
                    for (var i = 0; i < named.Length; i++)
                    {
                        named[i].Value.Borrow(values[i]);
                    }

                    return loss();
                },
                Array.ConvertAll(originals, value => value.Detach()),
                Array.ConvertAll(named, entry => entry.Key),
                options ?? GradCheckOptions.Default);
        }
        finally
        {
            for (var i = 0; i < named.Length; i++)
            {
                named[i].Value.Borrow(originals[i]);
            }
        }
    }

    private static GradCheckReport Compare(Func<Tensor[], Tensor> function, Tensor[] inputs, string[] names, GradCheckOptions options)
    {
        if (options.Order is not (1 or 2))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Order, "GradCheck: Order is 1 or 2. For higher orders, check the gradient function itself.");
        }

        foreach (var input in inputs)
        {
            if (input.DType == DType.Float32 && !options.AllowFloat32)
            {
                throw new DTypeException(
                    "GradCheck: an input is Float32. A central difference of Float32 values has three or four correct digits, too few to tell a wrong gradient from rounding. " +
                    "Use Float64 (x.To(DType.Float64), model.To(DType.Float64)), or set AllowFloat32 and wider tolerances.");
            }
        }

        if (!Array.Exists(inputs, input => input.DType.IsFloatingPoint))
        {
            throw new DTypeException("GradCheck: there is no floating-point input to differentiate with respect to.");
        }

        var check = new CentralDifference(inputs, names, options);
        return new GradCheckReport(check.Run(function), options.Seed);
    }

    private static void Require(GradCheckReport report)
    {
        if (!report.IsCorrect)
        {
            throw new GradientMismatchException(report);
        }
    }
}
