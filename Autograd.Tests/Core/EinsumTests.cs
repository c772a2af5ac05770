using Autograd.Tests.Generators;
using FsCheck.Fluent;

namespace Autograd.Tests.Core;

/// <summary>Einstein sums against a sum over all combinations of labels, and against the operations that they spell.</summary>
public class EinsumTests
{
    private static readonly string[] Equations =
    [
        "a->a", "ab->ba", "ab->", "aa->a", "aa", "aab->b", "aba->ab", "a,a->", "a,a->a", "a,b->ab", "a,b->ba", "ab,bc->ac", "ab,bc", "ba,bc->ac", "ab,ab->a", "ab,ab->", "abc,bcd->ad", "abc,abd->acd", "abc,abd->bcd", "abc,cb->a",
        "ab,c->b", "aab,bcc->ac", "a,a,a->a", "ab,bc,cd->ad", "ab,bc,cd->da", "abc,bd,cd->a", "ab,a,b->", "abc,ab,d->cd", "ab,bc,ca", "Ab,bA", "a,ab,abc,abcd->d",
    ];

    [Test]
    public void An_Einstein_sum_is_the_sum_over_all_labels()
        => Law.Holds(
            from equation in Gen.Elements(Equations) from sizes in Gen.Choose(0, 3).ArrayOf(5) from seed in Gen.Choose(0, 1_000_000) select (equation, sizes, seed),
            sample =>
            {
                var generator = new Generator((ulong)sample.seed);
                var left = sample.equation.Split("->")[0];
                Tensor[] operands = [.. left.Split(',').Select(term => Tensor.RandInt(-3, 4, [.. term.Select(letter => sample.sizes[letter == 'A' ? 4 : letter - 'a'])], generator))];
                Law.Equal(Tensor.Einsum(sample.equation, operands), Naive(sample.equation, operands), sample.equation);
            },
            count: 300);

    [Test]
    public void Ellipses_broadcast()
    {
        var g = new Generator(5);
        var (a, b) = (Tensor.RandInt(-5, 6, [4, 1, 2, 3], g), Tensor.RandInt(-5, 6, [5, 3, 2], g));
        Assert.That(Tensor.Einsum("...ij,...jk->...ik", a, b).ToArray<long>(), Is.EqualTo(a.MatMul(b).ToArray<long>()));
        Assert.That(Tensor.Einsum("...ij,...jk", a, b).Shape, Is.EqualTo(Shape.Create([4, 5, 2, 2])));
        Assert.That(Tensor.Einsum("i...->...i", a).ToArray<long>(), Is.EqualTo(a.Permute(1, 2, 3, 0).ToArray<long>()));
        Assert.That(Tensor.Einsum("...->", a).Item<long>(), Is.EqualTo(a.Sum().Item<long>()));
        Assert.That(Tensor.Einsum("... , ...", a, b.Sum(0).T).ToArray<long>(), Is.EqualTo((a * b.Sum(0).T).ToArray<long>()));
        Assert.That(Tensor.Einsum("ij,ij->ij", a[0, 0], Tensor.Full([1, 3], 2)).ToArray<long>(), Is.EqualTo((a[0, 0] * 2).ToArray<long>()), "sizes of 1 broadcast");
        Assert.That(Tensor.Einsum("ii->i", Tensor.Eye(3)).ToArray<float>(), Is.EqualTo(new float[] { 1, 1, 1 }));
    }

    [Test]
    public void The_order_is_that_of_the_least_cost()
    {
        // (A v) first: 3 000 multiplications and no matrix of 1000 by 1000.
        var (u, v, w) = (Tensor.Ones([1000, 1]), Tensor.Ones([1, 1000]), Tensor.Ones([1000]));
        Assert.That(Tensor.Einsum("ij,jk,k->i", u, v, w).ToArray<float>(), Is.All.EqualTo(1000));
    }

    [Test]
    public void Gradients_are_right_to_second_order()
    {
        var g = new Generator(7);
        Tensor Draw(params int[] sizes) => Tensor.Randn(sizes, DType.Float64, generator: g);
        GradCheckOptions order2 = new() { Order = 2 };
        GradCheck.Verify(x => Tensor.Einsum("ab,bc,ca->a", x[0], x[1], x[2]), [Draw(2, 3), Draw(3, 2), Draw(2, 2)], order2);
        GradCheck.Verify(x => Tensor.Einsum("...ii,i->...", x[0], x[1]), [Draw(2, 3, 3), Draw(3)], order2);
        GradCheck.Verify(x => Tensor.Bilinear(x[0], x[1], x[2], x[3]), [Draw(2, 3), Draw(2, 2), Draw(4, 3, 2), Draw(4)], order2);
        GradCheck.Verify(x => x[0].Kron(x[1]), [Draw(2, 1), Draw(3)], order2);
    }

    [Test]
    public void Products_by_name()
    {
        var (a, b) = (Tensor.From([1L, 2, 3]), Tensor.From([4L, 5, 6]));
        Assert.That(a.Dot(b).Item<long>(), Is.EqualTo(32));
        Assert.That(a.Outer(b[..2]).ToArray<long>(), Is.EqualTo(new long[] { 4, 5, 8, 10, 12, 15 }));
        Assert.That(a.Kron(b[..2]).ToArray<long>(), Is.EqualTo(new long[] { 4, 5, 8, 10, 12, 15 }));
        var (x, y) = (Tensor.Arange(24).Reshape(2, 3, 4), Tensor.Arange(24).Reshape(3, 4, 2));
        Assert.That(x.TensorDot(y).ToArray<long>(), Is.EqualTo(Tensor.Einsum("abc,bcd->ad", x, y).ToArray<long>()));
        Assert.That(x.TensorDot(y, 0).Rank, Is.EqualTo(6));
        Assert.That(() => x.TensorDot(y, 1), Throws.TypeOf<ShapeException>());
        Assert.That(() => a.Dot(x), Throws.TypeOf<ShapeException>().With.Message.Contains("Sum()"));
    }

    [Test]
    public void Mistakes_are_named()
    {
        var x = Tensor.Ones([2, 3]);
        Assert.That(() => Tensor.Einsum("ij,jk->ik", x), Throws.ArgumentException.With.Message.Contains("1 operands"));
        Assert.That(() => Tensor.Einsum("ij->ik", x), Throws.ArgumentException);
        Assert.That(() => Tensor.Einsum("ij->ii", x), Throws.ArgumentException);
        Assert.That(() => Tensor.Einsum("i1->i", x), Throws.ArgumentException.With.Message.Contains("letters"));
        Assert.That(() => Tensor.Einsum("i..j->i", x), Throws.ArgumentException);
        Assert.That(() => Tensor.Einsum("i->i", x), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 3]"));
        Assert.That(() => Tensor.Einsum("ii", x), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.Einsum("ij,jk", x, x), Throws.TypeOf<ShapeException>().With.Message.Contains("size 2"));
        Assert.That(() => Tensor.Einsum("ij,ij", x, x.To(DType.Float64)), Throws.TypeOf<DTypeException>());
    }

    private static Tensor Naive(string equation, Tensor[] operands)
    {
        var sides = equation.Split("->");
        var terms = sides[0].Split(',');
        var output = sides.Length > 1 ? sides[1] : string.Concat(sides[0].Replace(",", string.Empty, StringComparison.Ordinal).GroupBy(c => c).Where(group => group.Count() == 1).Select(group => group.Key).Order());
        var sizes = terms.Zip(operands, (term, operand) => term.Zip(operand.Shape)).SelectMany(pairs => pairs).DistinctBy(pair => pair.First).ToDictionary();
        var labels = string.Concat(sizes.Keys);
        var shape = Shape.Create([.. output.Select(label => sizes[label])]);
        var result = new long[shape.ElementCount];
        void Sum(int depth, Dictionary<char, int> at)
        {
            if (depth < labels.Length)
            {
                for (var i = 0; i < sizes[labels[depth]]; i++)
                {
                    at[labels[depth]] = i;
                    Sum(depth + 1, at);
                }

                return;
            }

            int Place(string term) => term.Aggregate(0, (place, label) => (place * sizes[label]) + at[label]);
            result[Place(output)] += terms.Zip(operands, (term, operand) => operand.ToArray<long>()[Place(term)]).Aggregate(1L, (product, factor) => product * factor);
        }

        Sum(0, []);
        return Tensor.From(result, shape.Rank == 0 ? [1] : shape).Reshape(shape);
    }
}
