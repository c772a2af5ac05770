using System.Runtime.InteropServices;

namespace Autograd.Evaluation;

/// <summary>An operation of a region, as far as the way to evaluate it depends on it.</summary>
/// <param name="Lanes">Its function of vectors; null if it has none.</param>
/// <param name="LaneType">The element type of those vectors.</param>
/// <param name="Type">The element type of the result.</param>
/// <param name="Cost">What an element costs, in additions.</param>
/// <param name="A">The number of the operation that yields the first operand, the complement of the number of a leaf, or <see cref="RegionForm.None"/>.</param>
/// <param name="B">The second operand.</param>
/// <param name="C">The third operand.</param>
/// <param name="IsStored">Whether the result gets memory of its own.</param>
/// <param name="IsPerRow">Whether there is one result to the row.</param>
/// <param name="Fold">How it folds the vectors of a row; null if it does not reduce rows.</param>
/// <param name="Collects">Whether its results are complete only at the end of the pass.</param>
internal readonly record struct FormInstruction(LaneMethod? Lanes, DType LaneType, DType Type, int Cost, int A, int B, int C, bool IsStored, bool IsPerRow, FoldMethod? Fold, bool Collects)
{
    // Functions and types imply the cost.
    public bool Equals(FormInstruction other)
        => ReferenceEquals(Lanes, other.Lanes) && ReferenceEquals(Fold, other.Fold) && A == other.A && B == other.B && C == other.C && IsStored == other.IsStored && IsPerRow == other.IsPerRow && Collects == other.Collects && Type == other.Type && LaneType == other.LaneType;

    public override int GetHashCode() => HashCode.Combine(Lanes, A, B, C);
}

/// <summary>How the elements of a leaf lie.</summary>
internal enum LeafAccess : byte
{
    /// <summary>In a way that must be gathered into a register.</summary>
    Gathered,

    /// <summary>As the results do.</summary>
    InPlace,

    /// <summary>One number for all.</summary>
    Number,

    /// <summary>In rows, and after some of them from the beginning again.</summary>
    Row,

    /// <summary>One for each row, or for some rows.</summary>
    PerRow,
}

/// <summary>A leaf, as far as the way to evaluate a region depends on it.</summary>
/// <param name="Access">How its elements lie.</param>
/// <param name="Type">Their type.</param>
/// <param name="IsNumberToAll">Whether all kernels that read it take a number for a run.</param>
/// <param name="IsPerRow">Whether those read it that compute one value to the row.</param>
internal readonly record struct FormLeaf(LeafAccess Access, DType Type, bool IsNumberToAll, bool IsPerRow);

/// <summary>The form of a region: which operations it has, how they hang together and which are stored, but not on what. Regions of one form are evaluated alike.</summary>
internal sealed class RegionForm : IEquatable<RegionForm>
{
    /// <summary>No operand.</summary>
    public const int None = int.MinValue;

    public List<FormInstruction> Code { get; private init; } = [];

    public List<FormLeaf> Leaves { get; private init; } = [];

    /// <summary>Whether the rows in which leaves repeat are so long that tiles lie within them.</summary>
    public bool AreRowsLong { get; set; }

    /// <summary>Whether rows are made of whole vectors, and every row has the same operands or the next: then a loop may go from row to row.</summary>
    public bool AreRowsWhole { get; set; }

    /// <summary>The number of vectors side by side into which a compiled loop folds a row: 1 for few vectors, else <see cref="FoldMethod.Width"/>, and 0 if it cannot.</summary>
    public int FoldWidth { get; set; }

    /// <summary>Whether a register can hold a row.</summary>
    public bool DoRowsFit { get; set; }

    /// <summary>Whether there are values of which there is one to the row: then tiles are made of whole rows.</summary>
    public bool HasValuesOfRows => Code.Exists(instruction => instruction.IsPerRow);

    public RegionForm Copy() => new() { Code = [.. Code], Leaves = [.. Leaves], AreRowsLong = AreRowsLong, AreRowsWhole = AreRowsWhole, DoRowsFit = DoRowsFit, FoldWidth = FoldWidth };

    public void Clear()
    {
        Code.Clear();
        Leaves.Clear();
    }

    public bool Equals(RegionForm? other)
        => other is not null && AreRowsLong == other.AreRowsLong && AreRowsWhole == other.AreRowsWhole && DoRowsFit == other.DoRowsFit && FoldWidth == other.FoldWidth
            && CollectionsMarshal.AsSpan(Code).SequenceEqual(CollectionsMarshal.AsSpan(other.Code))
            && CollectionsMarshal.AsSpan(Leaves).SequenceEqual(CollectionsMarshal.AsSpan(other.Leaves));

    public override bool Equals(object? obj) => Equals(obj as RegionForm);

    public override int GetHashCode()
    {
        var hash = 0u;
        foreach (ref readonly var instruction in CollectionsMarshal.AsSpan(Code))
        {
            var (lanes, places) = ((uint)(instruction.Lanes?.Number ?? 0), (uint)((instruction.A * 31) + instruction.B));
            hash = BitOperations.RotateLeft((hash ^ lanes) * 0x9E3779B1, 13) ^ (places * 0x85EBCA6B) ^ (instruction.IsStored ? 1u : 0);
        }

        foreach (ref readonly var leaf in CollectionsMarshal.AsSpan(Leaves))
        {
            hash = (hash * 5) + (uint)leaf.Access;
        }

        return (int)hash;
    }
}
