namespace Autograd.Evaluation;

/// <summary>A truth value for each pair of truth values, with broadcasting; never recorded.</summary>
internal abstract class Logical(Tensor a, Tensor b) : Binary(a, b, DType.Bool, DType.Bool)
{
    /// <inheritdoc/>
    protected sealed override Tensor VjpA(Tensor grad) => throw new InvalidOperationException("A truth value has no gradient.");

    /// <inheritdoc/>
    protected sealed override Tensor VjpB(Tensor grad) => throw new InvalidOperationException("A truth value has no gradient.");
}
