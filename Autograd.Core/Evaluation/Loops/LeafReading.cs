namespace Autograd.Evaluation;

/// <summary>How a plan reads a leaf.</summary>
internal enum LeafReading : byte
{
    /// <summary>From a register that is filled tile by tile.</summary>
    Register,

    /// <summary>Where it lies.</summary>
    InPlace,

    /// <summary>As one number to the tile.</summary>
    Number,

    /// <summary>From the beginning again in every row; by a loop that goes from row to row.</summary>
    Row,

    /// <summary>One number after the other, one to the row; by a loop that goes from row to row.</summary>
    PerRow,
}

internal static class LeafReadings
{
    /// <summary>How a plan reads the leaves of a form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="steps">The steps; a compiled loop takes any leaf as a number.</param>
    /// <param name="goesByRows">Whether its loops go from row to row.</param>
    public static LeafReading[] Of(RegionForm form, PlanStep[] steps, bool goesByRows)
    {
        var readings = new LeafReading[form.Leaves.Count];
        for (var i = 0; i < readings.Length; i++)
        {
            var leaf = form.Leaves[i];
            var isLoops = Array.TrueForAll(steps, step => step.IsLoop || !Reads(form, step, ~i));
            var asNumber = leaf.IsNumberToAll || isLoops ? LeafReading.Number : LeafReading.Register;
            readings[i] = leaf.Access switch
            {
                LeafAccess.InPlace when leaf.IsPerRow && isLoops => LeafReading.PerRow,
                LeafAccess.InPlace => LeafReading.InPlace,
                LeafAccess.Number => asNumber,
                LeafAccess.Row or LeafAccess.PerRow when goesByRows => !isLoops ? LeafReading.Register : leaf.Access == LeafAccess.Row ? LeafReading.Row : LeafReading.PerRow,
                LeafAccess.Row => form.AreRowsLong ? LeafReading.InPlace : LeafReading.Register,
                LeafAccess.PerRow => form.AreRowsLong ? asNumber : LeafReading.Register,
                _ => LeafReading.Register,
            };
        }

        return readings;
    }

    private static bool Reads(RegionForm form, PlanStep step, int operand)
    {
        for (var i = step.First; i < step.End; i++)
        {
            if (form.Code[i].A == operand || form.Code[i].B == operand || form.Code[i].C == operand)
            {
                return true;
            }
        }

        return false;
    }
}
