namespace Autograd.Autodiff;

/// <summary>The values that an operation's gradient rule reads. The tape keeps these alive, and nothing else.</summary>
[Flags]
internal enum Reads : byte
{
    Nothing = 0,

    /// <summary>The first input (X of a unary operation, A of a binary one).</summary>
    First = 1,

    /// <summary>The second input.</summary>
    Second = 2,

    /// <summary>The third input.</summary>
    Third = 4,

    /// <summary>Every input of an operation with any number of them.</summary>
    Inputs = First | Second | Third,

    /// <summary>The result, Y.</summary>
    Output = 8,
}
