namespace Autograd.Tests.GradientChecking;

/// <summary>A gradient rule with a deliberate mistake.</summary>
/// <param name="Name">The mistake.</param>
/// <param name="Apply">The operation.</param>
internal sealed record WrongRule(string Name, Func<Tensor, Tensor> Apply)
{
    /// <summary>The lowest order at which the mistake shows.</summary>
    public int Order { get; init; } = 1;

    /// <summary>Where to look for it: a square matrix, unless the mistake shows elsewhere only.</summary>
    public Tensor Point { get; init; } = Tensor.From([0.3, -1.2, 2, 0.7, -0.4, 1.1, 0.9, -0.6, 1.6], [3, 3]);

    public override string ToString() => Name;
}

/// <summary>The catalogue: what people get wrong in gradient rules.</summary>
internal static partial class WrongRules
{
    private static readonly Tensor Ties = Tensor.From([0.3, 0.3, -0.4, 0.7, 0.7, 0.7, -1, 0.2, 0.2], [3, 3]);

    public static IEnumerable<WrongRule> All => [.. Elementwise, .. Reductions, .. Arrangements, .. Binary, .. Histories, .. SecondOrder];

    private static WrongRule[] Elementwise =>
    [
        Unary("sign", x => x.Cos(), (x, _, g) => g * x.Sin()),
        Unary("factor of 2", x => x * x, (x, _, g) => g * x),
        Unary("factor of 1.001", x => x.Sin(), (x, _, g) => g * x.Cos() * 1.001),
        Unary("product rule forgotten", x => x * x.Sin(), (x, _, g) => g * x * x.Cos()),
        Unary("chain rule forgotten", x => (x * 3).Sin(), (x, _, g) => g * (x * 3).Cos()),
        Unary("exponent", x => x * x * x, (x, _, g) => g * 3 * x),
        Unary("square forgotten", x => x.Tanh(), (_, y, g) => g * (1 - y)),
        Unary("complement forgotten", x => x.Sigmoid(), (_, y, g) => g * y),
        Unary("input for output", x => x.Exp(), (x, _, g) => g * x),
        Unary("derivative of an approximation", x => x.Gelu(), (x, _, g) => g * ((x * 1.702).Sigmoid() + (x * 1.702 * (x * 1.702).Sigmoid() * (1 - (x * 1.702).Sigmoid())))),
        Unary("step for a smooth step", x => x.Softplus(), (x, _, g) => g * (x > 0).To(DType.Float64)),
        Unary("absolute value without sign", x => x.Abs(), (_, _, g) => g),
        Unary("offset of 1e-3", x => x.Sin(), (x, _, g) => (g * x.Cos()) + 1e-3),
        Unary("gradient ignored", x => x * x, (x, _, _) => x * 2),
        Unary("gradient squared", x => x.Sin(), (x, _, g) => g * g * x.Cos()),
        Unary("one element wrong", x => x.Sin(), (x, _, g) => (g * x.Cos()).With([1, 2], 0)),
        Unary("one element not a number", x => x.Sin(), (x, _, g) => (g * x.Cos()).With([2, 0], double.NaN)),
        Unary("no gradient", x => x.Sin(), (_, _, g) => g * 0),
        Unary("threshold", x => x.LeakyRelu(0.1), (x, _, g) => g * Tensor.Where(x > 1, 1, Tensor.Full(x.Shape, 0.1, DType.Float64))),
    ];

    private static WrongRule[] Reductions =>
    [
        Unary("mean for sum", x => x.Sum(0), (x, _, g) => (g / 3).Expand(x.Shape)),
        Unary("sum for mean", x => x.Mean(1, keepDim: true), (x, _, g) => g.Expand(x.Shape)),
        Unary("square of the norm", x => x.Norm(2, 1, keepDim: true), (x, _, g) => g * 2 * x),
        Unary("diagonal of the Jacobian only", x => x.Softmax(1), (_, y, g) => g * y * (1 - y)),
        Unary("sum of the gradients forgotten", x => x.LogSoftmax(1), (_, y, g) => g - y.Exp()),
        Unary("correction", x => x.Var(1, keepDim: true), (x, _, g) => g * 2 * (x - x.Mean(1, keepDim: true)) / 3),
        Unary("mean taken for a constant", x => x - x.Mean(1, keepDim: true), (_, _, g) => g),
        Unary("all of the equal greatest", x => x.Amax(1, keepDim: true), (x, y, g) => g * x.Eq(y).To(DType.Float64)) with { Point = Ties },
    ];

    private static WrongRule[] Arrangements =>
    [
        Unary("not transposed back", x => x.T, (_, _, g) => g),
        Unary("not flipped back", x => x.Flip(1), (_, _, g) => g),
        Unary("rolled on", x => x.Roll(1, 0), (_, _, g) => g.Roll(1, 0)),
        Unary("running sum not reversed", x => x.CumSum(1), (_, _, g) => g.CumSum(1)),
        Unary("halves exchanged", x => Tensor.Concatenate([x[1..], x[..1]]), (_, _, g) => Tensor.Concatenate([g[1..], g[..1]])),
        Unary("overwritten instead of added", x => x.IndexSelect(0, Tensor.From([0L, 2, 0, 2], [4])), (x, _, g) => Tensor.ZerosLike(x).With([Tensor.From([0L, 2, 0, 2], [4])], g)),
    ];

    private static WrongRule[] Binary =>
    [
        Pair("operands exchanged", (a, b) => a * b, (a, b, g) => (g * a, g * b)),
        Pair("operand not transposed", (a, b) => a.MatMul(b), (a, b, g) => (g.MatMul(b), a.T.MatMul(g))),
        Pair("factors of the product in the wrong order", (a, b) => a.MatMul(b), (a, b, g) => (g.MatMul(b.T), g.MatMul(a.T))),
        Pair("square of the denominator forgotten", (a, b) => a / (b + 3), (a, b, g) => (g / (b + 3), -g * a / (b + 3))),
        Pair("gradient of one input forgotten", (a, b) => a - b, (_, _, g) => (g, null)),
        Pair("broadcast not summed", (a, b) => a + b[0], (_, b, g) => (g, Tensor.ZerosLike(b).With([0], g[0]))),
        Pair("mean over the broadcast", (a, b) => a * b[0], (a, b, g) => (g * b[0], Tensor.ZerosLike(b).With([0], (g * a).Mean(0)))),
        Pair("both of two equal ones", (a, b) => a.Maximum(b), (a, b, g) => (g * (a >= b).To(DType.Float64), g * (b >= a).To(DType.Float64)), x => x + 0) with { Point = Ties },
    ];

    private static WrongRule Unary(string name, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor> vjp)
        => new(name, Differentiate.CustomGradient(forward, vjp, name));

    private static WrongRule Pair(string name, Func<Tensor, Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, (Tensor?, Tensor?)> vjp, Func<Tensor, Tensor>? second = null)
    {
        var rule = Differentiate.CustomGradient(
            inputs => forward(inputs[0], inputs[1]),
            (inputs, _, grad) => vjp(inputs[0], inputs[1], grad) is var (a, b) ? [a, b] : [],
            name);
        return new(name, x => rule([x, (second ?? (t => t.Cos()))(x)]));
    }
}
