namespace Autograd.NN;

public static partial class Loss
{
    /// <summary>The hinge embedding loss: x for similar pairs, y = 1, and max(0, margin − x) for dissimilar ones, y = −1, x being a distance. Summed up.</summary>
    /// <param name="prediction">x; of any shape.</param>
    /// <param name="target">y: 1 or −1, of the same shape.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <param name="margin">How far apart dissimilar pairs are to be.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor −1.</exception>
    public static Tensor HingeEmbedding(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean, double margin = 1)
    {
        CheckSameShape(prediction, target, nameof(HingeEmbedding));
        CheckSigns(target, nameof(HingeEmbedding));
        return Reduce(Tensor.Where(target > 0, prediction, (margin - prediction).Relu()), reduction);
    }

    /// <summary>The margin ranking loss max(0, −y(x₁ − x₂) + margin), summed up: y = 1 wants x₁ above x₂, y = −1 below.</summary>
    /// <param name="input1">x₁; of any shape.</param>
    /// <param name="input2">x₂; of the same shape.</param>
    /// <param name="target">y: 1 or −1, of the same shape.</param>
    /// <param name="reduction">How the terms are summed up.</param>
    /// <param name="margin">By how much.</param>
    /// <returns>One number, or one a term.</returns>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    /// <exception cref="DTypeException">The inputs are not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor −1.</exception>
    public static Tensor MarginRanking(Tensor input1, Tensor input2, Tensor target, Reduction reduction = Reduction.Mean, double margin = 0)
    {
        CheckSameShape(input1, input2, nameof(MarginRanking));
        CheckSameShape(input1, target, nameof(MarginRanking));
        CheckSigns(target, nameof(MarginRanking));
        return Reduce(((target * (input2 - input1)) + margin).Relu(), reduction);
    }

    /// <summary>The multi-class margin loss Σ max(0, margin − x_c + x_i)ᵖ/C over the classes i other than the true one c, summed up. (Crammer, Singer 2001.)</summary>
    /// <param name="prediction">x: scores, of shape [C] or [N, C].</param>
    /// <param name="target">c: the classes, Int64, 0 to C − 1, of shape [] or [N].</param>
    /// <param name="reduction">How the terms, one an example, are summed up.</param>
    /// <param name="p">The power: 1 or 2.</param>
    /// <param name="margin">By how much the true class is to be ahead.</param>
    /// <param name="weight">A factor for each class, by which its examples' terms are multiplied: [C].</param>
    /// <returns>One number, or one an example.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The prediction is not of a floating-point type, or the target not Int64.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or p is neither 1 nor 2.</exception>
    public static Tensor MultiMargin(Tensor prediction, Tensor target, Reduction reduction = Reduction.Mean, int p = 1, double margin = 1, Tensor? weight = null)
    {
        CheckPrediction(prediction, target, nameof(MultiMargin));
        if (p is not (1 or 2))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "Loss.MultiMargin: the power is 1 or 2.");
        }

        var classes = ClassTarget.Check(prediction, target, weight, ClassTarget.NoneIgnored, nameof(MultiMargin));
        var dim = ClassTarget.Dim(prediction);
        var gaps = (prediction - classes.Pick(prediction).Unsqueeze(dim) + margin).Relu();
        var others = Tensor.Arange(prediction.Shape[dim]).Ne(target.Unsqueeze(dim));
        var terms = Tensor.Where(others, p == 1 ? gaps : gaps.Square(), 0).Sum(dim) / prediction.Shape[dim];
        return Reduce(classes.Weigh(terms), reduction);
    }

    /// <summary>The triplet margin loss max(0, ‖a − p‖ − ‖a − n‖ + margin), summed up: an anchor is to be nearer to the positive than to the negative. (Balntas et al., 2016.)</summary>
    /// <param name="anchor">a: [D] or [N, D].</param>
    /// <param name="positive">p; of the same shape.</param>
    /// <param name="negative">n; of the same shape.</param>
    /// <param name="reduction">How the terms, one a triplet, are summed up.</param>
    /// <param name="margin">By how much.</param>
    /// <param name="p">The order of the norm.</param>
    /// <param name="eps">Added to each difference, so that the distance of equal vectors has a derivative.</param>
    /// <param name="swap">Whether the distance of positive and negative counts where it is less than that of anchor and negative.</param>
    /// <returns>One number, or one a triplet.</returns>
    /// <exception cref="ShapeException">The shapes differ, or have rank 0.</exception>
    /// <exception cref="DTypeException">The inputs are not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not above 0.</exception>
    public static Tensor TripletMargin(
        Tensor anchor, Tensor positive, Tensor negative, Reduction reduction = Reduction.Mean, double margin = 1, double p = 2, double eps = 1e-6, bool swap = false)
    {
        if (!(margin > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "Loss.TripletMargin: the margin is above 0; without one, equal embeddings of everything would cost nothing.");
        }

        CheckSameShape(anchor, positive, nameof(TripletMargin));
        CheckSameShape(anchor, negative, nameof(TripletMargin));
        return TripletMarginWithDistance(anchor, positive, negative, (x, y) => Tensor.PairwiseDistance(x, y, p, eps), reduction, margin, swap);
    }

    /// <summary>The triplet margin loss with a distance of one's own: max(0, d(a, p) − d(a, n) + margin), summed up.</summary>
    /// <param name="anchor">a.</param>
    /// <param name="positive">p.</param>
    /// <param name="negative">n.</param>
    /// <param name="distance">d: differentiable, one number a pair.</param>
    /// <param name="reduction">How the terms, one a triplet, are summed up.</param>
    /// <param name="margin">By how much.</param>
    /// <param name="swap">Whether the distance of positive and negative counts where it is less than that of anchor and negative.</param>
    /// <returns>One number, or one a triplet.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not above 0.</exception>
    public static Tensor TripletMarginWithDistance(
        Tensor anchor, Tensor positive, Tensor negative, Func<Tensor, Tensor, Tensor> distance, Reduction reduction = Reduction.Mean, double margin = 1, bool swap = false)
    {
        ArgumentNullException.ThrowIfNull(distance);
        if (!(margin > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "Loss.TripletMarginWithDistance: the margin is above 0; without one, equal embeddings of everything would cost nothing.");
        }

        var (near, far) = (distance(anchor, positive), distance(anchor, negative));
        far = swap ? far.Minimum(distance(positive, negative)) : far;
        return Reduce((near - far + margin).Relu(), reduction);
    }

    /// <summary>The cosine embedding loss: 1 − cos(x₁, x₂) for similar pairs, y = 1, and max(0, cos(x₁, x₂) − margin) for dissimilar ones, y = −1. Summed up.</summary>
    /// <param name="input1">x₁: [D] or [N, D].</param>
    /// <param name="input2">x₂; of the same shape.</param>
    /// <param name="target">y: 1 or −1, of shape [] or [N].</param>
    /// <param name="reduction">How the terms, one a pair, are summed up.</param>
    /// <param name="margin">The greatest cosine of dissimilar pairs that costs nothing: −1 to 1.</param>
    /// <returns>One number, or one a pair.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The inputs are not of a floating-point type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is neither 1 nor −1.</exception>
    public static Tensor CosineEmbedding(Tensor input1, Tensor input2, Tensor target, Reduction reduction = Reduction.Mean, double margin = 0)
    {
        CheckSameShape(input1, input2, nameof(CosineEmbedding));
        var cosine = Tensor.CosineSimilarity(input1, input2, -1);
        CheckSameShape(cosine, target, nameof(CosineEmbedding));
        CheckSigns(target, nameof(CosineEmbedding));
        return Reduce(Tensor.Where(target > 0, 1 - cosine, (cosine - margin).Relu()), reduction);
    }

    private static void CheckSigns(Tensor target, string loss)
    {
        using var _ = Grad.Disabled();
        var others = target.Ne(1) & target.Ne(-1);
        if (!others.IsBatched && others.Any().Item<bool>())
        {
            var example = target.MaskedSelect(others)[0].Item();
            throw new ArgumentOutOfRangeException(nameof(target), FormattableString.Invariant($"Loss.{loss}: a target is {example}; targets are 1 (similar, above) or -1 (dissimilar, below)."));
        }
    }
}
