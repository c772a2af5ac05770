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
    /// <param name="isOneLoop">Whether the plan is one compiled loop, which takes any leaf as a number.</param>
    /// <param name="goesByRows">Whether that loop goes from row to row.</param>
    public static LeafReading[] Of(RegionForm form, bool isOneLoop, bool goesByRows)
    {
        var readings = new LeafReading[form.Leaves.Count];
        for (var i = 0; i < readings.Length; i++)
        {
            var leaf = form.Leaves[i];
            var asNumber = leaf.IsNumberToAll || isOneLoop ? LeafReading.Number : LeafReading.Register;
            readings[i] = leaf.Access switch
            {
                LeafAccess.InPlace => LeafReading.InPlace,
                LeafAccess.Number => asNumber,
                LeafAccess.Row => goesByRows ? LeafReading.Row : form.AreRowsLong ? LeafReading.InPlace : LeafReading.Register,
                LeafAccess.PerRow => goesByRows ? LeafReading.PerRow : form.AreRowsLong ? asNumber : LeafReading.Register,
                _ => LeafReading.Register,
            };
        }

        return readings;
    }
}
