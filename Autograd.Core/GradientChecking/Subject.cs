namespace Autograd.GradientChecking;

/// <summary>What is checked: a function of some named inputs at a point. It draws the same random numbers at each call.</summary>
internal sealed class Subject
{
    private readonly Func<Tensor[], Tensor[]> function;
    private readonly RepeatedDraws draws = new();

    /// <param name="function">A function built from tensor operations.</param>
    /// <param name="inputs">The point.</param>
    /// <param name="names">The inputs' names.</param>
    public Subject(Func<Tensor[], Tensor[]> function, Tensor[] inputs, string[] names)
    {
        this.function = function;
        Inputs = Array.ConvertAll(inputs, input => input.Detach());
        Names = names;
    }

    public Tensor[] Inputs { get; }

    public string[] Names { get; }

    /// <summary>The rounding unit of the coarsest input.</summary>
    public double Rounding => Array.Exists(Inputs, input => input.DType == DType.Float32) ? 5.9604644775390625e-08 : 1.1102230246251565e-16;

    /// <summary>The outputs that have derivatives.</summary>
    public Tensor[] Outputs(Tensor[] x)
    {
        using var sameNumbers = draws.Call();
        return Array.FindAll(function(x), y => y.DType.IsFloatingPoint);
    }

    /// <summary>The same function at another point.</summary>
    public Subject At(Tensor[] inputs) => new(function, inputs, Names);

    /// <summary>Leaves, or links to what is recorded already, with the values of <paramref name="x"/>.</summary>
    public static Tensor[] Leaves(Tensor[] x) => Array.ConvertAll(x, input => input.DType.IsFloatingPoint && !input.RequiresGrad ? input.AsLeaf() : input);

    /// <summary>The gradients of a recorded number; null for inputs that have none because of their type.</summary>
    public static Tensor?[] Gradients(Tensor y, Tensor[] x, Tensor? gradient = null, bool retainGraph = false, bool createGraph = false)
    {
        var wanted = Array.FindAll(x, input => input.DType.IsFloatingPoint);
        var found = Differentiate.Gradients(y, wanted, gradient, retainGraph, createGraph, allowUnused: true);
        var next = 0;
        return Array.ConvertAll(x, input => input.DType.IsFloatingPoint ? found[next++] : null);
    }
}
