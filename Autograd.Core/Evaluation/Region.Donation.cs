namespace Autograd.Evaluation;

/// <content>Results that take the memory of an operand.</content>
internal sealed partial class Region
{
    /// <summary>Lets results be written over operands that nobody reads after this pass, and no operation of it later than the result is computed. Where rows are gone over several times, that cannot be said.</summary>
    private void Donate(ReadOnlySpan<Tensor> roots, ReadOnlySpan<Tensor?> donors)
    {
        for (var i = 0; i < donors.Length; i++)
        {
            if (roots[i].Pending is { } pending && places.TryGet(pending.Operation, out var place) && place >= 0 && donors[i] is { } donor && TryTake(donor, roots[i].DType, place))
            {
                Program[place].Buffer = donor;
            }
        }
    }

    private bool TryTake(Tensor donor, DType dtype, int place)
    {
        var leaf = leaves.Count - 1;
        while (leaf >= 0 && !ReferenceEquals(Leaves[leaf].Value, donor))
        {
            leaf--;
        }

        if (leaf < 0 || HasValuesOfRows || Leaves[leaf].Kind != RegionLeafKind.Direct || donor.Offset != 0 || donor.DType != dtype || donor.Owner is Storage { HasEscaped: true })
        {
            return false;
        }

        var program = Program;
        var reads = 0;
        for (var i = 0; i < program.Length; i++)
        {
            ref readonly var instruction = ref program[i];
            var here = (instruction.A == ~leaf ? 1 : 0) + (instruction.B == ~leaf ? 1 : 0) + (instruction.C == ~leaf ? 1 : 0);
            if (here > 0 && i > place)
            {
                return false;
            }

            reads += here;
        }

        // Its readers are the pending operations of this region, which are about to run, and the region itself.
        return donor is not Snapshot snapshot || snapshot.TryRetire(reads + 1);
    }
}
