namespace Autograd.Optim;

/// <summary>Tries settings of a model and finds the best: a grid, or points drawn at random (Bergstra, Bengio 2012), several at once. Each trial has a random generator of its own, so that the results do not depend on how many run at once.</summary>
/// <example><code>
/// var result = Search.Run(
///     Search.Grid([0.1, 0.01], [4, 8]),
///     trial => (trial.Second - 5) * (trial.Second - 5) + trial.First);
/// Console.WriteLine(result);
/// </code></example>
public static class Search
{
    /// <summary>All combinations of two settings.</summary>
    /// <typeparam name="TFirst">The type of the first.</typeparam>
    /// <typeparam name="TSecond">The type of the second.</typeparam>
    /// <param name="first">The values of the first.</param>
    /// <param name="second">The values of the second.</param>
    public static IReadOnlyList<(TFirst First, TSecond Second)> Grid<TFirst, TSecond>(IReadOnlyList<TFirst> first, IReadOnlyList<TSecond> second)
        => [.. from a in first from b in second select (a, b)];

    /// <summary>All combinations of three settings; of more, a query: <c>from a in … from b in … select (a, b, …)</c>.</summary>
    /// <typeparam name="TFirst">The type of the first.</typeparam>
    /// <typeparam name="TSecond">The type of the second.</typeparam>
    /// <typeparam name="TThird">The type of the third.</typeparam>
    /// <param name="first">The values of the first.</param>
    /// <param name="second">The values of the second.</param>
    /// <param name="third">The values of the third.</param>
    public static IReadOnlyList<(TFirst First, TSecond Second, TThird Third)> Grid<TFirst, TSecond, TThird>(IReadOnlyList<TFirst> first, IReadOnlyList<TSecond> second, IReadOnlyList<TThird> third)
        => [.. from a in first from b in second from c in third select (a, b, c)];

    /// <summary>Points drawn at random.</summary>
    /// <typeparam name="TPoint">The settings of a trial.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="draw">Draws one: <c>g => (Rate: g.LogUniform(1e-4, 1e-1), Width: g.Choice([16, 32, 64]))</c>.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    public static IReadOnlyList<TPoint> Random<TPoint>(int count, Func<Generator, TPoint> draw, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(draw);
        return [.. (generator ?? Generator.Default).Split(count).Select(draw)];
    }

    /// <summary>Tries all points.</summary>
    /// <typeparam name="TPoint">The settings of a trial.</typeparam>
    /// <param name="points">The points, at least one.</param>
    /// <param name="objective">Trains with the settings and says how good the result is; NaN, or an exception, is worst. <see cref="Generator.Default"/> is the trial's own.</param>
    /// <param name="maximize">Whether the objective should be large, as an accuracy; else small, as a loss.</param>
    /// <param name="parallel">How many trials run at once; 1 or more.</param>
    /// <param name="generator">What the trials' generators are split from; left out, <see cref="Generator.Default"/>.</param>
    /// <param name="cancellationToken">Ends the search after the trials that are running.</param>
    /// <exception cref="ArgumentException">There are no points.</exception>
    public static SearchResult<TPoint> Run<TPoint>(
        IReadOnlyList<TPoint> points, Func<TPoint, double> objective, bool maximize = false, int parallel = 1, Generator? generator = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        if (points.Count == 0)
        {
            throw new ArgumentException("Search.Run: there are no points to be tried.", nameof(points));
        }

        var generators = (generator ?? Generator.Default).Split(points.Count);
        var trials = new SearchTrial<TPoint>[points.Count];
        Parallel.For(0, points.Count, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken }, i =>
        {
            var before = Generator.Default;
            Generator.Default = generators[i];
            try
            {
                trials[i] = new(i, points[i], objective(points[i]), null);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                trials[i] = new(i, points[i], double.NaN, exception);
            }
            finally
            {
                Generator.Default = before;
            }
        });
        return new(trials, maximize);
    }
}

/// <summary>Draws of settings.</summary>
public static class SearchDraws
{
    /// <summary>A number drawn evenly from a range.</summary>
    /// <param name="generator">What is drawn from.</param>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    public static double Uniform(this Generator generator, double low, double high) => low + ((high - low) * Tensor.Rand([], DType.Float64, generator: generator).Item());

    /// <summary>A number whose logarithm is drawn evenly: for learning rates and other scales.</summary>
    /// <param name="generator">What is drawn from.</param>
    /// <param name="low">The lower end, above 0.</param>
    /// <param name="high">The upper end.</param>
    public static double LogUniform(this Generator generator, double low, double high)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(low);
        return Math.Exp(generator.Uniform(Math.Log(low), Math.Log(high)));
    }

    /// <summary>A whole number drawn evenly, both ends included.</summary>
    /// <param name="generator">What is drawn from.</param>
    /// <param name="low">The least.</param>
    /// <param name="high">The greatest.</param>
    public static int Integer(this Generator generator, int low, int high) => (int)Tensor.RandInt(low, (long)high + 1, [], generator).Item();

    /// <summary>One of several values.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="generator">What is drawn from.</param>
    /// <param name="values">The values, at least one.</param>
    public static T Choice<T>(this Generator generator, IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values[generator.Integer(0, values.Count - 1)];
    }
}
