namespace Autograd.Optim.SecondOrder;

/// <summary>A point on the line x + t d, and what the objective is there.</summary>
/// <param name="Step">t.</param>
/// <param name="Loss">f(x + t d).</param>
/// <param name="Gradient">∇f(x + t d), all parameters in one vector.</param>
/// <param name="Slope">∇f · d.</param>
internal sealed record LinePoint(double Step, double Loss, Tensor Gradient, double Slope);
