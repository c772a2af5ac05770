namespace Autograd.Autodiff;

/// <summary>Where the inputs of a gradient test are drawn from, away from the points where the operation has no derivative.</summary>
internal enum Domain
{
    /// <summary>−2 to 2.</summary>
    Any,

    /// <summary>0.2 to 2.</summary>
    Positive,

    /// <summary>±(0.2 to 2).</summary>
    NonZero,

    /// <summary>−0.9 to 0.9.</summary>
    Unit,

    /// <summary>1.2 to 3.</summary>
    AboveOne,

    /// <summary>−2 to 2, no two elements closer than 0.01, so that maxima and orders are unique.</summary>
    Distinct,

    /// <summary>−2 to 2, at least 0.1 away from every integer and half-integer.</summary>
    NonInteger,

    /// <summary>Matrices near diag(2, 3, 4, …), at most 0.2 away in each element: invertible, with eigenvalues and singular values apart.</summary>
    DiagonallyDominant,

    /// <summary>±(1.2 to 3), quotients of two tensors at least 0.02 away from every integer.</summary>
    Quotient,
}

/// <summary>Declares the cases on which the test suite checks an operation's gradient rule, to second order. An operation without it fails the suite.</summary>
/// <remarks>A case lists the shapes of the tensor arguments of the operation's constructor, in order: <c>"3x2"</c>, <c>"()"</c> (rank 0), <c>"0x3"</c>,
/// several separated by commas: <c>"3x2, 2"</c>. <c>"2x3&lt;4"</c> is an Int64 tensor of values 0 … 3, <c>"2x3?"</c> a Bool tensor;
/// for a parameter that takes a list of tensors, all the shapes that are left.</remarks>
/// <param name="cases">The cases.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class GradientTestAttribute(params string[] cases) : Attribute
{
    public IReadOnlyList<string> Cases { get; } = cases;

    /// <summary>The arguments of the constructor that are not tensors, in order.</summary>
    public object[] Arguments { get; init; } = [];

    /// <summary>Where the values come from.</summary>
    public Domain Domain { get; init; }
}
