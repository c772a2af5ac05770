using System.Runtime.InteropServices;

namespace Autograd.Evaluation;

/// <summary>Pending elementwise operations of one size, evaluated together: tile by tile, each operation's kernel over a tile before the next tile begins,
/// so that intermediate values never leave the cache. What is asked for is stored, and what gradient rules will read if it would be dear to compute again.</summary>
internal sealed partial class Region
{
    private const int None = int.MinValue;

    [ThreadStatic]
    private static Region? cached;

    private readonly NodeMap places = new();
    private readonly Stack<Tensor> stack = new();
    private readonly List<Instruction> code = [];
    private readonly List<RegionLeaf> leaves = [];
    private readonly Stack<int> freeRegisters = new();
    private int count;
    private bool isStale;
    private ITileSink? sink;
    private int sinkPlace;
    private int registers;
    private int registerBytes;
    private long cost;

    /// <summary>Evaluates tensors, all of one number of elements, in one pass.</summary>
    /// <param name="roots">The tensors.</param>
    /// <param name="donors">A tensor for each (or null), or none at all: one that nobody else will read again, whose memory the result may take.</param>
    public static void Evaluate(ReadOnlySpan<Tensor> roots, ReadOnlySpan<Tensor?> donors = default)
    {
        while (true)
        {
            var region = Rent();
            try
            {
                region.Collect(roots);
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

    /// <summary>Runs the chain that ends in a pending tensor and hands its values on tile by tile. They are stored only if it would be dear to compute them again.</summary>
    /// <returns>False if another thread has evaluated the tensor meanwhile; then nothing was handed on.</returns>
    public static bool TryStream(Tensor root, ITileSink sink)
    {
        var region = Rent();
        try
        {
            region.sink = sink;
            region.count = root.ElementCount;
            region.Visit(root);
            if (region.isStale || root.Pending is not { } pending || !region.places.TryGet(pending.Operation, out var place))
            {
                return false;
            }

            region.sinkPlace = place;
            CollectionsMarshal.AsSpan(region.code)[place].IsStored = pending.Cost > Fusion.StoreCost;
            region.Prepare();
            region.Run();
            return true;
        }
        finally
        {
            region.Return();
        }
    }

    /// <summary>Evaluates tensors of any sizes, those of one size in one pass.</summary>
    public static void EvaluateAll(List<Tensor> tensors)
    {
        tensors.RemoveAll(tensor => tensor.Pending is null);
        while (tensors.Count > 0)
        {
            var count = tensors[0].ElementCount;
            var group = tensors.FindAll(tensor => tensor.ElementCount == count);
            Evaluate(CollectionsMarshal.AsSpan(group));
            tensors.RemoveAll(tensor => tensor.ElementCount == count);
        }
    }

    /// <summary>Evaluates the inputs of a pending operation in one pass.</summary>
    public static void EvaluateInputs(Pending pending)
    {
        var inputs = new List<Tensor> { pending.A };
        inputs.AddRange(new[] { pending.B, pending.C }.OfType<Tensor>());
        EvaluateAll(inputs);
    }

    /// <summary>An upper bound of the operations that a chain ends with; inputs of another size are evaluated.</summary>
    public static int EstimateSize(Pending pending)
    {
        var count = pending.Operation.Shape.ElementCount;
        return 1 + SizeOf(pending.A, count)
            + (ReferenceEquals(pending.B, pending.A) ? 0 : SizeOf(pending.B, count))
            + (ReferenceEquals(pending.C, pending.A) || ReferenceEquals(pending.C, pending.B) ? 0 : SizeOf(pending.C, count));
    }

    /// <summary>The operations that a chain ends with, each counted once.</summary>
    public static int CountOperations(Pending pending)
    {
        var region = Rent();
        try
        {
            foreach (var input in (ReadOnlySpan<Tensor?>)[pending.A, pending.B, pending.C])
            {
                if (input is not null)
                {
                    region.Visit(input);
                }
            }

            return 1 + region.code.Count;
        }
        finally
        {
            region.Return();
        }
    }

    /// <summary>What a chain costs an element.</summary>
    public static int EstimateCost(Pending pending)
        => pending.Operation.Cost + (pending.A.Pending?.Cost ?? 0)
            + (ReferenceEquals(pending.B, pending.A) ? 0 : pending.B?.Pending?.Cost ?? 0)
            + (ReferenceEquals(pending.C, pending.A) || ReferenceEquals(pending.C, pending.B) ? 0 : pending.C?.Pending?.Cost ?? 0);

    private Span<Instruction> Program => CollectionsMarshal.AsSpan(code);

    private Span<RegionLeaf> Leaves => CollectionsMarshal.AsSpan(leaves);

    private static int SizeOf(Tensor? input, int count)
    {
        if (input?.Pending is not { } pending)
        {
            return 0;
        }

        if (input.ElementCount == count)
        {
            return pending.Size;
        }

        Evaluate([input]);
        return 0;
    }

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
        isStale = false;
        freeRegisters.Clear();
        sink = null;
        registers = 0;
        cost = 0;
        cached = this;
    }

    private void Collect(ReadOnlySpan<Tensor> roots)
    {
        count = roots[0].ElementCount;
        foreach (var root in roots)
        {
            Visit(root);
        }

        foreach (var root in roots)
        {
            if (root.Pending is { } pending && places.TryGet(pending.Operation, out var place) && place >= 0)
            {
                Program[place].IsStored = true;
            }
        }

        Prepare();
    }

    private void Prepare()
    {
        DecideStores();
        ChooseRows();
        AssignRegisters();
    }

    /// <summary>Puts the pending operations that <paramref name="root"/> needs into order, inputs first.</summary>
    private void Visit(Tensor root)
    {
        stack.Push(root);
        while (stack.TryPeek(out var tensor))
        {
            if (tensor.Pending is not { } pending || (places.TryGet(pending.Operation, out var place) && place >= 0))
            {
                stack.Pop();
            }
            else if (!(PushIfNew(pending.A) | PushIfNew(pending.B) | PushIfNew(pending.C)))
            {
                stack.Pop();
                places[pending.Operation] = code.Count;
                var (shape, takesNumbers) = (tensor.Shape, pending.Operation.TakesNumbers);
                code.Add(new Instruction(tensor, pending, Resolve(pending.A, shape, takesNumbers), Resolve(pending.B, shape, takesNumbers), Resolve(pending.C, shape, takesNumbers)));
            }
        }
    }

    private bool PushIfNew(Tensor? input)
    {
        if (input?.Pending is not { } pending || places.TryGet(pending.Operation, out _))
        {
            return false;
        }

        stack.Push(input);
        return true;
    }

    /// <summary>The number of the instruction that computes an input, or the complement of the number of a leaf, broadcast to the shape of the instruction that reads it
    /// (instructions of one region have one number of elements, but [6], [2, 3] and [1, 6] may meet).</summary>
    private int Resolve(Tensor? input, Shape reader, bool takesNumbers)
    {
        if (input is null)
        {
            return None;
        }

        // Another thread may have evaluated it since it was visited; then it is a leaf.
        if (input.Pending is { } pending && places.TryGet(pending.Operation, out var place))
        {
            return place;
        }

        for (var i = 0; i < leaves.Count; i++)
        {
            if (ReferenceEquals(leaves[i].Value, input) && leaves[i].Reader == reader)
            {
                Leaves[i].IsNumberToAll &= takesNumbers;
                return ~i;
            }
        }

        if (input is Snapshot snapshot && !snapshot.TryHold())
        {
            // Another thread has evaluated what reads it, and the memory is in use again: nothing of this will run.
            isStale = true;
            return None;
        }

        leaves.Add(new RegionLeaf(input, reader) { IsNumberToAll = takesNumbers });
        return ~(leaves.Count - 1);
    }

    private void DecideStores()
    {
        var instructions = Program;
        foreach (ref var instruction in instructions)
        {
            var pending = instruction.Pending;
            var (size, accumulated) = (1, pending.Operation.Cost);
            foreach (var operand in (ReadOnlySpan<int>)[instruction.A, instruction.B, instruction.C])
            {
                if (operand >= 0 && !instructions[operand].IsStored)
                {
                    size += instructions[operand].Pending.Size;
                    accumulated += instructions[operand].Pending.Cost;
                }
            }

            cost += pending.Operation.Cost;
            instruction.IsStored |= pending.IsSaved && accumulated > Fusion.StoreCost;
            (pending.Size, pending.Cost) = (size, accumulated);
        }
    }

    private void AssignRegisters()
    {
        var instructions = Program;
        var size = 1;
        foreach (ref var leaf in Leaves)
        {
            leaf.Register = leaf.IsInPlace ? -1 : registers++;
            size = Math.Max(size, leaf.Value.DType.ByteSize);
        }

        for (var i = 0; i < instructions.Length; i++)
        {
            foreach (var operand in (ReadOnlySpan<int>)[instructions[i].A, instructions[i].B, instructions[i].C])
            {
                if (operand >= 0)
                {
                    instructions[operand].LastUse = i;
                }
            }
        }

        for (var i = 0; i < instructions.Length; i++)
        {
            ref var instruction = ref instructions[i];
            size = Math.Max(size, instruction.Result.DType.ByteSize);
            if (!instruction.IsStored)
            {
                // A fresh register even where an input dies here: kernels may not run in place where the element sizes differ.
                instruction.Register = freeRegisters.TryPop(out var free) ? free : registers++;
            }

            foreach (var operand in (ReadOnlySpan<int>)[instruction.A, instruction.B, instruction.C])
            {
                if (operand >= 0 && instructions[operand] is { IsStored: false } dying && dying.LastUse == i && !freeRegisters.Contains(dying.Register))
                {
                    freeRegisters.Push(dying.Register);
                }
            }
        }

        ChooseTileLength();
        registerBytes = size * Scratch.TileLength;
    }

    private struct Instruction(Tensor result, Pending pending, int a, int b, int c)
    {
        public readonly Tensor Result = result;
        public readonly Pending Pending = pending;
        public readonly int A = a;
        public readonly int B = b;
        public readonly int C = c;
        public bool IsStored;
        public int Register;
        public int LastUse = -1;
        public Tensor? Buffer;
    }
}
