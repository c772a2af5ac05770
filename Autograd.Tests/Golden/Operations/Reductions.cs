namespace Autograd.Tests.Golden.Operations;

/// <summary>The family reductions.</summary>
internal static class Reductions
{
    public static readonly OperationRows Rows = new()
    {
        ["sum"] = a => a.Tensor(0).Sum(a.Ints(1, "dim"), Keep(a)),
        ["mean"] = a => a.Tensor(0).Mean(a.Ints(1, "dim"), Keep(a)),
        ["prod"] = a => a.IntOrNull(1, "dim") is { } dim ? a.Tensor(0).Prod(dim, Keep(a)) : a.Tensor(0).Prod(),
        ["var"] = a => a.Tensor(0).Var(VarianceDims(a), Correction(a), a.Flag(3, "keepdim")),
        ["std"] = a => a.Tensor(0).Std(VarianceDims(a), Correction(a), a.Flag(3, "keepdim")),
        ["amax"] = a => a.Tensor(0).Amax(a.Ints(1, "dim"), Keep(a)),
        ["amin"] = a => a.Tensor(0).Amin(a.Ints(1, "dim"), Keep(a)),
        ["max/dim"] = a => a.Tensor(0).Max(a.Int(1, "dim"), Keep(a)),
        ["min/dim"] = a => a.Tensor(0).Min(a.Int(1, "dim"), Keep(a)),
        ["max/all"] = a => a.Tensor(0).Max(),
        ["min/all"] = a => a.Tensor(0).Min(),
        ["argmax"] = a => a.IntOrNull(1, "dim") is { } dim ? a.Tensor(0).ArgMax(dim, Keep(a)) : a.Tensor(0).ArgMax(),
        ["argmin"] = a => a.IntOrNull(1, "dim") is { } dim ? a.Tensor(0).ArgMin(dim, Keep(a)) : a.Tensor(0).ArgMin(),
        ["logsumexp"] = a => a.Tensor(0).LogSumExp(a.Ints(1, "dim"), Keep(a)),
        ["all"] = a => a.Tensor(0).All(a.Ints(1, "dim"), Keep(a)),
        ["any"] = a => a.Tensor(0).Any(a.Ints(1, "dim"), Keep(a)),
        ["norm"] = Norm,
        ["cumsum"] = a => a.Tensor(0).CumSum(a.Int(1, "dim")),
        ["cumprod"] = a => a.Tensor(0).CumProd(a.Int(1, "dim")),
        ["cummax"] = a => a.Tensor(0).CumMax(a.Int(1, "dim")),
        ["logcumsumexp"] = a => a.Tensor(0).LogCumSumExp(a.Int(1, "dim")),
        ["median"] = a => a.IntOrNull(1, "dim") is { } dim ? a.Tensor(0).Median(dim, Keep(a)) : a.Tensor(0).Median(),
        ["sort"] = a => a.Without(3, "stable").Tensor(0).Sort(a.Int(1, "dim", -1), a.Flag(2, "descending")),
        ["topk"] = a => a.Without(4, "sorted").Tensor(0).TopK(a.Int(1, "k"), a.Int(2, "dim", -1), a.Flag(3, "largest", true)),
        ["kthvalue"] = a => a.Tensor(0).KthValue(a.Int(1, "k"), a.Int(2, "dim", -1), a.Flag(3, "keepdim")),
    };

    // The Frobenius norm is the length of all elements; the nuclear norm is one of matrices.
    private static Results Norm(Arguments a)
        => a.Value(1, "p") is "nuc"
            ? Linalg.MatrixNorm(a.Tensor(0), "nuc", a.Has(2, "dim") ? a.Ints(2, "dim")[0] : -2, a.Has(2, "dim") ? a.Ints(2, "dim")[1] : -1, a.Flag(3, "keepdim"))
            : a.Tensor(0).Norm(a.Value(1, "p") is string or null ? 2 : a.Number(1, "p"), a.Ints(2, "dim"), a.Flag(3, "keepdim"));

    private static bool Keep(Arguments a) => a.Flag(2, "keepdim");

    // var(x, unbiased) and var(x, dim, unbiased=True or correction=1, keepdim=False).
    private static int[] VarianceDims(Arguments a) => a.Value(1) is bool ? [] : a.Ints(1, "dim");

    private static double Correction(Arguments a)
        => a.Value(1) is bool unbiased ? (unbiased ? 1 : 0) : a.Has(2, "unbiased") ? (a.Flag(2, "unbiased") ? 1 : 0) : a.Number(2, "correction", 1);
}
