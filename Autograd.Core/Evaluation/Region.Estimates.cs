namespace Autograd.Evaluation;

/// <content>What is known of a chain before it runs, so that it can be ended in time.</content>
internal sealed partial class Region
{
    /// <summary>Evaluates the inputs of a pending operation in one pass.</summary>
    public static void EvaluateInputs(Pending pending)
    {
        var inputs = new List<Tensor> { pending.A };
        inputs.AddRange(new[] { pending.B, pending.C }.OfType<Tensor>());
        EvaluateAll(inputs);
    }

    /// <summary>An upper bound of the operations that a chain ends with.</summary>
    public static int EstimateSize(Pending pending)
        => 1 + SizeOf(pending.A)
            + (ReferenceEquals(pending.B, pending.A) ? 0 : SizeOf(pending.B))
            + (ReferenceEquals(pending.C, pending.A) || ReferenceEquals(pending.C, pending.B) ? 0 : SizeOf(pending.C));

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
        => CostOf(pending) + (pending.A.Pending?.Cost ?? 0)
            + (ReferenceEquals(pending.B, pending.A) ? 0 : pending.B?.Pending?.Cost ?? 0)
            + (ReferenceEquals(pending.C, pending.A) || ReferenceEquals(pending.C, pending.B) ? 0 : pending.C?.Pending?.Cost ?? 0);

    /// <summary>What an operation costs an element of the pass: next to nothing if there is only one value to the row.</summary>
    private static int CostOf(Pending pending) => pending.IsPerRow && pending.Operation.RowLength == 0 ? 0 : pending.Operation.Cost;

    private static int SizeOf(Tensor? input) => input?.Pending?.Size ?? 0;
}
