using System.Runtime.InteropServices;
using Autograd.Tests.Generators;

namespace Autograd.Tests.Gradients;

/// <summary>Random programs of up to 30 operations of the whole catalogue: fused as unfused, bit for bit, and gradients that equal the numerical ones.</summary>
[NonParallelizable]
internal sealed class ProgramGradientTests
{
    private int threshold;

    [SetUp]
    public void KeepThreshold() => threshold = Fusion.Threshold;

    [TearDown]
    public void RestoreThreshold() => Fusion.Threshold = threshold;

    [Test]
    public void Gradient_of_a_random_program([Values] bool fused)
    {
        Fusion.Threshold = fused ? 1 : int.MaxValue;
        Law.Holds(Programs.Arbitrary(), program => Verify(program, order: 1), count: 300);
    }

    /// <summary>No false alarm: about a minute.</summary>
    [Test]
    [Explicit("The long form of the test above.")]
    [Category("Long")]
    public void Gradients_of_ten_thousand_random_programs()
    {
        Fusion.Threshold = 1;
        Law.Holds(Programs.Arbitrary(), program => Verify(program, order: 1), count: 10_000);
    }

    /// <summary>Not in programs whose result is empty or constant, of which there are some.</summary>
    [Test]
    public void A_gradient_that_is_wrong_by_a_hundredth_is_found_in_most_programs()
    {
        var sine = Differentiate.CustomGradient(x => x.Sin(), (x, _, grad) => grad * x.Cos() * 1.01);
        var wrong = new ProgramOperation("wrong", 1, _ => null, (x, _) => sine(x[0]), (x, _) => $"wrong({x[0]})");
        var (found, all) = (0, 0);
        Law.Holds(
            Programs.Arbitrary(),
            program =>
            {
                all++;
                try
                {
                    Verify(program with { Steps = [.. program.Steps, new(wrong, [program.Inputs.Length + program.Steps.Length - 1], [])] }, order: 1);
                }
                catch (GradientMismatchException)
                {
                    found++;
                }
            },
            count: 100);
        TestContext.Out.WriteLine($"found in {found} of {all}");
        Assert.That(found, Is.GreaterThan(all / 2));
    }

    [Test]
    public void Second_derivatives_of_a_small_random_program()
        => Law.Holds(Programs.Arbitrary(steps: 4, elements: 6), program => Verify(program, order: 2), count: 200);

    [Test]
    public void Fused_and_unfused_programs_give_the_same_bits()
    {
        Fusion.Threshold = 1;
        Law.Holds(
            Programs.Arbitrary(),
            program =>
            {
                var fused = ValueAndGradients(program);
                using var _ = Fusion.Disabled();
                foreach (var (i, (one, other)) in fused.Zip(ValueAndGradients(program)).Index())
                {
                    if (!MemoryMarshal.Cast<double, long>(one).SequenceEqual(MemoryMarshal.Cast<double, long>(other)))
                    {
                        throw new LawBrokenException($"{(i == 0 ? "The value" : $"Gradient {i - 1}")} depends on fusion:\nfused   {string.Join(' ', one)}\nunfused {string.Join(' ', other)}");
                    }
                }
            },
            count: 1000);
    }

    private static List<double[]> ValueAndGradients(TestProgram program)
    {
        var leaves = Array.ConvertAll(program.Inputs, input => input.AsLeaf());
        var y = program.Run(leaves);
        var gradients = Differentiate.Gradients(y.Sum(), leaves, allowUnused: true);
        return [y.ToArray<double>(), .. gradients.Select(gradient => gradient.ToArray<double>())];
    }

    private static void Verify(TestProgram program, int order)
        => GradCheck.Verify(program.Run, program.Inputs, new() { Order = order, RelativeTolerance = 1e-4, AbsoluteTolerance = 1e-6 });
}
