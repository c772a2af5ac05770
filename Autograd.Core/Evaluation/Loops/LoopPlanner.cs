using System.Diagnostics.CodeAnalysis;

namespace Autograd.Evaluation;

/// <summary>Divides the operations of a form into loops: neighbours whose functions take vectors of one type. What has no such function stays a step of its own.</summary>
internal readonly ref struct LoopPlanner
{
    /// <summary>A function that costs more is dear: its code fills a loop by itself, and the compiler would call a second one instead of inlining it.</summary>
    private const int DearCost = 4;

    private readonly RegionForm form;
    private readonly Span<bool> isAlone;

    private LoopPlanner(RegionForm form, Span<bool> isAlone)
    {
        this.form = form;
        this.isAlone = isAlone;
    }

    /// <summary>A plan with compiled loops.</summary>
    [RequiresDynamicCode("Compiles loops.")]
    public static RegionPlan Plan(RegionForm form)
    {
        Span<bool> isAlone = new bool[form.Code.Count];
        var planner = new LoopPlanner(form, isAlone);
        for (var i = 0; i < isAlone.Length; i++)
        {
            isAlone[i] = form.Code[i].Collects;
        }

        // What collects comes last; all before it may be one loop.
        var end = form.Code.FindIndex(instruction => instruction.Collects) is >= 0 and var first ? first : form.Code.Count;
        if (CanBeOneLoopByRows(form, end))
        {
            return planner.Plan([(0, end), .. Enumerable.Range(end, isAlone.Length - end).Select(i => (i, i + 1))], goesByRows: true);
        }

        for (var i = 0; i < isAlone.Length; i++)
        {
            isAlone[i] = form.Code[i].IsPerRow || form.Code[i].Lanes?.For(form.Code[i].LaneType) is null;
        }

        List<(int First, int End)> parts;
        do
        {
            parts = planner.Divide();
        }
        while (planner.TakeOutOtherTypes(parts));

        // Where rows fit into registers, or nothing waits in any, every loop goes from row to row.
        return planner.Plan(parts, form.AreRowsWhole && (form.DoRowsFit || parts.Count == 1) && isAlone.Contains(false));
    }

    [RequiresDynamicCode("Compiles loops.")]
    private RegionPlan Plan(List<(int First, int End)> parts, bool goesByRows)
    {
        var steps = new PlanStep[parts.Count];
        for (var s = 0; s < steps.Length; s++)
        {
            // An operation by itself stays a kernel, unless only a loop can read its operands.
            var (first, end) = parts[s];
            steps[s] = new PlanStep(first, end, IsLoop: !isAlone[first] && (end - first > 1 || goesByRows));
        }

        var readings = LeafReadings.Of(form, steps, goesByRows);
        for (var s = 0; s < steps.Length; s++)
        {
            if (steps[s].IsLoop)
            {
                steps[s] = steps[s] with { Loop = LaneLoopCompiler.Compile(form, steps[s].First, steps[s].End, readings, goesByRows) };
            }
        }

        return new RegionPlan(form, steps, readings);
    }

    /// <summary>Whether one loop can compute the values of each row and the elements that depend on them, before it goes on to the next row.</summary>
    private static bool CanBeOneLoopByRows(RegionForm form, int end)
    {
        if (end < 2 || !form.AreRowsWhole || form.FoldWidth == 0 || LoopOperands.Of(form, 0, end) is var operands && operands.Count >= Places.Most)
        {
            return false;
        }

        var (type, dear) = (form.Code[0].LaneType, 0);
        for (var i = 0; i < end; i++)
        {
            var instruction = form.Code[i];
            dear += instruction.Cost > DearCost && !instruction.IsPerRow ? 1 : 0;
            var hasFunction = instruction.Lanes?.For(type) is not null || instruction.Fold?.Finish(type) is not null;
            if (!hasFunction || instruction.LaneType != type || dear > 1 || (instruction.Type != type && operands.Results.Contains(i)))
            {
                return false;
            }
        }

        return form.Leaves.TrueForAll(leaf => leaf.Type == type && !(leaf.IsPerRow && leaf.Access == LeafAccess.Gathered));
    }

    private List<(int First, int End)> Divide()
    {
        var parts = new List<(int First, int End)>();
        for (var first = 0; first < isAlone.Length;)
        {
            var (end, dear) = (first + 1, IsDear(first) ? 1 : 0);
            while (!isAlone[first] && end < isAlone.Length && !isAlone[end] && form.Code[end].LaneType == form.Code[first].LaneType
                && (dear += IsDear(end) ? 1 : 0) <= 1 && LoopOperands.Of(form, first, end + 1).Count <= Places.Most)
            {
                end++;
            }

            parts.Add((first, end));
            first = end;
        }

        return parts;
    }

    private bool IsDear(int i) => form.Code[i].Cost > DearCost;

    /// <summary>Takes operations out of the loops that would read or write memory of another element type than the loop's: truth values are masks within a loop, and bytes elsewhere.</summary>
    /// <returns>Whether there were any.</returns>
    private bool TakeOutOtherTypes(List<(int First, int End)> parts)
    {
        var any = false;
        foreach (var (first, end) in parts)
        {
            var results = LoopOperands.Of(form, first, end).Results;
            for (var i = first; i < end; i++)
            {
                var instruction = form.Code[i];
                var writesOtherType = results.Contains(i) && instruction.Type != instruction.LaneType;
                if (!isAlone[i] && (writesOtherType || ReadsOtherType(instruction, first, end)))
                {
                    isAlone[i] = any = true;
                }
            }
        }

        return any;
    }

    private bool ReadsOtherType(in FormInstruction instruction, int first, int end)
    {
        foreach (var operand in (ReadOnlySpan<int>)[instruction.A, instruction.B, instruction.C])
        {
            var isOutside = operand != RegionForm.None && (operand < first || operand >= end);
            if (isOutside && (operand < 0 ? form.Leaves[~operand].Type : form.Code[operand].Type) != instruction.LaneType)
            {
                return true;
            }
        }

        return false;
    }
}
