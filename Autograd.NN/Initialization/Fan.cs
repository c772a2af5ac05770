namespace Autograd.NN;

/// <summary>Which connections of a unit an initialization counts.</summary>
public enum Fan
{
    /// <summary>Those that come in: keeps the variance of activations in the forward pass.</summary>
    In,

    /// <summary>Those that go out: keeps the variance of gradients in the backward pass.</summary>
    Out,
}
