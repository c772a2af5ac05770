namespace Autograd.Tests.Generators;

/// <summary>Where functions with kinks, jumps and ties have derivatives: a small distance away from these.</summary>
internal static class Smooth
{
    private const double Margin = 0.01;

    /// <summary>No element is near one of some numbers.</summary>
    public static Func<Tensor, bool> AwayFrom(params double[] kinks) => x => Array.TrueForAll(kinks, kink => IsAwayFromZero(x - kink));

    /// <summary>No element is near an integer.</summary>
    public static bool AwayFromIntegers(Tensor x) => IsAwayFromZero(x - x.Round());

    /// <summary>No element is near the middle between two integers.</summary>
    public static bool AwayFromHalves(Tensor x) => AwayFromIntegers(x + 0.5);

    /// <summary>No two elements are near each other.</summary>
    public static bool Distinct(Tensor x)
    {
        var sorted = x.Flatten().Sort().Values;
        return x.ElementCount < 2 || IsAwayFromZero(sorted[1..] - sorted[..^1]);
    }

    /// <summary>No element is near the other tensor's.</summary>
    public static bool Apart(Tensor a, Tensor b) => IsAwayFromZero(a - b);

    public static bool IsAwayFromZero(Tensor x) => (x.Abs() > Margin).All().Item<bool>();
}
