namespace Autograd.Tests.Gradients;

/// <summary>What every operation has to pass on every case, the library's own and the deliberately wrong ones.</summary>
internal static class OperationCheck
{
    private static readonly GradCheckOptions SecondOrder = new() { Order = 2 };

    /// <summary>Throws if a first or second derivative disagrees with a central difference.</summary>
    public static void Verify(OperationCase test, Tensor[] inputs) => GradCheck.Verify(test.Apply, inputs, SecondOrder);

    /// <summary>Throws if a derivative with respect to inputs that lie in other forms disagrees, or if the values differ from those for row-major inputs.</summary>
    /// <param name="test">The case.</param>
    /// <param name="inputs">Row-major inputs.</param>
    /// <param name="arrange">Turns an input into the tensor of which <paramref name="view"/> makes a view with the input's values.</param>
    /// <param name="view">Makes the view; differentiable.</param>
    public static void VerifyViews(OperationCase test, Tensor[] inputs, Func<int, Tensor, Tensor> arrange, Func<int, Tensor, Tensor> view)
    {
        Tensor[] Each(Tensor[] tensors, Func<int, Tensor, Tensor> change) => [.. tensors.Select((tensor, i) => tensor.DType.IsFloatingPoint ? change(i, tensor) : tensor)];
        var arranged = Each(inputs, arrange);
        GradCheck.Verify(strided => test.Apply(Each(strided, view)), arranged, SecondOrder);
        if (!test.Apply(Each(arranged, view)).AsSpan<double>().SequenceEqual(test.Apply(inputs).AsSpan<double>()))
        {
            throw new InvalidOperationException($"{test}: the values for views differ from those for copies.");
        }
    }
}
