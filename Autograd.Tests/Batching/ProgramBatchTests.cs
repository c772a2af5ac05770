using Autograd.Tests.Generators;

namespace Autograd.Tests.Batching;

/// <summary>Random programs of up to 30 operations of the whole catalogue, mapped: values and gradients are those of the examples.</summary>
[NonParallelizable]
internal sealed class ProgramBatchTests
{
    private const int Count = 3;

    [Test]
    public void A_mapped_program_gives_what_its_examples_give()
    {
        var (mapped, refused) = (0, new SortedSet<string>(StringComparer.Ordinal));
        Law.Holds(
            Programs.Arbitrary(steps: 12),
            program =>
            {
                Tensor[][] examples = [.. Enumerable.Range(0, Count).Select(i => Array.ConvertAll(program.Inputs, input => input * (1 - (0.01 * i))))];
                if (!Array.TrueForAll(examples, inputs => (program with { Inputs = inputs }).IsValid()))
                {
                    return;
                }

                Tensor[] ValueAndGradients(Tensor[] inputs)
                {
                    var (value, pullback) = Differentiate.Vjp(program.Run, inputs);
                    return [value, .. pullback(Tensor.OnesLike(value))];
                }

                Tensor[] together;
                try
                {
                    together = Differentiate.Vmap(ValueAndGradients)([.. program.Inputs.Select((_, k) => Tensor.Stack([.. examples.Select(inputs => inputs[k])]))]);
                }
                catch (BatchingException exception)
                {
                    refused.Add(exception.StackTrace!.Split('\n').First(line => line.Contains("Autograd.Tensor.", StringComparison.Ordinal) && !line.Contains("Compute()", StringComparison.Ordinal)).Split(" in ")[0].Trim());
                    return;
                }

                mapped++;
                for (var i = 0; i < Count; i++)
                {
                    foreach (var (r, expected) in ValueAndGradients(examples[i]).Index())
                    {
                        if (!together[r][i].AllClose(expected, 1e-8, 1e-8, equalNaN: true))
                        {
                            throw new LawBrokenException($"Example {i}, result {r}:\n{together[r][i]}\n{expected}");
                        }
                    }
                }
            },
            count: 200);
        TestContext.Out.WriteLine($"{mapped} mapped; refused by {string.Join("; ", refused)}");
        Assert.That(mapped, Is.GreaterThan(150));
    }
}
