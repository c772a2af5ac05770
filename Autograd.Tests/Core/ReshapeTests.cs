using Autograd.Evaluation;

namespace Autograd.Tests.Core;

public class ReshapeTests
{
    [Test]
    public void Reshape_keeps_the_order_of_the_elements_whatever_the_layout()
    {
        foreach (var count in (int[])[1, 2, 4, 6, 8, 12])
        {
            var shapes = Factorizations(count, 4).ToArray();
            foreach (var from in shapes)
            {
                foreach (var (order, signs) in Arrangements(from.Length))
                {
                    var n = Naive.Counting(from);
                    var x = Laid(n, order, signs);
                    foreach (var to in shapes)
                    {
                        Naive.Of(n.ToArray(), to).AssertEquals(x.Reshape(to), $"[{string.Join(',', from)}] as [{string.Join(',', order)}] to [{string.Join(',', to)}]");
                    }
                }
            }
        }
    }

    [Test]
    public void A_reshaped_layout_finds_every_element_where_it_was()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var sizes = Factorizations(random.Next(2) == 0 ? 12 : 16, 4).ToArray();
            var (from, to) = (random.GetItems(sizes, 1)[0], random.GetItems(sizes, 1)[0]);
            if (from.Aggregate(1, (a, b) => a * b) != to.Aggregate(1, (a, b) => a * b))
            {
                continue;
            }

            // Strides of all kinds, 0 and overlapping ones included.
            var layout = new Layout(Shape.Create(from), [.. from.Select(_ => random.Next(-2, 3) * random.Next(1, 7))], 100);
            if (layout.TryReshape(Shape.Create(to), out var view))
            {
                Assert.That(Places(view), Is.EqualTo(Places(layout)), $"[{string.Join(',', from)}] strides [{string.Join(',', layout.Strides)}] to [{string.Join(',', to)}]");
            }
        }
    }

    [Test]
    public void A_view_is_found_where_there_is_one()
    {
        var x = Tensor.Arange(24).Reshape(2, 3, 4);
        (Tensor From, int[] To)[] views =
        [
            (x, [4, 6]), (x.Permute(1, 2, 0), [12, 2]), (x.Permute(2, 0, 1), [4, 6]), (x[.., 1..], [2, 8]), (x[.., .., TensorIndex.Slice(0, 4, 2)], [6, 2]), (x.Flip(), [24]),
            (Tensor.Ones([1]).Expand(2, 3), [3, 2]), (x[.., 0], [2, 2, 2]), (x[0, .., 1], [3, 1, 1]), (x.Permute(0, 2, 1), [2, 2, 2, 3]),
        ];
        foreach (var (from, to) in views)
        {
            Assert.That(from.Layout.TryReshape(Shape.Create(to), out _), $"{from.Shape} to {Shape.Create(to)}");
        }

        Assert.That(x.T.Layout.TryReshape(Shape.Create([24]), out _), Is.False);
        Assert.That(x.T.Flatten().Storage<long>() == x.Storage<long>(), Is.False);
    }

    [Test]
    public void One_size_can_be_left_open()
    {
        var x = Tensor.Zeros([2, 3, 4]);
        Assert.That(x.Reshape(-1).Shape, Is.EqualTo(Shape.Create([24])));
        Assert.That(x.Reshape(6, -1).Shape, Is.EqualTo(Shape.Create([6, 4])));
        Assert.That(x.Reshape(2, -1, 3, 4).Shape, Is.EqualTo(Shape.Create([2, 1, 3, 4])));
        Assert.That(Tensor.Zeros([0, 3]).Reshape(-1, 5).Shape, Is.EqualTo(Shape.Create([0, 5])));
        Assert.That(Tensor.Zeros([]).Reshape(-1).Shape, Is.EqualTo(Shape.Create([1])));
        Assert.That(x.Unflatten(-1, 2, -1).Shape, Is.EqualTo(Shape.Create([2, 3, 2, 2])));
        Assert.That(Tensor.Zeros([0, 6]).Unflatten(1, -1, 3).Shape, Is.EqualTo(Shape.Create([0, 2, 3])));
    }

    [TestCase(new[] { 5, 5 })]
    [TestCase(new[] { 5, -1 })]
    [TestCase(new[] { -1, -1 })]
    [TestCase(new[] { -1, 0 })]
    [TestCase(new int[0])]
    public void Sizes_that_do_not_fit_are_an_error_that_names_both_shapes(int[] sizes)
        => Assert.That(
            () => Tensor.Zeros([2, 3, 4]).Reshape(sizes),
            Throws.TypeOf<ShapeException>().With.Message.StartsWith("Reshape").And.Message.Contains("[2, 3, 4]").And.Message.Contains($"[{string.Join(", ", sizes)}]"));

    [Test]
    public void Sizes_that_do_not_fill_a_dimension_are_an_error()
    {
        Assert.That(() => Tensor.Zeros([2, 6]).Unflatten(1, 2, 2), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.Zeros([0, 6]).Unflatten(1, 2, 2), Throws.TypeOf<ShapeException>().With.Message.StartsWith("Unflatten").And.Message.Contains("[0, 6]"));
        Assert.That(() => Tensor.Zeros([2, 6]).Unflatten(1, 4, -1), Throws.TypeOf<ShapeException>());
    }

    [Test]
    public void Merging_dimensions_into_too_large_a_one_is_an_error()
        => Assert.That(() => Tensor.Zeros([65536, 65537, 0]).Flatten(0, 1), Throws.TypeOf<ShapeException>().With.Message.Contains("[65536, 65537]"));

    private static int[] Places(Layout layout)
        => [.. Naive.Places(layout.Shape.ToArray()).Select(place => layout.Offset + place.Zip(layout.Strides, (i, stride) => i * stride).Sum())];

    // A storage in which dimension order[0] is the innermost one, and so on; negative signs run backwards.
    private static Tensor Laid(Naive n, int[] order, bool[] backwards)
    {
        var (strides, step, offset) = (new int[n.Rank], 1, 0);
        foreach (var d in order)
        {
            strides[d] = backwards[d] ? -step : step;
            offset += backwards[d] ? step * (n.Sizes[d] - 1) : 0;
            step *= n.Sizes[d];
        }

        return Arranged.At(n.ToArray(), n.Sizes, strides, offset);
    }

    private static IEnumerable<(int[] Order, bool[] Backwards)> Arrangements(int rank)
    {
        foreach (var order in Permutations([.. Enumerable.Range(0, rank)]))
        {
            yield return (order, new bool[rank]);
            yield return (order, [.. order.Select(d => d % 2 == 0)]);
        }
    }

    private static IEnumerable<int[]> Permutations(int[] items)
        => items.Length == 0 ? [[]] : items.SelectMany((first, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (int[])[first, .. rest]));

    private static IEnumerable<int[]> Factorizations(int count, int rank)
        => rank == 0
            ? count == 1 ? [[]] : []
            : Factorizations(count, 0).Concat(Enumerable.Range(1, count).Where(size => count % size == 0).SelectMany(size => Factorizations(count / size, rank - 1).Select(rest => (int[])[size, .. rest])));
}
