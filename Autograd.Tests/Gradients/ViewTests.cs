using Autograd.Autodiff;
using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Gradients;

/// <summary>How a tensor lies in memory changes nothing: every operation on a view gives the values and the gradients that it gives on a copy.</summary>
internal sealed class ViewTests
{
    private static readonly Gen<(Tensor Values, StridedForm Form)> Samples =
        from sizes in Shapes.Any()
        from form in StridedForm.OfRank(sizes.Length)
        from seed in Gen.Choose(0, 1_000_000)
        select (TensorSpec.Draw(sizes, new Generator((ulong)seed), Domain.Any), form);

    [Test]
    public void A_view_has_the_values_of_its_copy()
        => Law.Holds(Samples, sample =>
        {
            var view = sample.Form.Of(sample.Values);
            Law.Equal(view, sample.Values, "View");
            var values = view.ToArray<double>();
            var place = 0;
            foreach (var index in Indices([.. view.Shape]))
            {
                var one = view[[.. index.Select(i => (TensorIndex)i)]];
                Law.Equal(one.Item(), values[place++], $"Element {Shapes.ToCode(index)}", 0);
            }
        });

    [Test]
    public void A_program_on_views_gives_what_it_gives_on_copies()
        => Law.Holds(
            from program in Programs.Arbitrary(steps: 4).Generator
            from forms in StridedForm.OfRanks(program.Inputs.Select(input => input.Rank))
            select (program, forms),
            sample =>
            {
                var (program, forms) = sample;
                Tensor[] copies = Array.ConvertAll(program.Inputs, input => input.AsLeaf());
                Tensor[] arranged = [.. program.Inputs.Select((input, i) => forms[i].Arrange(input).AsLeaf())];
                Tensor[] views = [.. arranged.Select((tensor, i) => forms[i].View(tensor))];
                var (expected, actual) = (program.Run(copies), program.Run(views));
                Law.Equal(actual, expected, "Value");
                var weights = TensorSpec.Draw([.. expected.Shape], new Generator(1), Domain.Any);
                var expectedGradients = Differentiate.Gradients(expected, copies, weights, allowUnused: true);
                var actualGradients = Differentiate.Gradients(actual, arranged, weights, allowUnused: true);
                for (var i = 0; i < copies.Length; i++)
                {
                    Law.Equal(forms[i].View(actualGradients[i]), expectedGradients[i], $"Gradient {i}");
                }
            },
            count: 200);

    [Test]
    public void Reshape_of_a_view_gives_the_order_of_its_copy()
        => Law.Holds(
            from sample in Samples
            from order in Gen.Shuffle(sample.Values.Shape.ToArray())
            from at in Gen.Choose(0, order.Length)
            from expanded in Gen.Choose(1, 3)
            select (sample.Values, sample.Form, Target: (int[])[.. order[..at], 1, .. order[at..]], expanded),
            sample =>
            {
                var view = sample.Form.Of(sample.Values);
                Law.Equal(view.Reshape(sample.Target), Copy(view).Reshape(sample.Target), "Reshape");
                Law.Equal(view.Flatten(), Copy(view).Flatten(), "Flatten");

                // Dimensions of stride 0 merge, or do not, as well.
                var repeated = view.Unsqueeze(0).Expand([sample.expanded, .. view.Shape]);
                Law.Equal(repeated.Flatten(), Copy(repeated).Flatten(), "Flatten of an expanded view");
                Law.Equal(repeated.Reshape([.. sample.Target, sample.expanded]), Copy(repeated).Reshape([.. sample.Target, sample.expanded]), "Reshape of an expanded view");
            },
            count: 300);

    [Test]
    public void Views_share_their_source_and_nothing_writes_through_them()
        => Law.Holds(Samples, sample =>
        {
            var arranged = sample.Form.Arrange(sample.Values);
            var before = arranged.ToArray<double>();
            var view = sample.Form.View(arranged);
            _ = view + 1;
            _ = view.Rank == 0 ? view : view.With([.. Enumerable.Repeat(TensorIndex.All, view.Rank)], 3);
            _ = view.Softmax(-1);
            if (!arranged.ToArray<double>().AsSpan().SequenceEqual(before))
            {
                throw new LawBrokenException("An operation changed its operand.");
            }
        });

    private static Tensor Copy(Tensor view) => Tensor.From(view.ToArray<double>(), [view.ElementCount]).Reshape(view.Shape);

    private static IEnumerable<int[]> Indices(int[] sizes)
        => sizes.Aggregate((IEnumerable<int[]>)[[]], (all, size) => all.SelectMany(index => Enumerable.Range(0, size).Select(i => (int[])[.. index, i])));
}
