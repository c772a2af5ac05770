namespace Autograd.Tests.Golden.Operations;

/// <summary>The family shape.</summary>
internal static class Shapes
{
    public static readonly OperationRows Rows = new()
    {
        ["reshape"] = a => a.Tensor(0).Reshape(a.Ints(1, "shape")),
        ["view"] = a => a.Tensor(0).Reshape(a.Ints(1, "shape")),
        ["flatten"] = a => a.Tensor(0).Flatten(a.Int(1, "start_dim", 0), a.Int(2, "end_dim", -1)),
        ["squeeze"] = a => a.Has(1, "dim") ? a.Tensor(0).Squeeze(a.Ints(1, "dim")) : a.Tensor(0).Squeeze(),
        ["unsqueeze"] = a => a.Tensor(0).Unsqueeze(a.Int(1, "dim")),
        ["transpose"] = a => a.Tensor(0).Transpose(a.Int(1, "dim0"), a.Int(2, "dim1")),
        ["permute"] = a => a.Tensor(0).Permute(a.Ints(1, "dims")),
        ["expand"] = a => a.Tensor(0).Expand(a.Ints(1, "sizes")),
        ["repeat"] = a => a.Tensor(0).Repeat(a.Ints(1, "repeats")),
        ["tile"] = a => a.Tensor(0).Tile(a.Ints(1, "dims")),

        // No dimensions: PyTorch flips none, the library all.
        ["flip"] = a => a.Ints(1, "dims") is { Length: > 0 } dims ? a.Tensor(0).Flip(dims) : a.Tensor(0),
        ["roll"] = Roll,
        ["cat"] = a => Tensor.Concatenate(a.Tensors(0), a.Int(1, "dim", 0)),
        ["stack"] = a => Tensor.Stack(a.Tensors(0), a.Int(1, "dim", 0)),
        ["split"] = a => a.Value(1) is long
            ? a.Tensor(0).Split(a.Int(1), a.Int(2, "dim", 0))
            : a.Tensor(0).Split(a.Ints(1), a.Int(2, "dim", 0)),
        ["chunk"] = a => a.Tensor(0).Chunk(a.Int(1, "chunks"), a.Int(2, "dim", 0)),
        ["unbind"] = a => a.Tensor(0).Unbind(a.Int(1, "dim", 0)),
        ["tril"] = a => a.Tensor(0).Tril(a.Int(1, "diagonal", 0)),
        ["triu"] = a => a.Tensor(0).Triu(a.Int(1, "diagonal", 0)),
        ["diagonal"] = a => a.Tensor(0).Diagonal(a.Int(1, "offset", 0), a.Int(2, "dim1", 0), a.Int(3, "dim2", 1)),
        ["diag"] = a => a.Tensor(0).Diag(a.Int(1, "diagonal", 0)),
        ["pad/constant"] = a => a.Without(2, "mode").Has(3, "value") ? a.Tensor(0).Pad(a.Ints(1, "pad"), a.Scalar(3, "value")) : a.Tensor(0).Pad(a.Ints(1, "pad")),
        ["pad/reflect"] = a => a.Without(2, "mode").Tensor(0).Pad(a.Ints(1, "pad"), PaddingMode.Reflect),
        ["pad/replicate"] = a => a.Without(2, "mode").Tensor(0).Pad(a.Ints(1, "pad"), PaddingMode.Replicate),
        ["pad/circular"] = a => a.Without(2, "mode").Tensor(0).Pad(a.Ints(1, "pad"), PaddingMode.Circular),
        ["meshgrid"] = a => Tensor.Meshgrid([.. Enumerable.Range(0, a.Count).Select(i => a.Tensor(i))], Indexing(a)),
    };

    private static Results Roll(Arguments a)
        => a.Has(2, "dims") && a.Ints(2, "dims").Length > 0 ? a.Tensor(0).Roll(a.Ints(1, "shifts"), a.Ints(2, "dims")) : a.Tensor(0).Roll(a.Int(1, "shifts"));

    private static GridIndexing Indexing(Arguments a) => a.Text(int.MaxValue, "indexing", "ij") == "xy" ? GridIndexing.XY : GridIndexing.IJ;
}
