using Autograd.Autodiff;
using Autograd.Evaluation;
using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Gradients;

/// <summary>Pairs of linear operations of which each is the other's adjoint: ⟨Ax, y⟩ = ⟨x, Aᵀy⟩. That is what makes each the other's gradient rule.</summary>
internal sealed class AdjointTests
{
    private static readonly Gen<ulong> Seeds = Gen.Choose(0, 1_000_000).Select(seed => (ulong)seed);

    [Test]
    public void Expand_and_SumTo()
        => Law.Holds(
            from shapes in Broadcastable.Arbitrary(1).Generator from seed in Seeds select (shapes, seed),
            sample => Adjoint(sample.shapes.Shapes[0], sample.shapes.Common, sample.seed, x => x.Expand(sample.shapes.Common), y => y.SumTo(sample.shapes.Shapes[0])));

    [Test]
    public void Broadcasting_and_the_engines_sum()
        => Law.Holds(
            from shapes in Broadcastable.Arbitrary(2).Generator from seed in Seeds select (shapes, seed),
            sample =>
            {
                var (a, b) = (Draw(sample.shapes.Shapes[0], sample.seed).AsLeaf(), Draw(sample.shapes.Shapes[1], sample.seed + 1).AsLeaf());
                var sum = a + b;
                var y = Draw([.. sum.Shape], sample.seed + 2);
                var gradients = Differentiate.Gradients(sum, [a, b], y);
                Law.Equal(gradients[0], y.SumTo(a.Shape), "Gradient of a");
                Law.Equal(gradients[1], y.SumTo(b.Shape), "Gradient of b");
                Law.Equal(Dot(sum.Detach(), y), Dot(a.Detach(), gradients[0]) + Dot(b.Detach(), gradients[1]), "⟨a + b, y⟩", 1e-11);
            });

    [Test]
    public void Select_and_Place()
        => Law.Holds(
            RandomCases.Of(typeof(SelectOp)),
            sample =>
            {
                var selection = Selection.Parse((string)sample.Case.Arguments[0]);
                var sizes = TensorSpec.Parse(sample.Case.Text).Sizes;
                var picked = new SelectOp(Draw(sizes, 0), selection).Apply().Shape;
                Adjoint(sizes, [.. picked], sample.Seed, x => new SelectOp(x, selection).Apply(), y => new PlaceOp(Tensor.Zeros(sizes, DType.Float64), y, selection).Apply());

                // Reading back what was placed; placing what was read.
                var (x, v) = (Draw(sizes, sample.Seed), Draw([.. picked], sample.Seed + 1));
                Law.Equal(new SelectOp(new PlaceOp(x, v, selection).Apply(), selection).Apply(), v, "Select after Place");
                Law.Equal(new PlaceOp(x, new SelectOp(x, selection).Apply(), selection).Apply(), x, "Place after Select");
            });

    [Test]
    public void Gather_and_ScatterAdd()
        => Law.Holds(
            RandomCases.Of(typeof(GatherOp)),
            sample =>
            {
                var inputs = sample.Case.Inputs(new Generator(sample.Seed));
                var (index, dim) = (inputs[1], (int)sample.Case.Arguments[0]);
                Adjoint(
                    [.. inputs[0].Shape], [.. index.Shape], sample.Seed,
                    x => x.Gather(dim, index),
                    y => Tensor.Zeros(inputs[0].Shape, DType.Float64).ScatterAdd(dim, index, y));
            });

    [Test]
    public void IndexSelect_and_IndexAdd()
        => Law.Holds(
            RandomCases.Of(typeof(IndexSelectOp)),
            sample =>
            {
                var inputs = sample.Case.Inputs(new Generator(sample.Seed));
                var (index, dim) = (inputs[1], (int)sample.Case.Arguments[0]);
                int[] selected = [.. inputs[0].Shape];
                selected[dim] = index.ElementCount;
                Adjoint(
                    [.. inputs[0].Shape], selected, sample.Seed,
                    x => x.IndexSelect(dim, index),
                    y => Tensor.Zeros(inputs[0].Shape, DType.Float64).IndexAdd(dim, index, y));
            });

    [Test]
    public void Permutations_and_their_inverses()
        => Law.Holds(
            from sizes in Shapes.Any() from order in Gen.Shuffle(Enumerable.Range(0, sizes.Length)) from seed in Seeds select (sizes, order, seed),
            sample => Adjoint(
                sample.sizes, Array.ConvertAll(sample.order, dim => sample.sizes[dim]), sample.seed,
                x => x.Permute(sample.order),
                y => y.Permute([.. Enumerable.Range(0, sample.order.Length).Select(dim => Array.IndexOf(sample.order, dim))])));

    [Test]
    public void Padding_and_cropping()
        => Law.Holds(
            from sizes in Shapes.NotEmpty(rankFrom: 1, rankTo: 3) from pad in Gen.Choose(0, 2).ArrayOf(2 * sizes.Length) from seed in Seeds select (sizes, pad, seed),
            sample => Adjoint(
                sample.sizes, [.. Draw(sample.sizes, 0).Pad(sample.pad).Shape], sample.seed,
                x => x.Pad(sample.pad),
                y => y.Pad(Array.ConvertAll(sample.pad, size => -size))));

    [Test]
    public void Matrix_products_and_those_with_the_transpose()
        => Law.Holds(
            from sizes in Gen.Choose(0, 5).ArrayOf(3) from seed in Seeds select (sizes, seed),
            sample =>
            {
                var b = Draw([sample.sizes[1], sample.sizes[2]], sample.seed + 2);
                Adjoint([sample.sizes[0], sample.sizes[1]], [sample.sizes[0], sample.sizes[2]], sample.seed, x => x.MatMul(b), y => y.MatMul(b.T));
            });

    /// <summary>⟨A x, y⟩ = ⟨x, Aᵀ y⟩, and the gradient of ⟨A x, y⟩ with respect to x is Aᵀ y.</summary>
    private static void Adjoint(int[] from, int[] to, ulong seed, Func<Tensor, Tensor> linear, Func<Tensor, Tensor> adjoint)
    {
        var (x, y) = (Draw(from, seed).AsLeaf(), Draw(to, seed + 1));
        var image = linear(x);
        if (!image.Shape.AsSpan().SequenceEqual(to))
        {
            throw new LawBrokenException($"The image has shape {image.Shape}, not {Shapes.ToCode(to)}.");
        }

        var back = adjoint(y);
        Law.Equal(Dot(image, y), Dot(x.Detach(), back), "⟨A x, y⟩ and ⟨x, Aᵀ y⟩", 1e-11);
        Law.Equal(Differentiate.Gradients(image, [x], y)[0], back, "The gradient of ⟨A x, y⟩");
    }

    private static Tensor Draw(int[] sizes, ulong seed) => TensorSpec.Draw(sizes, new Generator(seed), Domain.Any);

    private static double Dot(Tensor a, Tensor b) => (a * b).Sum().Item();
}
