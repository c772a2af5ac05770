namespace Autograd;

public partial class Tensor
{
    /// <summary>Whether operations on this tensor are recorded: it is a leaf that asks for a gradient, or was computed from one.</summary>
    public bool RequiresGrad => Current.node is not null;

    /// <summary>Whether gradients accumulate here: a parameter, a tensor made with <c>requiresGrad: true</c>, or one that needs no gradient.</summary>
    public bool IsLeaf => Current.node is null or Leaf;

    /// <summary>The gradient that backward passes have accumulated on this leaf, or on this intermediate after <see cref="RetainGrad"/>; null before the first, or after <see cref="ZeroGrad"/>.</summary>
    /// <exception cref="GradientException">The tensor is not a leaf, and nobody has called <see cref="RetainGrad"/>.</exception>
    public Tensor? Grad => Current.node switch
    {
        Leaf leaf => leaf.Gradient,
        null => null,
        { } entry when GradientHooks.Of(entry)?.Retained is { } retained => retained.Gradient,
        _ => throw new GradientException(
            $"Grad: this tensor of shape {Shape} was computed by {((Operation)Current.node).Name}; gradients are kept on leaves (parameters, and tensors made with requiresGrad: true). " +
            "For the gradient of an intermediate call RetainGrad() on it before Backward(), or use Differentiate.Gradients(output, [intermediate])."),
    };

    /// <summary>Clears the accumulated gradient of this leaf, or what <see cref="RetainGrad"/> has kept.</summary>
    public void ZeroGrad()
    {
        if ((Current.node as Leaf ?? (Current.node is { } entry ? GradientHooks.Of(entry)?.Retained : null)) is { } leaf)
        {
            leaf.Gradient = null;
        }
    }

    /// <summary>Computes the gradient of this tensor with respect to every leaf it was computed from, and adds it to their <see cref="Grad"/>.</summary>
    /// <param name="gradient">The gradient of the final quantity with respect to this tensor, of its shape; 1 where left out, which needs a tensor of one element.</param>
    /// <param name="retainGraph">Keep the record, so that another backward pass can follow; implied by <paramref name="createGraph"/>.</param>
    /// <param name="createGraph">Record the computation of the gradients, so that they can be differentiated in turn.</param>
    /// <exception cref="GradientException">Nothing was recorded, the record was released by an earlier pass, or the gradient has to be given.</exception>
    /// <exception cref="ShapeException"><paramref name="gradient"/> has another shape.</exception>
    /// <exception cref="DTypeException"><paramref name="gradient"/> has another element type.</exception>
    public void Backward(Tensor? gradient = null, bool retainGraph = false, bool createGraph = false)
    {
        var root = Current;
        var seed = BackwardPass.Seed(root, gradient, createGraph, nameof(Backward));
        BackwardPass.Run([root], [seed], targets: null, retainGraph || createGraph, createGraph);
    }

    /// <summary>The same values outside the tape: a constant to whatever is computed from it.</summary>
    public Tensor Detach()
    {
        var source = Captured;
        return source.node is null ? source : new Tensor(source, source.Layout);
    }

    /// <summary>A new leaf with the same values (which it shares): gradients accumulate on it, and not on what it was computed from.</summary>
    /// <exception cref="DTypeException">The elements are not floating-point numbers.</exception>
    public Tensor AsLeaf()
    {
        var source = Captured;
        return new Tensor(source, source.Layout).MakeLeaf();
    }

    /// <summary>Makes this newly created tensor a leaf.</summary>
    internal Tensor MakeLeaf()
    {
        if (!DType.IsFloatingPoint)
        {
            throw new DTypeException($"A tensor of type {DType} cannot require a gradient; only Float32 and Float64 can. Convert it first: x.To(DType.Float32).");
        }

        node = new Leaf(Shape, DType);
        return this;
    }
}
