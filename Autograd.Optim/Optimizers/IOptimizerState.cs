namespace Autograd.Optim;

/// <summary>What an optimizer remembers of a parameter from step to step: some tensors, from which it can be made again.</summary>
/// <typeparam name="TSelf">The state itself.</typeparam>
public interface IOptimizerState<TSelf>
    where TSelf : IOptimizerState<TSelf>
{
    /// <summary>The tensors of the state. They are evaluated together with the parameter, in one pass over memory where they have its size.</summary>
    IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>The state whose <see cref="Tensors"/> were <paramref name="tensors"/>.</summary>
    /// <param name="tensors">As many as there were.</param>
    static abstract TSelf FromTensors(IReadOnlyList<Tensor> tensors);
}
