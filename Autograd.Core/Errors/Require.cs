using System.Runtime.CompilerServices;

namespace Autograd;

/// <summary>Checks of arguments whose errors name the operation, the argument and what it may be.</summary>
internal static class Require
{
    /// <summary>Checks that a number, which must not be NaN, has a least value.</summary>
    public static void AtLeast(double value, double least, string operation, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= least))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{operation}: {name} is at least {least}, not {value}.");
        }
    }

    /// <summary>Checks that a number is above 0.</summary>
    public static void Positive(double value, string operation, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{operation}: {name} is above 0, not {value}.");
        }
    }

    /// <summary>Checks that a choice is one of those there are.</summary>
    public static void Defined<T>(T value, string operation, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{operation}: {name} is one of {string.Join(", ", Enum.GetNames<T>())}, not {value}.");
        }
    }
}
