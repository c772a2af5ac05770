namespace Autograd.Tests.Golden.Operations;

/// <summary>The family indexing.</summary>
internal static class Indexing
{
    public static readonly OperationRows Rows = new()
    {
        ["narrow"] = a => a.Tensor(0).Narrow(a.Int(1, "dim"), a.IsTensor(2) ? (int)a.Tensor(2).Item() : a.Int(2, "start"), a.Int(3, "length")),
        ["slice"] = Slice,
        ["getitem"] = a => a.Tensor(0)[a.Value(1) is GoldenTuple tuple ? Array.ConvertAll(tuple.Entries, Entry) : [Entry(a.Value(1))]],
        ["index_select"] = a => a.Tensor(0).IndexSelect(a.Int(1, "dim"), a.Tensor(2, "index")),
        ["gather"] = a => a.Without(3, "sparse_grad").Tensor(0).Gather(a.Int(1, "dim"), a.Tensor(2, "index")),
        ["scatter"] = a => a.Has(4, "reduce") ? ScatterReduce(a)
            : a.IsTensor(3) ? a.Tensor(0).Scatter(a.Int(1, "dim"), a.Tensor(2, "index"), a.Tensor(3))
            : a.Tensor(0).Scatter(a.Int(1, "dim"), a.Tensor(2, "index"), a.Scalar(3)),
        ["scatter_add"] = a => a.Tensor(0).ScatterAdd(a.Int(1, "dim"), a.Tensor(2, "index"), a.Tensor(3, "src")),
        ["masked_fill"] = a => a.IsTensor(2, "value")
            ? a.Tensor(0).MaskedFill(a.Tensor(1, "mask"), a.Tensor(2, "value"))
            : a.Tensor(0).MaskedFill(a.Tensor(1, "mask"), a.Scalar(2, "value")),
        ["masked_select"] = a => a.Tensor(0).MaskedSelect(a.Tensor(1, "mask")),
        ["take_along_dim"] = a => a.Tensor(0).TakeAlongDim(a.Tensor(1, "indices"), a.IntOrNull(2, "dim")),
    };

    private static Tensor ScatterReduce(Arguments a)
    {
        var source = a.IsTensor(3) ? a.Tensor(3) : Tensor.FullLike(a.Tensor(2, "index"), a.Scalar(3), a.Tensor(0).DType);
        return a.Tensor(0).ScatterReduce(a.Int(1, "dim"), a.Tensor(2, "index"), source, a.Text(4, "reduce", string.Empty) == "add" ? ScatterReduction.Sum : ScatterReduction.Prod);
    }

    private static Results Slice(Arguments a)
    {
        var (x, dim) = (a.Tensor(0), a.Int(1, "dim", 0));
        var entries = Enumerable.Repeat(TensorIndex.All, x.Rank).ToArray();
        entries[dim < 0 ? dim + x.Rank : dim] = TensorIndex.Slice(a.IntOrNull(2, "start"), a.IntOrNull(3, "end"), a.Int(4, "step", 1));
        return x[entries];
    }

    // Lists of integers or truth values, perhaps nested, count as tensors.
    private static Tensor FromList(object?[] list) => list switch
    {
        [object?[], ..] => Tensor.Stack([.. list.Select(item => FromList((object?[])item!))]),
        [bool, ..] => Tensor.From([.. list.Select(item => (bool)item!)]),
        _ => Tensor.From([.. list.Select(item => (long)item!)]),
    };

    private static TensorIndex Entry(object? value) => value switch
    {
        TensorIndex entry => entry,
        long number => (int)number,
        Tensor tensor => tensor,
        true => TensorIndex.NewAxis,
        object?[] list => FromList(list),
        _ => throw new NotYetSupportedException($"an index that is {value}"),
    };
}
