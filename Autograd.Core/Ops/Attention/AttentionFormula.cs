namespace Autograd;

/// <summary>Attention as a composition: what the operation by blocks computes without ever having all scores at once. Its rules of higher order are these formulas.</summary>
internal static class AttentionFormula
{
    /// <summary>P = softmax(Q Kᵀ·factor + mask).</summary>
    public static Tensor Weights(Tensor query, Tensor key, Tensor? mask, bool isCausal, double factor)
    {
        var scores = query.MatMul(key.T) * factor;
        mask = isCausal ? Tensor.Ones([query.Shape[-2], key.Shape[-2]], DType.Bool).Tril() : mask;
        return mask is null ? scores.Softmax(-1) : MaskedSoftmax(scores, mask);
    }

    /// <summary>The gradients of Y = P V: dV = Pᵀ dY; with dP = dY Vᵀ and dS = P∘(dP − Σ dP∘P), which is that of numbers in a mask, dQ = dS K·factor and dK = dSᵀ Q·factor.</summary>
    public static (Tensor Query, Tensor Key, Tensor Value, Tensor Scores) Gradients(Tensor query, Tensor key, Tensor value, Tensor? mask, bool isCausal, double factor, Tensor grad)
    {
        var weights = Weights(query, key, mask, isCausal, factor);
        var towards = grad.MatMul(value.T);
        var scores = weights * (towards - (towards * weights).Sum(-1, keepDim: true));
        return (scores.MatMul(key) * factor, scores.T.MatMul(query) * factor, weights.T.MatMul(grad), scores);
    }

    /// <summary>The softmax over the last dimension of what a mask leaves; zeros where it leaves nothing.</summary>
    private static Tensor MaskedSoftmax(Tensor scores, Tensor mask)
    {
        scores = mask.DType == DType.Bool ? Tensor.Where(mask, scores, double.NegativeInfinity) : scores + mask.To(scores.DType);
        if (scores.ElementCount == 0)
        {
            return scores.Softmax(-1);
        }

        // A softmax of nothing would be 0/0, and so would its gradient.
        var nothing = scores.Detach().Amax(-1, keepDim: true).Eq(double.NegativeInfinity);
        return Tensor.Where(nothing, 0, Tensor.Where(nothing, 0, scores).Softmax(-1));
    }
}
