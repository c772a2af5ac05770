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
        ["max/dim"] = a => Extreme(a, a.Tensor(0).ArgMax(a.Int(1, "dim"), keepDim: true)),
        ["min/dim"] = a => Extreme(a, a.Tensor(0).ArgMin(a.Int(1, "dim"), keepDim: true)),
        ["max/all"] = a => a.Tensor(0).Amax(),
        ["min/all"] = a => a.Tensor(0).Amin(),
        ["argmax"] = a => a.IntOrNull(1, "dim") is { } dim ? a.Tensor(0).ArgMax(dim, Keep(a)) : a.Tensor(0).ArgMax(),
        ["argmin"] = a => a.IntOrNull(1, "dim") is { } dim ? a.Tensor(0).ArgMin(dim, Keep(a)) : a.Tensor(0).ArgMin(),
        ["logsumexp"] = a => a.Tensor(0).LogSumExp(a.Ints(1, "dim"), Keep(a)),
        ["all"] = a => a.Tensor(0).All(a.Ints(1, "dim"), Keep(a)),
        ["any"] = a => a.Tensor(0).Any(a.Ints(1, "dim"), Keep(a)),
    };

    private static bool Keep(Arguments a) => a.Flag(2, "keepdim");

    // var(x, unbiased) and var(x, dim, unbiased=True or correction=1, keepdim=False).
    private static int[] VarianceDims(Arguments a) => a.Value(1) is bool ? [] : a.Ints(1, "dim");

    private static double Correction(Arguments a)
        => a.Value(1) is bool unbiased ? (unbiased ? 1 : 0) : a.Has(2, "unbiased") ? (a.Flag(2, "unbiased") ? 1 : 0) : a.Number(2, "correction", 1);

    // The extreme along one dimension and its place: the gradient goes to that one place.
    private static Results Extreme(Arguments a, Tensor places)
    {
        var values = a.Tensor(0).Gather(a.Int(1, "dim"), places);
        return Keep(a) ? (values, places) : (values.Squeeze(a.Int(1, "dim")), places.Squeeze(a.Int(1, "dim")));
    }
}
