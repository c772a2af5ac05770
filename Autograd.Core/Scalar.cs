using System.Globalization;

namespace Autograd;

/// <summary>A C# number (or truth value) as an operand. It has a category, bool, int or float, and never widens a tensor within its category:
/// a Float32 tensor times <c>2.5</c> is Float32; an Int64 tensor times <c>2</c> is Int64, times <c>2.5</c> it has the default float type.</summary>
public readonly struct Scalar : IEquatable<Scalar>
{
    private readonly double real;
    private readonly long integer;

    private Scalar(DType category, double real, long integer)
    {
        Category = category;
        this.real = real;
        this.integer = integer;
    }

    /// <summary>Bool, Int64 or Float64: the category of the number, not a width.</summary>
    internal DType Category { get; }

    /// <summary>A floating-point number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(double value) => new(DType.Float64, value, (long)value);

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(long value) => new(DType.Int64, value, value);

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Scalar(int value) => new(DType.Int64, value, value);

    /// <summary>A truth value.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator Scalar(bool value) => new(DType.Bool, value ? 1 : 0, value ? 1 : 0);

    /// <summary>Equality of category and value.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Scalar left, Scalar right) => left.Equals(right);

    /// <summary>Inequality of category or value.</summary>
    /// <param name="left">One number.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Scalar left, Scalar right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Scalar other) => Category == other.Category && integer == other.integer && real.Equals(other.real);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Category, real, integer);

    /// <summary>The number in invariant notation.</summary>
    public override string ToString() => Category switch
    {
        DType.Bool => integer != 0 ? "true" : "false",
        DType.Int64 => integer.ToString(CultureInfo.InvariantCulture),
        _ => real.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The number as a double.</summary>
    internal double ToDouble() => real;

    /// <summary>The number as an element of type <typeparamref name="T"/>, rounded to it.</summary>
    internal T To<T>()
        where T : unmanaged, INumberBase<T>
        => Category == DType.Float64 ? T.CreateTruncating(real) : T.CreateTruncating(integer);

    /// <summary>The type of an elementwise result of this number and a tensor of type <paramref name="dtype"/>.</summary>
    internal DType ResultType(DType dtype) => Category switch
    {
        DType.Float64 => dtype.ToFloatingPoint(),
        DType.Int64 => dtype == DType.Bool ? DType.Int64 : dtype,
        _ => dtype,
    };
}
