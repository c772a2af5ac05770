namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>y = x a + b … of <c>length</c> operations on <c>count</c> elements, multiplications and additions in turn, with tensors or numbers;
/// the last operation may be an elementary function.</summary>
internal sealed class ChainWorkload : DifferentiatedWorkload
{
    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new(StringComparer.Ordinal)
    {
        ["none"] = x => x,
        ["exp"] = x => x.Exp(),
        ["log"] = x => x.Log(),
        ["sin"] = x => x.Sin(),
        ["tanh"] = x => x.Tanh(),
        ["sigmoid"] = x => x.Sigmoid(),
        ["erf"] = x => x.Erf(),
    };

    private const double Factor = 0.99;
    private const double Term = 0.01;

    private readonly int count;
    private readonly int length;
    private readonly bool numbers;
    private readonly string function;
    private Tensor x = null!;
    private Tensor factor = null!;
    private Tensor term = null!;

    public ChainWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        count = parameters.Size("count");
        length = parameters.Size("length");
        function = parameters.Choice("function", [.. Functions.Keys], "none");
        numbers = parameters.Choice("operands", ["tensor", "number"], "tensor") == "number";
    }

    public override Cost Cost
    {
        get
        {
            var arithmetic = function == "none" ? length : length - 1;
            var flops = arithmetic + (function == "none" ? 0 : Cost.Transcendental);
            var arrays = 2 + (numbers ? 0 : Math.Min(arithmetic, 2)) + (Backward ? 2 : 0);
            return new((Backward ? 2 : 1) * flops * count, Bytes((double)arrays * count));
        }
    }

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        x = Leaf([count], phase: 1, scale: 0.5, offset: 1);
        factor = Inputs.Numbers([count], DType, phase: 2, scale: 0.01, offset: Factor);
        term = Inputs.Numbers([count], DType, phase: 3, scale: 0.01, offset: Term);
        return [("x", x)];
    }

    protected override Tensor Formula()
    {
        var arithmetic = function == "none" ? length : length - 1;
        var y = x;
        for (var i = 0; i < arithmetic; i++)
        {
            y = numbers
                ? (i % 2 == 0 ? y * Factor : y + Term)
                : i % 2 == 0 ? y * factor : y + term;
        }

        return Functions[function](y);
    }
}
