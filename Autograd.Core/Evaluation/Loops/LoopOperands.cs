namespace Autograd.Evaluation;

/// <summary>What a loop over some neighbouring operations reads from memory, and which of its values it writes there.</summary>
/// <param name="Inputs">Operations before it, or complements of leaves.</param>
/// <param name="Results">Operations of its own whose values others read, or are stored.</param>
internal readonly record struct LoopOperands(List<int> Inputs, List<int> Results)
{
    public int Count => Inputs.Count + Results.Count;

    public static LoopOperands Of(RegionForm form, int first, int end)
    {
        var (inputs, results) = (new List<int>(), new List<int>());
        for (var i = first; i < form.Code.Count; i++)
        {
            foreach (var operand in (ReadOnlySpan<int>)[form.Code[i].A, form.Code[i].B, form.Code[i].C])
            {
                var (isRead, isOwn) = (i < end, operand >= first && operand < end);
                var list = isRead && !isOwn ? inputs : isOwn && !isRead ? results : null;
                if (operand != RegionForm.None && list?.Contains(operand) == false)
                {
                    list.Add(operand);
                }
            }

            if (i < end && form.Code[i].IsStored && !results.Contains(i))
            {
                results.Add(i);
            }
        }

        return new(inputs, results);
    }
}
