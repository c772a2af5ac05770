namespace Autograd.Autodiff;

/// <content>What users have asked to be done with gradients on their way.</content>
internal sealed partial class BackwardPass
{
    /// <summary>The complete gradient of an entry after its hooks; kept, if the entry retains it and the pass goes into leaves.</summary>
    private Tensor Apply(GradientHooks hooks, Tensor gradient, bool intoLeaves)
    {
        gradient = hooks.Apply(gradient);
        if (intoLeaves && hooks.Retained is { } retained)
        {
            arrived.Add(retained);
            arrivals.Add(gradient);
        }

        return gradient;
    }
}
