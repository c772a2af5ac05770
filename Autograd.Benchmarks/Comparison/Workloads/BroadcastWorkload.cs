namespace Autograd.Benchmarks.Comparison.Workloads;

/// <summary>An elementwise operation on two tensors whose shapes broadcast against each other.</summary>
internal sealed class BroadcastWorkload : DifferentiatedWorkload
{
    private readonly int[] left;
    private readonly int[] right;
    private readonly string operation;
    private Tensor a = null!;
    private Tensor b = null!;

    public BroadcastWorkload(WorkloadParameters parameters)
        : base(parameters)
    {
        left = parameters.Shape("left");
        right = parameters.Shape("right");
        operation = parameters.Choice("operation", ["add", "mul"], "add");
        parameters.Require(Broadcast(left, right) is not null, $"\"left\" and \"right\" must broadcast against each other, unlike [{string.Join(", ", left)}] and [{string.Join(", ", right)}]");
    }

    public override Cost Cost
    {
        get
        {
            double n = Inputs.Count(Broadcast(left, right));
            double inputs = Inputs.Count(left) + Inputs.Count(right);
            return Backward ? new((operation == "mul" ? 5 : 3) * n, Bytes((2 * n) + (2 * inputs))) : new(n, Bytes(n + inputs));
        }
    }

    protected override IEnumerable<(string Name, Tensor Value)> MakeLeaves()
    {
        (a, b) = (Leaf(left, phase: 1), Leaf(right, phase: 2));
        return [("a", a), ("b", b)];
    }

    protected override Tensor Formula() => operation == "add" ? a + b : a * b;

    private static int[]? Broadcast(int[] a, int[] b)
    {
        var sizes = new int[Math.Max(a.Length, b.Length)];
        for (var i = 1; i <= sizes.Length; i++)
        {
            var (m, n) = (i <= a.Length ? a[^i] : 1, i <= b.Length ? b[^i] : 1);
            if (m != n && m != 1 && n != 1)
            {
                return null;
            }

            sizes[^i] = m == 1 ? n : m;
        }

        return sizes;
    }
}
