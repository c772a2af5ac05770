namespace Autograd.Tests.Golden;

/// <summary>What of a case is compared.</summary>
internal enum Quantity
{
    Output,
    Gradient,
    SecondGradient,
}
