namespace Autograd.NN;

/// <summary>How a loss sums up its terms.</summary>
public enum Reduction
{
    /// <summary>Not at all: one number a term.</summary>
    None,

    /// <summary>Their mean; where terms have weights, the weighted mean that the loss describes.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their sum divided by the number of examples, which come in the first dimension.</summary>
    BatchMean,
}
