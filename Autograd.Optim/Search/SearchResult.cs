using System.Text;

namespace Autograd.Optim;

/// <summary>A point that was tried.</summary>
/// <typeparam name="TPoint">The settings of a trial.</typeparam>
/// <param name="Index">Its place among the points.</param>
/// <param name="Point">The settings.</param>
/// <param name="Score">The objective; NaN if it failed.</param>
/// <param name="Error">What was thrown; null if nothing was.</param>
public sealed record SearchTrial<TPoint>(int Index, TPoint Point, double Score, Exception? Error);

/// <summary>All trials of a search, the best first.</summary>
/// <typeparam name="TPoint">The settings of a trial.</typeparam>
public sealed class SearchResult<TPoint>
{
    internal SearchResult(IEnumerable<SearchTrial<TPoint>> trials, bool maximize)
        => Trials = [.. trials.OrderBy(trial => double.IsNaN(trial.Score)).ThenBy(trial => maximize ? -trial.Score : trial.Score).ThenBy(trial => trial.Index)];

    /// <summary>The trials, the best first, those that failed last.</summary>
    public IReadOnlyList<SearchTrial<TPoint>> Trials { get; }

    /// <summary>The best trial.</summary>
    /// <exception cref="InvalidOperationException">All have failed; the first error is inside.</exception>
    public SearchTrial<TPoint> Best => double.IsNaN(Trials[0].Score)
        ? throw new InvalidOperationException($"Search: all {Trials.Count} trials failed. {Trials[0].Error?.Message}", Trials[0].Error)
        : Trials[0];

    /// <summary>A table, the best first.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("rank       score  settings");
        for (var i = 0; i < Trials.Count; i++)
        {
            text.Append(FormattableString.Invariant($"\n{i + 1,4}  {Trials[i].Score,10:G5}  {Trials[i].Point}"));
            if (Trials[i].Error is { } error)
            {
                text.Append("  ").Append(error.GetType().Name).Append(": ").Append(error.Message);
            }
        }

        return text.ToString();
    }
}
