namespace Autograd.Optim;

/// <summary>What a formula is told of the step at hand.</summary>
/// <param name="Number">t: the number of this step for this parameter, from 1 on.</param>
/// <param name="LearningRate">α.</param>
/// <param name="WeightDecay">λ; 0 for a parameter that is exempt from decay.</param>
public readonly record struct UpdateStep(int Number, Hyperparameter LearningRate, Hyperparameter WeightDecay)
{
    /// <summary>The gradient of the loss and of the penalty ½λ‖θ‖²: g + λθ.</summary>
    /// <param name="gradient">g.</param>
    /// <param name="parameter">θ.</param>
    public Tensor WithPenalty(Tensor gradient, Tensor parameter) => WeightDecay.IsZero ? gradient : gradient.Add(parameter, WeightDecay);

    /// <summary>Decay outside the gradient (Loshchilov, Hutter 2019): θ(1 − αλ).</summary>
    /// <param name="parameter">θ.</param>
    public Tensor Decayed(Tensor parameter) => WeightDecay.IsZero ? parameter : parameter * (1 - (LearningRate * WeightDecay));
}
