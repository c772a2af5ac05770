namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>One elementary function of <c>count</c> elements: x in ±4, and in 4.5 ± 4 for logarithms and powers; exponents in ±2.</summary>
internal sealed class FunctionWorkload : DifferentiatedWorkload
{
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Functions = new(StringComparer.Ordinal)
    {
        ["exp"] = (x, _) => x.Exp(),
        ["expm1"] = (x, _) => x.Expm1(),
        ["log"] = (x, _) => x.Log(),
        ["log1p"] = (x, _) => x.Log1p(),
        ["sin"] = (x, _) => x.Sin(),
        ["cos"] = (x, _) => x.Cos(),
        ["tanh"] = (x, _) => x.Tanh(),
        ["sigmoid"] = (x, _) => x.Sigmoid(),
        ["softplus"] = (x, _) => x.Softplus(),
        ["erf"] = (x, _) => x.Erf(),
        ["pow"] = (x, exponent) => x.Pow(exponent),
    };

    private readonly int count;
    private readonly string function;
    private Tensor x = null!;
    private Tensor exponent = null!;

    public FunctionWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        count = parameters.Size("count");
        function = parameters.Choice("function", [.. Functions.Keys], "exp");
    }

    public override Cost Cost
    {
        get
        {
            var (passes, isPower) = (Backward ? 2 : 1, function == "pow" ? 1 : 0);
            return new((double)passes * (1 + isPower) * Cost.Transcendental * count, Bytes((double)passes * (2 + isPower) * count));
        }
    }

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        x = Leaf([count], phase: 1, scale: 4, offset: function is "log" or "log1p" or "pow" ? 4.5 : 0);
        exponent = Inputs.Numbers([count], DType, phase: 2, scale: 2);
        return [("x", x)];
    }

    protected override Tensor Formula() => Functions[function](x, exponent);
}
