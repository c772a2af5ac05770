using System.Reflection;
using Autograd.NN;
using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.NN.Losses;

/// <summary>What holds for every loss: gradients to second order, reductions, finite values at extremes.</summary>
internal sealed class EveryLossTests
{
    private static readonly Gen<(int N, int C, int Seed)> Samples =
        from n in Gen.Choose(1, 3)
        from c in Gen.Choose(2, 3)
        from seed in Gen.Choose(0, 1_000_000)
        select (n, c, seed);

    private static IEnumerable<LossRow> Rows => LossTable.Rows;

    [Test]
    public void Has_a_row()
    {
        var methods = typeof(Loss).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).Distinct(StringComparer.Ordinal);
        Assert.That(methods, Is.EquivalentTo(LossTable.Rows.Select(row => row.Method)), "Every loss needs a row in LossTable.");
    }

    [TestCaseSource(nameof(Rows))]
    public void Gradients_are_right_to_second_order(object row)
        => Law.Holds(
            Samples,
            sample =>
            {
                var (x, y) = Draw(sample);
                foreach (var reduction in Enum.GetValues<Reduction>())
                {
                    AwayFromKinks.Verify(inputs => ((LossRow)row).Call(inputs[0], inputs[1], reduction).Sin(), [x, y], LossCase.SecondOrder);
                }
            },
            count: 2);

    [TestCaseSource(nameof(Rows))]
    public void Reductions_are_of_the_terms(object row)
        => Law.Holds(
            Samples,
            sample =>
            {
                var (x, y) = Draw(sample);
                var loss = (LossRow)row;
                if (!LossTable.Reduces(loss))
                {
                    return;
                }

                var terms = loss.Call(x, y, Reduction.None);
                Law.Equal(loss.Call(x, y, Reduction.Sum), terms.Sum(), "the sum");
                Law.Equal(loss.Call(x, y, Reduction.BatchMean), terms.Sum() / terms.Shape[0], "the mean over examples");
                if (loss.Method != "Ctc")
                {
                    Law.Equal(loss.Call(x, y, Reduction.Mean), terms.Mean(), "the mean");
                }
            },
            count: 5);

    [TestCaseSource(nameof(Rows))]
    public void Scores_of_plus_and_minus_10000_give_numbers(object row)
    {
        var loss = (LossRow)row;
        if (loss.Method is "PoissonNegativeLogLikelihood" or "GaussianNegativeLogLikelihood")
        {
            // Their formulas have e to a prediction in them, which is infinite.
            return;
        }

        foreach (var dtype in (DType[])[DType.Float32, DType.Float64])
        {
            var x = Tensor.From([1e4, -1e4, 0, 1e4, 1e4, -1e4], [2, 3]).To(dtype).AsLeaf();
            var y = Tensor.From([-1.0, 1, 2, 1, -2, 1], [2, 3]).To(dtype);
            if (loss.Method.EndsWith("Penalty", StringComparison.Ordinal) && dtype == DType.Float32)
            {
                continue;
            }

            var value = loss.Call(x, y, Reduction.Sum);
            Assert.That(double.IsFinite(value.Item()), $"{dtype}: {value.Item()}");
            var gradient = Differentiate.Gradients(value, [x], allowUnused: true)[0];
            Assert.That(gradient.IsFinite().All().Item<bool>(), $"{dtype}: {gradient}");
        }
    }

    private static (Tensor X, Tensor Y) Draw((int N, int C, int Seed) sample)
    {
        var generator = new Generator((ulong)sample.Seed);
        return (Tensor.Randn([sample.N, sample.C], DType.Float64, generator: generator), Tensor.Randn([sample.N, sample.C], DType.Float64, generator: generator));
    }
}
