using Autograd.GradientChecking;

namespace Autograd;

/// <summary>Compares the tape's gradients with difference quotients (f(x + εe) − f(x − εe)) / 2ε, in double precision, and says which side is to be doubted where they disagree.</summary>
/// <remarks>
/// <para>An output of several elements is projected on a fixed random direction first, unless the complete <see cref="GradCheckOptions.Jacobian"/> is asked for. The step is ε = ∛u · max(1, |x|), u being the
/// rounding unit, and the tolerance includes the rounding error that the quotient itself carries. A derivative that disagrees is measured again: with many steps, extrapolated to 0, with an estimate of the error;
/// kinks and jumps of the function are told apart from wrong gradients. If a gradient is wrong, each recorded operation is checked on its own, and the report names the first wrong one.</para>
/// <para>Random numbers of this library repeat from call to call, so that functions with dropout can be checked as they are.</para>
/// </remarks>
public static class GradCheck
{
    /// <summary>Throws, with a table, if the gradient of <paramref name="function"/> at <paramref name="x"/> is wrong.</summary>
    /// <param name="function">A function built from tensor operations; it must give the same result when called again.</param>
    /// <param name="x">Where to check; Float64.</param>
    /// <param name="options">How to measure and judge.</param>
    /// <exception cref="GradientMismatchException">A derivative disagrees.</exception>
    /// <exception cref="DTypeException">The input is Float32, or no floating-point tensor at all.</exception>
    /// <exception cref="ArgumentException">The function has no value at the point, or another one at each call.</exception>
    /// <example><code>GradCheck.Verify(t => (t.Sin() * t).Sum(), Tensor.Randn([3, 4], dtype: DType.Float64));</code></example>
    public static void Verify(Func<Tensor, Tensor> function, Tensor x, GradCheckOptions? options = null) => Require(Compare(function, x, options));

    /// <summary>Throws, with a table, if a gradient of a function of several inputs is wrong.</summary>
    /// <param name="function">A function built from tensor operations; it must give the same result when called again.</param>
    /// <param name="inputs">Where to check; Float64. Inputs of other types than floating-point ones are passed on and not differentiated.</param>
    /// <param name="options">How to measure and judge.</param>
    /// <exception cref="GradientMismatchException">A derivative disagrees.</exception>
    /// <exception cref="DTypeException">An input is Float32.</exception>
    public static void Verify(Func<Tensor[], Tensor> function, Tensor[] inputs, GradCheckOptions? options = null) => Require(Compare(function, inputs, options));

    /// <summary>Throws, with a table, if a gradient of a function of several inputs and outputs is wrong.</summary>
    /// <param name="function">A function built from tensor operations; outputs of other types than floating-point ones are passed over.</param>
    /// <param name="inputs">Where to check; Float64. Inputs of other types than floating-point ones are passed on and not differentiated.</param>
    /// <param name="options">How to measure and judge.</param>
    /// <exception cref="GradientMismatchException">A derivative disagrees.</exception>
    /// <exception cref="DTypeException">An input is Float32.</exception>
    public static void Verify(Func<Tensor[], Tensor[]> function, Tensor[] inputs, GradCheckOptions? options = null) => Require(Compare(function, inputs, options));

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
        ArgumentNullException.ThrowIfNull(x);
        return Compare(inputs => [function(inputs[0])], [x], options);
    }

    /// <summary>As <see cref="Verify(Func{Tensor[], Tensor}, Tensor[], GradCheckOptions?)"/>, but returns what it found.</summary>
    /// <param name="function">A function built from tensor operations.</param>
    /// <param name="inputs">Where to check; Float64.</param>
    /// <param name="options">How to measure and judge.</param>
    public static GradCheckReport Compare(Func<Tensor[], Tensor> function, Tensor[] inputs, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Compare(x => [function(x)], inputs, options);
    }

    /// <summary>As <see cref="Verify(Func{Tensor[], Tensor[]}, Tensor[], GradCheckOptions?)"/>, but returns what it found.</summary>
    /// <param name="function">A function built from tensor operations.</param>
    /// <param name="inputs">Where to check; Float64.</param>
    /// <param name="options">How to measure and judge.</param>
    public static GradCheckReport Compare(Func<Tensor[], Tensor[]> function, Tensor[] inputs, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(function, inputs, [.. Enumerable.Range(0, inputs.Length).Select(i => $"{i}")], options);
    }

    /// <summary>As <see cref="Verify(Func{Tensor}, IEnumerable{KeyValuePair{string, Parameter}}, GradCheckOptions?)"/>, but returns what it found.</summary>
    /// <param name="loss">A function of the parameters' current values.</param>
    /// <param name="parameters">The parameters with their names; Float64.</param>
    /// <param name="options">How to measure and judge.</param>
    public static GradCheckReport Compare(Func<Tensor> loss, IEnumerable<KeyValuePair<string, Parameter>> parameters, GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(parameters);
        return Compare(_ => loss(), [], parameters, [], options);
    }

    /// <summary>Checks a function with respect to its inputs and to parameters that it reads: what a check of a whole module is made of.</summary>
    /// <param name="function">A function of some inputs and of the parameters' current values.</param>
    /// <param name="inputs">Where to check, with names; Float64.</param>
    /// <param name="parameters">The parameters with their names; Float64. Their values are restored afterwards.</param>
    /// <param name="buffers">Buffers that the function may assign: they have their values at the start at each call, and at the end.</param>
    /// <param name="options">How to measure and judge.</param>
    /// <exception cref="DTypeException">An input or a parameter is Float32.</exception>
    public static GradCheckReport Compare(
        Func<Tensor[], Tensor> function,
        IReadOnlyList<KeyValuePair<string, Tensor>> inputs,
        IEnumerable<KeyValuePair<string, Parameter>> parameters,
        IEnumerable<TensorBuffer> buffers,
        GradCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(buffers);
        KeyValuePair<string, Parameter>[] named = [.. parameters];
        using var values = new BorrowedValues(named.Select(entry => entry.Value));
        using var statistics = new BorrowedValues(buffers);
        var frozen = statistics.Originals;
        return Run(
            x =>
            {
                values.Use(x.AsSpan(inputs.Count));
                statistics.Use(frozen);
                return [function(x[..inputs.Count])];
            },
            [.. inputs.Select(entry => entry.Value), .. values.Originals],
            [.. inputs.Select(entry => entry.Key), .. named.Select(entry => entry.Key)],
            options);
    }

    private static void Require(GradCheckReport report)
    {
        if (!report.IsCorrect)
        {
            throw new GradientMismatchException(report);
        }
    }

    private static GradCheckReport Run(Func<Tensor[], Tensor[]> function, Tensor[] inputs, string[] names, GradCheckOptions? options)
    {
        options ??= GradCheckOptions.Default;
        if (options.Order is not (1 or 2))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Order, "GradCheck: Order is 1 or 2. For higher orders, check the gradient function itself.");
        }

        if (options.Projections < 1 || options.LargestComplete < 0 || options.Resamples < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"GradCheck: Projections is {options.Projections}, LargestComplete {options.LargestComplete}, Resamples {options.Resamples}; they are at least 1, 0 and 0.");
        }

        foreach (var input in inputs)
        {
            if (input.DType == DType.Float32 && !options.AllowFloat32)
            {
                throw new DTypeException(
                    "GradCheck: an input is Float32. A central difference of Float32 values has three or four correct digits, too few to tell a wrong gradient from rounding. " +
                    "Use Float64 (x.To(DType.Float64), model.To(DType.Float64)), or set AllowFloat32, which compares the digits that are left.");
            }
        }

        return Array.Exists(inputs, input => input.DType.IsFloatingPoint)
            ? new Check(options).Run(new Subject(function, inputs, names))
            : throw new DTypeException("GradCheck: there is no floating-point input to differentiate with respect to.");
    }
}
