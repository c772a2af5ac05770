namespace Autograd.NN;

/// <summary>The shapes of what goes into recurrent layers.</summary>
internal static class RecurrentShapes
{
    /// <summary>Checks input, state and lengths.</summary>
    public static void Check(Module layer, Tensor input, Tensor[]? state, Tensor? lengths, Tensor own, (int InputSize, int Cells, bool BatchFirst) sizes, int[] stateSizes)
    {
        ArgumentNullException.ThrowIfNull(input);
        var form = sizes.BatchFirst ? "[N, L," : "[L, N,";
        if (input.Rank is not (2 or 3) || input.Shape[-1] != sizes.InputSize || input.Shape[input.Rank == 2 ? 0 : sizes.BatchFirst ? 1 : 0] == 0)
        {
            throw new ShapeException($"{layer.Title}: the input has shape {input.Shape}; it must be {form} {sizes.InputSize}], or without N [L, {sizes.InputSize}], with at least one step (L).");
        }

        LayerInput.RequireDType(layer, input, own);
        for (var part = 0; state is not null && part < state.Length; part++)
        {
            int[] expected = input.Rank == 2 ? [sizes.Cells, stateSizes[part]] : [sizes.Cells, input.Shape[sizes.BatchFirst ? 0 : 1], stateSizes[part]];
            if (!state[part].Shape.AsSpan().SequenceEqual(expected))
            {
                throw new ShapeException($"{layer.Title}: a part of the state has shape {state[part].Shape}; for an input of shape {input.Shape} it must be {Shape.Create(expected)}: layers times directions, examples, size.");
            }
        }

        if (lengths is not null)
        {
            CheckLengths(layer, input, lengths, sizes.BatchFirst);
        }
    }

    /// <summary>Which sequences still run at each step, [steps, N, 1].</summary>
    public static Tensor Running(Tensor lengths, int steps) => lengths.Reshape(1, -1, 1) > Tensor.Arange(steps).Reshape(-1, 1, 1);

    private static void CheckLengths(Module layer, Tensor input, Tensor lengths, bool batchFirst)
    {
        var (batch, steps) = input.Rank == 2 ? (1, input.Shape[0]) : batchFirst ? (input.Shape[0], input.Shape[1]) : (input.Shape[1], input.Shape[0]);
        if (lengths.DType != DType.Int64)
        {
            throw new DTypeException($"{layer.Title}: lengths are Int64 numbers, not {lengths.DType}. Convert them: lengths.To(DType.Int64).");
        }

        if (lengths.Rank != 1 || lengths.Shape[0] != batch)
        {
            throw new ShapeException($"{layer.Title}: the lengths have shape {lengths.Shape}; there must be one for each of {batch} sequences: [{batch}].");
        }

        foreach (var length in lengths.ToArray<long>())
        {
            if (length < 1 || length > steps)
            {
                throw new ArgumentOutOfRangeException(nameof(lengths), length, $"{layer.Title}: a length is {length}; a sequence has 1 to {steps} steps.");
            }
        }
    }
}
