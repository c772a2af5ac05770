namespace Autograd.NN;

public static partial class Loss
{
    // As good as −∞, without ∞ − ∞ in sums and gradients: e to it is 0.
    private const double Impossible = -1e30;

    /// <summary>Connectionist temporal classification: −ln of the probability of all alignments that give the target when repetitions are merged and blanks removed. (Graves et al., "Connectionist temporal classification", 2006.)</summary>
    /// <remarks>The alignments are summed by the forward recursion α over the target with blanks around its labels, in logarithms:
    /// αₜ(s) = ln(e^αₜ₋₁(s) + e^αₜ₋₁(s − 1) + e^αₜ₋₁(s − 2)) + ln yₜ(lₛ), the last term only where lₛ is neither a blank nor lₛ₋₂.</remarks>
    /// <param name="logProbs">ln y: [T, N, C], such as <c>LogSoftmax(-1)</c> gives.</param>
    /// <param name="targets">Labels, Int64: [N, S], padded with anything behind the lengths.</param>
    /// <param name="inputLengths">Int64, [N], 1 to T: how many steps of each sequence count.</param>
    /// <param name="targetLengths">Int64, [N], 0 to S: how many labels of each target count.</param>
    /// <param name="blank">The class that is the blank.</param>
    /// <param name="reduction">How the terms, one a sequence, are summed up; the mean is that of the terms divided by the targets' lengths, as in PyTorch.</param>
    /// <param name="zeroInfinity">Whether a target that does not fit into its steps counts as 0, without a gradient, rather than ∞.</param>
    /// <returns>One number, or one a sequence.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The probabilities are not of a floating-point type, or others not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length or a label is out of range, or a label that counts is the blank.</exception>
    public static Tensor Ctc(
        Tensor logProbs, Tensor targets, Tensor inputLengths, Tensor targetLengths, int blank = 0, Reduction reduction = Reduction.Mean, bool zeroInfinity = false)
    {
        var target = CtcTarget.Check(logProbs, targets, inputLengths, targetLengths, blank);
        var (steps, batch, width) = (logProbs.Shape[0], logProbs.Shape[1], target.Width);
        var scores = logProbs.Gather(2, target.Labels.Unsqueeze(0).Expand(steps, batch, width)).Unbind(0);

        var alpha = Tensor.Where(target.Begins, scores[0], Impossible);
        for (var t = 1; t < steps; t++)
        {
            var next = Shifted(alpha, 1).LogAddExp(alpha).LogAddExp(Tensor.Where(target.Skips, Shifted(alpha, 2), Impossible)) + scores[t];
            alpha = Tensor.Where(target.Runs(t), next, alpha);
        }

        var last = alpha.Gather(1, target.Last);
        var before = Tensor.Where(target.IsEmpty, Impossible, alpha.Gather(1, target.BeforeLast));
        var terms = -last.LogAddExp(before).Squeeze(1);
        var fits = (terms < -Impossible / 2).Detach();
        terms = Tensor.Where(fits, terms, zeroInfinity ? 0 : double.PositiveInfinity);
        return reduction == Reduction.Mean ? (terms / target.Divisors.To(terms.DType)).Mean() : Reduce(terms, reduction);

        Tensor Shifted(Tensor x, int by) => x.Pad([by, 0], Impossible).Narrow(1, 0, width);
    }
}
