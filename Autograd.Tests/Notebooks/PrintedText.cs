using System.Globalization;
using System.Text.RegularExpressions;

namespace Autograd.Tests.Notebooks;

/// <summary>Compares what is printed on two machines: words must be equal, numbers to three digits. Numbers that measure rounding errors
/// (below 10⁻⁹, or above 10¹² as units in the last place are) depend on the processor, and so do the blanks that align them.</summary>
internal static partial class PrintedText
{
    private const double Rounding = 1e-9;
    private const double Enormous = 1e12;

    public static bool Agrees(string a, string b)
    {
        var (wordsA, wordsB) = (Words(a), Words(b));
        var (numbersA, numbersB) = (Numbers(a), Numbers(b));
        return wordsA == wordsB && numbersA.Length == numbersB.Length && numbersA.Zip(numbersB).All(pair => Agree(pair.First, pair.Second));
    }

    private static bool Agree(double a, double b)
    {
        var (less, greater) = (Math.Min(Math.Abs(a), Math.Abs(b)), Math.Max(Math.Abs(a), Math.Abs(b)));
        return Math.Abs(a - b) <= 1e-3 * greater || greater < Rounding || less > Enormous;
    }

    private static string Words(string text) => Blanks().Replace(Number().Replace(text, " # "), " ").Trim();

    private static double[] Numbers(string text) => [.. Number().Matches(text).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"-?\d+(\.\d*)?(e[+-]?\d+)?", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
