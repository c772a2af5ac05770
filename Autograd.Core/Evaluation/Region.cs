using System.Runtime.InteropServices;

namespace Autograd.Evaluation;

/// <summary>Pending operations over the same elements, evaluated together: tile by tile, each operation's kernel over a tile before the next tile begins,
/// so that intermediate values never leave the cache. What is asked for is stored, and what gradient rules will read if it would be dear to compute again.</summary>
/// <remarks>There are values of two kinds: one to the element, and one to the row of elements where rows are reduced. Then a tile is made of whole rows.</remarks>
internal sealed partial class Region
{
    [ThreadStatic]
    private static Region? cached;

    private readonly NodeMap places = new();
    private readonly Stack<Tensor> stack = new();
    private readonly List<Instruction> code = [];
    private readonly List<RegionLeaf> leaves = [];
    private readonly RegionForm form = new();
    private RegionPlan plan = null!;
    private int count;
    private bool isStale;
    private readonly List<Tensor> collecting = [];
    private readonly List<(Tensor Result, Pending Pending)> reductions = [];
    private TileCut cut;
    private long cost;

    /// <summary>Evaluates tensors in one pass: over one number of elements, in rows of one length if rows are reduced.</summary>
    /// <param name="roots">The tensors.</param>
    /// <param name="donors">A tensor for each (or null), or none at all: one that nobody else will read again, whose memory the result may take.</param>
    public static void Evaluate(ReadOnlySpan<Tensor> roots, ReadOnlySpan<Tensor?> donors = default)
    {
        while (true)
        {
            var region = Rent();
            try
            {
                region.Collect(roots, isAlone: !donors.IsEmpty);
                if (!region.isStale)
                {
                    region.Donate(roots, donors);
                    region.Run();
                    return;
                }
            }
            finally
            {
                region.Return();
            }
        }
    }

    /// <summary>Evaluates tensors of any sizes, as many in one pass as can be.</summary>
    public static void EvaluateAll(List<Tensor> tensors)
    {
        while (tensors.Find(tensor => tensor.Pending is not null)?.Pending is { } first)
        {
            var (rowLength, cut) = (first.RowLength, first.Cut);
            var group = new List<Tensor>();
            foreach (var tensor in tensors)
            {
                if (tensor.Pending is { } pending && pending.CanJoin(first.Count, rowLength, cut))
                {
                    rowLength = Math.Max(rowLength, pending.RowLength);
                    cut = cut.Together > 0 ? cut : pending.Cut;
                    group.Add(tensor);
                }
            }

            Evaluate(CollectionsMarshal.AsSpan(group));
        }
    }

    private Span<Instruction> Program => CollectionsMarshal.AsSpan(code);

    private Span<RegionLeaf> Leaves => CollectionsMarshal.AsSpan(leaves);

    private static Region Rent()
    {
        var region = cached ?? new Region();
        cached = null;
        return region;
    }

    private void Return()
    {
        foreach (ref readonly var leaf in Leaves)
        {
            Tensor.LetGo(leaf.Value);
        }

        places.Clear();
        stack.Clear();
        code.Clear();
        leaves.Clear();
        (isStale, reducedLength) = (false, 0);
        form.Clear();
        collecting.Clear();
        (cut, cost) = (default, 0);
        cached = this;
    }

    private struct Instruction(Tensor result, Pending pending, int a, int b, int c)
    {
        public readonly Tensor Result = result;
        public readonly Pending Pending = pending;
        public readonly int A = a;
        public readonly int B = b;
        public readonly int C = c;
        public bool IsPerRow = pending.IsPerRow;
        public readonly bool ReducesRows = pending.Operation.RowLength > 0;
        public bool IsStored;
        public Tensor? Buffer;
        public ITileSink? Sink;
    }
}
