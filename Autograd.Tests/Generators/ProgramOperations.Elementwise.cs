namespace Autograd.Tests.Generators;

/// <content>Functions of each element, and of each pair.</content>
internal static partial class ProgramOperations
{
    private static readonly Operand Positive = Made(x => x * x + 0.2);
    private static readonly Operand Unit = Made(x => x.Tanh() * 0.9);
    private static readonly Operand AboveOne = Made(x => x * x + 1.2);

    private static IEnumerable<ProgramOperation> Functions() =>
    [
        Of(x => -x),
        Of(x => 2 - x * 0.5),
        Of(x => x.Neg() + x.To(DType.Float64)),
        Of(x => x.Abs(), Smooth.AwayFrom(0)),
        Of(x => x.Square()),
        Of(x => x.Sin()),
        Of(x => x.Cos()),
        Of(x => x.Atan()),
        Of(x => x.Asinh()),
        Of(x => x.Tanh()),
        Of(x => x.Sinc()),
        Of(x => x.Erf()),
        Of(x => x.Erfc()),
        Of(x => x.Sigmoid()),
        Of(x => x.Pow(3)),
        On(Positive, x => x.Pow(1.5)),
        On(Positive, x => x.Log()),
        On(Positive, x => x.Log2()),
        On(Positive, x => x.Log10()),
        On(Positive, x => x.Log1p()),
        On(Positive, x => x.Sqrt()),
        On(Positive, x => x.Rsqrt()),
        On(Positive, x => x.Reciprocal()),
        On(Unit, x => x.Exp()),
        On(Unit, x => x.Exp2()),
        On(Unit, x => x.Expm1()),
        On(Unit, x => x.Sinh()),
        On(Unit, x => x.Cosh()),
        On(Unit, x => x.Tan()),
        On(Unit, x => x.Asin()),
        On(Unit, x => x.Acos()),
        On(Unit, x => x.Atanh()),
        On(AboveOne, x => x.Acosh()),
        Of(x => x * x.Sign(), Smooth.AwayFrom(0)),
        Of(x => x * x.Step(), Smooth.AwayFrom(0)),
        Of(x => x + x.Round(), Smooth.AwayFromHalves),
        Of(x => x + x.Floor(), Smooth.AwayFromIntegers),
        Of(x => x - x.Ceil(), Smooth.AwayFromIntegers),
        Of(x => x + x.Trunc() * 0.5, Smooth.AwayFromIntegers),
        Of(x => x * x.Frac(), Smooth.AwayFromIntegers),
        Of(x => Tensor.Where(x.IsNaN() | x.IsInfinity() | x.IsFinite().LogicalNot(), 0, x.Sin())),
        Of(x => x.Clamp(-1, 1), Smooth.AwayFrom(-1, 1)),
    ];

    private static IEnumerable<ProgramOperation> Activations() =>
    [
        Of(x => x.Relu(), Smooth.AwayFrom(0)),
        Of(x => x.Relu6(), Smooth.AwayFrom(0, 6)),
        Of(x => x.LeakyRelu(0.2), Smooth.AwayFrom(0)),
        Of(x => x.Hardtanh(), Smooth.AwayFrom(-1, 1)),
        Of(x => x.HardSigmoid(), Smooth.AwayFrom(-3, 3)),
        Of(x => x.HardSwish(), Smooth.AwayFrom(-3, 3)),
        Of(x => x.Elu(), Smooth.AwayFrom(0)),
        Of(x => x.Celu(0.7), Smooth.AwayFrom(0)),
        Of(x => x.Selu(), Smooth.AwayFrom(0)),
        Of(x => x.Gelu()),
        Of(x => x.GeluTanh()),
        Of(x => x.Silu()),
        Of(x => x.Mish()),
        Of(x => x.Softplus()),
        Of(x => x.LogSigmoid()),
        Of(x => x.Softsign(), Smooth.AwayFrom(0)),
        Along((x, dim) => x.Glu(dim)),
        Along((x, dim) => x.Softmax(dim)),
        Along((x, dim) => x.LogSoftmax(dim)),
        General(2, _ => NoNumbers, (x, n) => x[0].Prelu(x[1].Mean().Reshape(1)), x => Smooth.IsAwayFromZero(x[0]) && x[1].ElementCount > 0),
    ];

    private static IEnumerable<ProgramOperation> Pairs() =>
    [
        OfTwo((a, b) => a + b),
        OfTwo((a, b) => a - b),
        OfTwo((a, b) => a * b),
        OfTwo((a, b) => a / (b * b + 1)),
        OfTwo((a, b) => a.Add(b.Mul(a)).Sub(b).Div(b.Square() + 1)),
        OfTwo((a, b) => (a * a + 0.5).Pow(b.Tanh())),
        OfTwo((a, b) => a.Sigmoid().Atan2(b.Tanh().Exp())),
        OfTwo((a, b) => (a * a + 0.1).Hypot(b)),
        OfTwo((a, b) => a.LogAddExp(b)),
        OfTwo((a, b) => a.Xlogy(b * b + 0.2)),
        OfTwo((a, b) => a.Lerp(b, 0.3)),
        OfTwo((a, b) => a.AddCMul(a, b, 0.5)),
        OfTwo((a, b) => a.AddCDiv(a, b * b + 1, 0.5)),
        OfTwo((a, b) => a.Maximum(b), Smooth.Apart),
        OfTwo((a, b) => a.Minimum(b), Smooth.Apart),
        OfTwo((a, b) => a.Clamp(b - 1, b + 1), (a, b) => Smooth.Apart(a, b - 1) && Smooth.Apart(a, b + 1)),
        OfTwo((a, b) => a.Fmod(b * b + 1), (a, b) => Smooth.AwayFromIntegers(a / (b * b + 1))),
        OfTwo((a, b) => a.Remainder(b * b + 1), (a, b) => Smooth.AwayFromIntegers(a / (b * b + 1))),
        OfTwo((a, b) => a + a.FloorDivide(b * b + 1), (a, b) => Smooth.AwayFromIntegers(a / (b * b + 1))),
        OfTwo((a, b) => Tensor.Where(a.Lt(b) | a.Gt(b + 1), a, b), (a, b) => Smooth.Apart(a, b) && Smooth.Apart(a, b + 1)),
        OfTwo((a, b) => Tensor.Where(a.Le(b).LogicalAnd(a.Ge(0.5)), a * b, b), (a, b) => Smooth.Apart(a, b) && Smooth.AwayFrom(0.5)(a)),
        OfTwo((a, b) => Tensor.Where(a.Eq(b).LogicalXor((a > 0).LogicalOr(b.Ne(b))), a, b.Sin()), (a, b) => Smooth.Apart(a, b) && Smooth.IsAwayFromZero(a)),
        General(3, shapes => Broadcasts(shapes) ? NoNumbers : null, (x, n) => Tensor.Where(x[0] > 0, x[1], x[2]), x => Smooth.IsAwayFromZero(x[0])),
    ];
}
