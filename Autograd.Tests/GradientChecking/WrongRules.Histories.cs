namespace Autograd.Tests.GradientChecking;

/// <content>Rules that depend on what happened before, and rules that are wrong in the second order only.</content>
internal static partial class WrongRules
{
    private static WrongRule[] Histories
    {
        get
        {
            var last = Tensor.Zeros([3, 3], DType.Float64);
            var stale = Differentiate.CustomGradient(
                x =>
                {
                    last = x.Detach();
                    return x * x;
                },
                (_, _, g) => g * 2 * last,
                "value of the last call");
            var first = default(Tensor);
            var cached = Differentiate.CustomGradient(x => x.Exp(), (_, y, g) => g * (first ??= y.Detach()), "value of the first call");
            return
            [
                new("value of the last call", x => stale(x) + stale(x * 0.5)),
                new("value of the first call", x => cached(x) + cached(x * 0.5)),
            ];
        }
    }

    private static WrongRule[] SecondOrder =>
    [
        Unary("output taken for a constant", x => x.Exp(), (_, y, g) => g * y.Detach()) with { Order = 2 },
        Unary("input taken for a constant", x => x * x, (x, _, g) => g * 2 * x.Detach()) with { Order = 2 },
        Unary("gradient taken for a constant", x => x.Sin(), (x, _, g) => g.Detach() * x.Cos()) with { Order = 2 },
        Unary("rule by numbers", x => x.Sin(), (x, _, g) => g * Tensor.From(Array.ConvertAll(x.ToArray<double>(), Math.Cos), [3, 3])) with { Order = 2 },
        Unary(
            "rule with a wrong rule",
            x => x.Tanh(),
            (x, _, g) => g * Differentiate.CustomGradient(t => 1 - (t.Tanh() * t.Tanh()), (t, _, h) => h * t.Tanh(), "inner")(x)) with { Order = 2 },
    ];
}
