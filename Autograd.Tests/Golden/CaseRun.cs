namespace Autograd.Tests.Golden;

/// <summary>Runs a case and compares outputs, gradients and second gradients.</summary>
internal static class CaseRun
{
    /// <summary>All that differs from the reference data.</summary>
    /// <exception cref="NotYetSupportedException">The library has the operation, but not in this form.</exception>
    public static List<Mismatch> Run(GoldenCase golden, Func<Arguments, Results> operation)
    {
        var mismatches = new List<Mismatch>();
        Tensor[] outputs = [], leaves = [], gradients = [];
        Attempt(Quantity.Output, () =>
        {
            var arguments = new Arguments(golden);
            leaves = arguments.Differentiable;
            outputs = operation(arguments).Adjust(golden.After).Tensors;
            mismatches.AddRange(arguments.Unread.Select(argument => new Mismatch(Quantity.Output, $"Output: the row of {golden.Key} takes no notice of the argument {argument}.")));
            GoldenTensor[] expected = [.. golden.Output, .. golden.InputsAfter.OfType<GoldenTensor>()];
            Compare(Quantity.Output, expected, outputs);
        });
        if (golden.Gradients is { } first && outputs.Length > 0)
        {
            Attempt(Quantity.Gradient, () =>
            {
                gradients = Gradients(Weighted(outputs, golden.Upstream), leaves, createGraph: golden.SecondGradients is not null);
                Compare(Quantity.Gradient, first, gradients);
            });
        }

        if (golden.SecondGradients is { } second && gradients.Length > 0)
        {
            Attempt(Quantity.SecondGradient, () => Compare(Quantity.SecondGradient, second, Gradients(Weighted(gradients, golden.Directions!), leaves, createGraph: false)));
        }

        return mismatches;

        void Attempt(Quantity quantity, Action action)
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // Any exception is a result that differs from the reference data, which have none.
            catch (Exception exception) when (exception is not NotYetSupportedException)
#pragma warning restore CA1031
            {
                mismatches.Add(new(quantity, $"{quantity}: {exception.GetType().Name}: {exception.Message}"));
            }
        }

        void Compare(Quantity quantity, GoldenTensor[] expected, Tensor[] got)
        {
            if (expected.Length != got.Length)
            {
                mismatches.Add(new(quantity, $"{quantity}: {got.Length} tensors, expected {expected.Length}"));
                return;
            }

            mismatches.AddRange(expected.Select((tensor, i) => Mismatch.Find(golden, quantity, i, tensor, got[i])).OfType<Mismatch>());
        }
    }

    // Σ tensor·weight over the tensors that have a weight.
    private static Tensor Weighted(Tensor[] tensors, GoldenTensor?[] weights)
    {
        var total = Tensor.Zeros([], DType.Float64);
        for (var i = 0; i < weights.Length; i++)
        {
            total = weights[i] is { } weight ? total + (tensors[i] * weight.ToTensor()).Sum() : total;
        }

        return total;
    }

    private static Tensor[] Gradients(Tensor total, Tensor[] leaves, bool createGraph)
        => Differentiate.Gradients(total, leaves, createGraph: createGraph, allowUnused: true);
}
