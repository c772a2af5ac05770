namespace Autograd;

/// <summary>What an entry of a <see cref="Tape"/> is.</summary>
public enum TapeEntryKind
{
    /// <summary>A recorded operation.</summary>
    Operation,

    /// <summary>A <see cref="Autograd.Parameter"/>, where gradients accumulate.</summary>
    Parameter,

    /// <summary>A tensor made with <c>requiresGrad: true</c>, where gradients accumulate.</summary>
    Leaf,

    /// <summary>A value that needs no gradient, such as data, which a gradient rule reads.</summary>
    Constant,
}

/// <summary>An entry of a <see cref="Tape"/>: an operation, or a value that the operations begin with.</summary>
public sealed class TapeEntry
{
    internal TapeEntry(int number, TapeEntryKind kind, string name, Shape shape, DType dtype)
        => (Number, Kind, Name, Shape, DType) = (number, kind, name, shape, dtype);

    /// <summary>Its place on the tape; every entry comes after its inputs.</summary>
    public int Number { get; }

    /// <summary>What it is.</summary>
    public TapeEntryKind Kind { get; }

    /// <summary>The name of the operation or of the parameter (its path, if the model was called while the tape was traced); the value of a constant that is one number.</summary>
    public string Name { get; }

    /// <summary>The shape of the value.</summary>
    public Shape Shape { get; }

    /// <summary>The element type of the value.</summary>
    public DType DType { get; }

    /// <summary>The entries that the operation was applied to, in order; null for a constant that no rule reads, of which nothing is known any more.</summary>
    public IReadOnlyList<TapeEntry?> Inputs { get; internal set; } = [];

    /// <summary>Whether the tape was asked for this value.</summary>
    public bool IsOutput { get; internal set; }

    /// <summary>Whether a backward pass has used the operation and let go of what it kept.</summary>
    public bool IsReleased { get; internal init; }

    /// <summary>Whether gradient rules read the value, so that the tape keeps it alive.</summary>
    public bool IsKept { get; internal set; }

    /// <summary>Whether the value is kept but has not been computed yet: until then it takes no memory itself, and keeps alive what it will be computed from.</summary>
    public bool IsPending { get; internal set; }

    /// <summary>Bytes of the memory that is kept for this value. Memory that several values share counts for the first of them, so that the sum is what the tape holds.</summary>
    public long KeptBytes { get; internal set; }

    /// <summary>The module that was being called when the operation was recorded, such as <c>Network.blocks.0.inner</c>; null if none was, or nobody traced the tape (<see cref="Tape.Traced"/>).</summary>
    public string? ModulePath => Module?.Path;

    /// <summary>The name of that module's type.</summary>
    public string? ModuleType => Module?.Type;

    /// <summary>The member of the library that was called, where it is a composition of several operations; null where nobody traced the tape.</summary>
    public string? Composite => Site?.Call;

    /// <summary>The method outside the library that had the operation recorded; null where nobody traced the tape.</summary>
    public string? SourceMethod => Site?.Method;

    /// <summary>The file of that method; null also where there are no debug symbols.</summary>
    public string? SourceFile => Site?.File;

    /// <summary>The line in that file; 0 where it is not known.</summary>
    public int SourceLine => Site?.Line ?? 0;

    internal RecordingSite? Site { get; init; }

    internal ModuleScope? Module { get; init; }

    /// <summary>The order in which operations were recorded.</summary>
    internal int Time { get; init; }

    /// <summary>The entry in one line.</summary>
    public override string ToString() => $"{Number}: {Kind} {Name} {Shape} {DType}";
}
