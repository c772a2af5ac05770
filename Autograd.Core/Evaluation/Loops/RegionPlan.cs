using System.Runtime.InteropServices;

namespace Autograd.Evaluation;

/// <summary>How regions of one form are evaluated: in which steps, each over a tile before the next one begins, and in which registers values wait between steps.</summary>
internal sealed class RegionPlan
{
    private readonly Stack<int> free = new();

    /// <summary>A plan of steps that follow the order of the operations.</summary>
    public RegionPlan(RegionForm form, PlanStep[] steps, LeafReading[] readings)
    {
        (Steps, Readings) = (steps, readings);
        GoesByRows = Array.Exists(steps, step => step.Loop is { GoesByRows: true });
        TakesWholeRows = form.HasValuesOfRows || GoesByRows;
        Registers = new int[form.Code.Count];
        Array.Fill(Registers, -1);
        LeafRegisters = new int[form.Leaves.Count];
        KeptRows = steps.Select(step => step.Loop?.KeptCount ?? 0).DefaultIfEmpty().Max();
        ElementBytes = 1;
        for (var i = 0; i < LeafRegisters.Length; i++)
        {
            LeafRegisters[i] = readings[i] == LeafReading.Register ? RegisterCount++ : -1;
            ElementBytes = Math.Max(ElementBytes, form.Leaves[i].Type.ByteSize);
        }

        foreach (ref readonly var instruction in CollectionsMarshal.AsSpan(form.Code))
        {
            ElementBytes = Math.Max(ElementBytes, instruction.Type.ByteSize);
        }

        Repeated = new int[form.Code.Count];
        AssignRepetitions(form);
        AssignRegisters(form);
    }

    public PlanStep[] Steps { get; }

    /// <summary>How each leaf is read.</summary>
    public LeafReading[] Readings { get; }

    /// <summary>The register of each instruction's result; −1 if it needs none.</summary>
    public int[] Registers { get; }

    /// <summary>The register of each leaf; −1 if it needs none.</summary>
    public int[] LeafRegisters { get; }

    /// <summary>Of each instruction with one result to the row that elements are computed from: the register in which it is repeated along the row; −1 if a loop takes it as the number of the row.</summary>
    public int[] Repeated { get; }

    public int RegisterCount { get; private set; }

    /// <summary>Rows of memory that a loop needs between its passes over a row, behind the registers.</summary>
    public int KeptRows { get; }

    /// <summary>The size of an element of a register.</summary>
    public int ElementBytes { get; }

    /// <summary>Whether there is one step, straight from memory to memory, so that a tile may have any length.</summary>
    public bool IsDirect => Steps.Length == 1 && RegisterCount == 0;

    /// <summary>Whether it has a loop that goes from row to row.</summary>
    public bool GoesByRows { get; }

    /// <summary>Whether tiles are made of whole rows.</summary>
    public bool TakesWholeRows { get; }

    /// <summary>The plan that takes each operation by itself.</summary>
    public static RegionPlan OneByOne(RegionForm form)
    {
        var steps = new PlanStep[form.Code.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = new PlanStep(i, i + 1, IsLoop: false);
        }

        return new(form, steps, LeafReadings.Of(form, steps, goesByRows: false));
    }

    private void AssignRepetitions(RegionForm form)
    {
        Array.Fill(Repeated, -1);
        foreach (var step in Steps)
        {
            for (var i = step.First; i < step.End; i++)
            {
                foreach (var operand in (ReadOnlySpan<int>)[form.Code[i].A, form.Code[i].B, form.Code[i].C])
                {
                    if (operand >= 0 && form.Code[operand].IsPerRow && !form.Code[i].IsPerRow && step.Loop is not { GoesByRows: true } && Repeated[operand] < 0)
                    {
                        Repeated[operand] = RegisterCount++;
                    }
                }
            }
        }
    }

    private void AssignRegisters(RegionForm form)
    {
        var code = CollectionsMarshal.AsSpan(form.Code);
        var lastUse = LastUses(form);
        for (var s = 0; s < Steps.Length; s++)
        {
            for (var i = Steps[s].First; i < Steps[s].End; i++)
            {
                if (!code[i].IsStored && (lastUse[i] > s || Steps[s].Loop is null))
                {
                    // A fresh register even where an operand dies here: kernels may not run in place where the element sizes differ.
                    Registers[i] = free.TryPop(out var register) ? register : RegisterCount++;
                }
            }

            for (var i = 0; i < Steps[s].End; i++)
            {
                if (Registers[i] >= 0 && lastUse[i] == s)
                {
                    free.Push(Registers[i]);
                }
            }
        }
    }

    /// <summary>The last step that reads each instruction's result; −1 if there is none.</summary>
    private int[] LastUses(RegionForm form)
    {
        var last = new int[form.Code.Count];
        Array.Fill(last, -1);
        for (var s = 0; s < Steps.Length; s++)
        {
            for (var i = Steps[s].First; i < Steps[s].End; i++)
            {
                foreach (var operand in (ReadOnlySpan<int>)[form.Code[i].A, form.Code[i].B, form.Code[i].C])
                {
                    if (operand >= 0)
                    {
                        last[operand] = s;
                    }
                }
            }
        }

        return last;
    }
}

/// <summary>One step over a tile: the kernel of one operation, or a compiled loop over several.</summary>
/// <param name="First">The first operation.</param>
/// <param name="End">The one behind the last.</param>
/// <param name="IsLoop">Whether it is a loop.</param>
/// <param name="Loop">The loop; null for a kernel.</param>
internal readonly record struct PlanStep(int First, int End, bool IsLoop, LaneLoop? Loop = null);
