namespace Autograd.Evaluation;

/// <summary>The passes that a loop makes over a row before it goes on to the next: what depends on a reduction of the row has to wait for the pass that computes it.</summary>
internal sealed class LoopPhases
{
    /// <summary>What a value may cost to be computed again in a later pass instead of being kept in memory.</summary>
    private const int KeepCost = 2;

    private readonly RegionForm form;
    private readonly int first;
    private readonly int end;
    private readonly int[] phases;
    private readonly bool[] isKept;

    /// <param name="form">The form.</param>
    /// <param name="first">The first operation of the loop.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="results">The operations whose values it writes to memory.</param>
    public LoopPhases(RegionForm form, int first, int end, List<int> results)
    {
        (this.form, this.first, this.end) = (form, first, end);
        (phases, isKept) = (new int[end - first], new bool[end - first]);
        for (var i = first; i < end; i++)
        {
            foreach (var operand in OwnOperands(i))
            {
                var waits = form.Code[operand].IsPerRow && !form.Code[i].IsPerRow ? 1 : 0;
                phases[i - first] = Math.Max(phases[i - first], Of(operand) + waits);
            }

            Count = Math.Max(Count, Of(i) + 1);
        }

        FindKept(results);
    }

    /// <summary>The number of passes.</summary>
    public int Count { get; }

    /// <summary>The number of values that are kept.</summary>
    public int KeptCount { get; private set; }

    /// <summary>The first pass in which a value can be computed; of a reduction, the one that reads what it reduces.</summary>
    public int Of(int i) => phases[i - first];

    /// <summary>Whether the value is kept for a later pass over the row.</summary>
    public bool IsKept(int i) => isKept[i - first];

    private void FindKept(List<int> results)
    {
        var costs = new int[end - first];
        for (var i = first; i < end; i++)
        {
            if (form.Code[i].IsPerRow || results.Contains(i))
            {
                continue;
            }

            var cost = form.Code[i].Cost;
            foreach (var operand in OwnOperands(i))
            {
                cost += IsKept(operand) ? 0 : costs[operand - first];
            }

            costs[i - first] = cost;
            isKept[i - first] = cost > KeepCost && IsReadLater(i);
            KeptCount += IsKept(i) ? 1 : 0;
        }
    }

    private bool IsReadLater(int i)
    {
        for (var reader = i + 1; reader < end; reader++)
        {
            if (Of(reader) > Of(i) && (form.Code[reader].A == i || form.Code[reader].B == i || form.Code[reader].C == i))
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<int> OwnOperands(int i)
    {
        foreach (var operand in (int[])[form.Code[i].A, form.Code[i].B, form.Code[i].C])
        {
            if (operand >= first && operand < end)
            {
                yield return operand;
            }
        }
    }
}
