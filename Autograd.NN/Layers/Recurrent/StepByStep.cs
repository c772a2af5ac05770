namespace Autograd.NN;

/// <summary>Cells over a sequence, one step recorded after the other.</summary>
internal static class StepByStep
{
    /// <summary>The first parts of all states, [L, N, size], and the last state.</summary>
    /// <param name="sequence">[L, N, inputs].</param>
    /// <param name="state">The parts of the first state, [N, size] each.</param>
    /// <param name="isReversed">Whether to go from the last step to the first.</param>
    /// <param name="lengths">The steps after which the state of each sequence stays as it is; null if all are whole.</param>
    /// <param name="step">The next state from an input and a state.</param>
    public static (Tensor Output, Tensor[] State) Go(Tensor sequence, Tensor[] state, bool isReversed, int[]? lengths, Func<Tensor, Tensor[], Tensor[]> step)
    {
        var inputs = sequence.Unbind();
        var outputs = new Tensor[inputs.Length];
        var ends = lengths is null ? null : Tensor.From(Array.ConvertAll(lengths, length => (long)length)).Unsqueeze(1);
        for (var k = 0; k < inputs.Length; k++)
        {
            var t = isReversed ? inputs.Length - 1 - k : k;
            var next = step(inputs[t], state);
            for (var part = 0; ends is not null && part < next.Length; part++)
            {
                next[part] = Tensor.Where(ends > t, next[part], state[part]);
            }

            state = next;
            outputs[t] = state[0];
        }

        return (Tensor.Stack(outputs), state);
    }
}
