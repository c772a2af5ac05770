namespace Autograd.Optim;

/// <summary>The state of optimizers that remember nothing.</summary>
public sealed record NoState : IOptimizerState<NoState>
{
    /// <summary>The one there is.</summary>
    public static readonly NoState Instance = new();

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Tensors => [];

    /// <inheritdoc/>
    public static NoState FromTensors(IReadOnlyList<Tensor> tensors) => Instance;
}

/// <summary>One running value for each element of a parameter.</summary>
/// <param name="Value">The values, of the parameter's shape; null where an option makes them needless.</param>
public sealed record Running(Tensor? Value) : IOptimizerState<Running>
{
    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Tensors => Value is null ? [] : [Value];

    /// <inheritdoc/>
    public static Running FromTensors(IReadOnlyList<Tensor> tensors) => new(tensors.Count == 0 ? null : tensors[0]);
}

/// <summary>Running means of a parameter's gradient and of its square.</summary>
/// <param name="Mean">m, of the parameter's shape.</param>
/// <param name="Square">v, of the parameter's shape.</param>
/// <param name="Largest">The largest v so far, where an option asks for it.</param>
public sealed record Moments(Tensor Mean, Tensor Square, Tensor? Largest = null) : IOptimizerState<Moments>
{
    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Tensors => Largest is null ? [Mean, Square] : [Mean, Square, Largest];

    /// <inheritdoc/>
    public static Moments FromTensors(IReadOnlyList<Tensor> tensors) => new(tensors[0], tensors[1], tensors.Count > 2 ? tensors[2] : null);

    /// <summary>Both 0, at the first step.</summary>
    internal static Moments ZerosLike(Tensor parameter) => new(Tensor.ZerosLike(parameter), Tensor.ZerosLike(parameter));

    /// <summary>m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g².</summary>
    internal Moments Next(Tensor gradient, double beta1, double beta2)
        => this with { Mean = (Mean * beta1).Add(gradient, 1 - beta1), Square = (Square * beta2).Add(gradient.Square(), 1 - beta2) };
}
