namespace Autograd.Tests.Gradients;

/// <summary>Turns a tensor into a strided view of the same values: transposed, reversed and cut out of something larger.</summary>
internal static class Views
{
    /// <summary>A view with the values that <see cref="Unscramble"/> arranged: dimensions reversed in order, every one run backwards, with gaps.</summary>
    public static Tensor Scramble(Tensor arranged)
    {
        if (!arranged.DType.IsFloatingPoint)
        {
            return arranged;
        }

        int[] order = [.. Enumerable.Range(0, arranged.Rank).Reverse()];
        return arranged.Pad([.. Enumerable.Repeat(1, 2 * arranged.Rank)], 7.5)
            [[.. Enumerable.Repeat((TensorIndex)TensorIndex.Slice(1, -1), arranged.Rank)]]
            .Flip(Enumerable.Range(0, arranged.Rank).ToArray())
            .Permute(order);
    }

    /// <summary>The tensor that <see cref="Scramble"/> turns into <paramref name="wanted"/>.</summary>
    public static Tensor Unscramble(Tensor wanted)
    {
        if (!wanted.DType.IsFloatingPoint)
        {
            return wanted;
        }

        int[] order = [.. Enumerable.Range(0, wanted.Rank).Reverse()];
        return wanted.Permute(order).Flip(Enumerable.Range(0, wanted.Rank).ToArray()).Detach();
    }
}
