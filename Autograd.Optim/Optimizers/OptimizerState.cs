namespace Autograd.Optim;

/// <summary>What an optimizer remembers of a parameter from step to step.</summary>
public abstract record OptimizerState
{
    /// <summary>The tensors of the state, which are evaluated together with the parameter, in one pass over memory.</summary>
    public abstract IReadOnlyList<Tensor> Tensors { get; }
}
