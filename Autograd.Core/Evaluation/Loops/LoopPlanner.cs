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
            isAlone[i] = form.Code[i].Lanes?.For(form.Code[i].LaneType) is null;
        }

        List<(int First, int End)> parts;
        do
        {
            parts = planner.Divide();
        }
        while (planner.TakeOutMasks(parts));

        // One operation by itself stays a kernel, which may not take a number for a run; by rows it becomes a loop.
        var isOneLoop = parts.Count == 1 && !isAlone[0] && (form.Code.Count > 1 || form.AreRowsWhole);
        var goesByRows = isOneLoop && form.AreRowsWhole;
        var readings = LeafReadings.Of(form, isOneLoop, goesByRows);
        var steps = new PlanStep[parts.Count];
        for (var s = 0; s < steps.Length; s++)
        {
            var (first, end) = parts[s];
            var isLoop = end - first > 1 || goesByRows;
            steps[s] = new PlanStep(first, end, isLoop ? LaneLoopCompiler.Compile(form, first, end, readings, goesByRows) : null);
        }

        return new RegionPlan(form, steps, readings);
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

    /// <summary>Takes truth values out of the loops that they leave or enter, where they would have to become masks or cease to be: within one they are masks, elsewhere bytes.</summary>
    /// <returns>Whether there were any.</returns>
    private bool TakeOutMasks(List<(int First, int End)> parts)
    {
        var any = false;
        foreach (var (first, end) in parts)
        {
            if (end - first == 1)
            {
                continue;
            }

            var operands = LoopOperands.Of(form, first, end);
            for (var i = first; i < end; i++)
            {
                var choosesByOther = form.Code[i].Lanes == LaneMethod.Choice && !(form.Code[i].A >= first && form.Code[i].A < end);
                var isTruthOutside = form.Code[i].Type == DType.Bool && operands.Results.Contains(i);
                isAlone[i] |= choosesByOther || isTruthOutside;
                any |= isAlone[i];
            }
        }

        return any;
    }
}
