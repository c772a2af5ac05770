namespace Autograd.Kernels;

/// <summary>How the lines of B lie, as a type, so that the innermost loop is compiled for either.</summary>
internal interface ILines
{
    /// <summary>Whether their places are given by a table; else they are evenly spaced.</summary>
    static abstract bool AreTable { get; }
}

/// <summary>Evenly spaced.</summary>
internal readonly struct Spaced : ILines
{
    public static bool AreTable => false;
}

/// <summary>At places given by a table.</summary>
internal readonly struct Listed : ILines
{
    public static bool AreTable => true;
}
