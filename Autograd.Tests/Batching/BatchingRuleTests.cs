using Autograd.Autodiff;
using Autograd.Tests.Gradients;

namespace Autograd.Tests.Batching;

/// <summary>The batching rule of every operation: the results for a batch are those of its examples, whichever inputs differ from example to example, and so are the gradients.</summary>
internal sealed class BatchingRuleTests
{
    private const int Count = 3;

    private static IEnumerable<OperationCase> Cases => OperationCase.All(typeof(Operation).Assembly);

    [TestCaseSource(nameof(Cases))]
    public void A_batch_gives_what_its_examples_give(object operation)
    {
        var test = (OperationCase)operation;
        Tensor[][] examples = [.. Enumerable.Range(0, Count).Select(i => test.Inputs(new Generator((ulong)i + 1)))];
        var inputs = examples[0].Length;
        for (var mask = 1; mask < 1 << inputs; mask++)
        {
            bool IsBatched(int input) => (mask >> input & 1) == 1;
            Tensor[] Example(int i) => [.. Enumerable.Range(0, inputs).Select(k => examples[IsBatched(k) ? i : 0][k])];
            Tensor[] batch = [.. Enumerable.Range(0, inputs).Select(k => IsBatched(k) ? Tensor.Stack([.. examples.Select(example => example[k])]) : examples[0][k])];
            int?[] dims = [.. Enumerable.Range(0, inputs).Select(k => IsBatched(k) ? (int?)0 : null)];

            Tensor[] ValueAndGradients(Tensor[] x)
            {
                var y = test.Apply(x);
                var (_, pullback) = Differentiate.Vjp(own => test.Apply(Merge(x, own)), Array.FindAll(x, input => input.DType.IsFloatingPoint));
                return [y, .. pullback((Tensor.Arange(y.ElementCount, dtype: DType.Float64) * 0.37).Sin().Reshape(y.Shape))];
            }

            var together = Differentiate.Vmap(ValueAndGradients, dims)(batch);
            Tensor[][] apart = [.. Enumerable.Range(0, Count).Select(i => ValueAndGradients(Example(i)))];
            for (var r = 0; r < together.Length; r++)
            {
                var expected = Tensor.Stack([.. apart.Select(results => results[r])]);
                Assert.That(together[r].Shape, Is.EqualTo(expected.Shape), $"{test}, inputs {mask}, result {r}");
                Assert.That(together[r].AllClose(expected, 1e-9, 1e-11), Is.True, $"{test}, inputs {mask}, result {r}:\n{together[r]}\n{expected}");
            }
        }
    }

    /// <summary>Operations without gradients, each on a batch of matrices and on a batch of numbers.</summary>
    [TestCaseSource(nameof(Places))]
    public void Places_and_relations_are_those_of_the_examples(Func<Tensor, Tensor> function)
    {
        foreach (var x in new[] { Tensor.Randn([4, 3, 2], DType.Float64, generator: new Generator(1)), Tensor.Randn([4], DType.Float64, generator: new Generator(2)) })
        {
            var together = Differentiate.Vmap(function)(x);
            var apart = Tensor.Stack([.. Enumerable.Range(0, 4).Select(i => function(x[i]))]);
            Assert.That((together.Shape, together.DType), Is.EqualTo((apart.Shape, apart.DType)));
            Assert.That(together.Eq(apart).All().Item<bool>(), Is.True, $"{together}\n{apart}");
        }
    }

    private static IEnumerable<Func<Tensor, Tensor>> Places =>
    [
        x => x.ArgMax(), x => x.ArgMin(0), x => x.ArgSort(0), x => x.CumMax(-1).Indices, x => x > 0.1, x => (x > 0) & (x < 1), x => !(x > 0), x => x.Floor().To(DType.Int64),
        x => x.Sort(0).Values, x => x.Median(0).Values, x => x.Amax(0), x => x.Sum(), x => x.CumSum(0), x => (x > 0).All(), x => x.Flatten().Repeat(2), x => x.Sign(),
    ];

    [Test]
    public void Pooling_and_convolution_are_those_of_the_examples()
    {
        var (x, w) = (Tensor.Randn([3, 2, 4, 6, 6], DType.Float64, generator: new Generator(1)), Tensor.Randn([3, 6, 2, 3, 3], DType.Float64, generator: new Generator(2)));
        static Tensor Network(Tensor image, Tensor filter) => image.Conv2d(filter, padding: 1, groups: 2).MaxPool2d(2).AvgPool2d(2, stride: 1).Tanh();
        foreach (var (inX, inW) in new (int?, int?)[] { (0, null), (null, 0), (0, 0) })
        {
            var (image, filter) = (inX is null ? x[0] : x, inW is null ? w[0] : w);
            var together = Differentiate.Vmap(Network, inX, inW)(image, filter);
            var apart = Tensor.Stack([.. Enumerable.Range(0, 3).Select(i => Network(inX is null ? image : image[i], inW is null ? filter : filter[i]))]);
            Assert.That(together.AllClose(apart, 1e-12, 1e-12), Is.True);
        }
    }

    [Test]
    public void Attention_of_a_batch_with_masks_of_every_kind()
    {
        var (q, k, v) = (Tensor.Randn([3, 4, 2], DType.Float64, generator: new Generator(1)), Tensor.Randn([3, 5, 2], DType.Float64, generator: new Generator(2)), Tensor.Randn([3, 5, 3], DType.Float64, generator: new Generator(3)));
        var numbers = Tensor.Randn([3, 4, 5], DType.Float64, generator: new Generator(4));
        foreach (var mask in new[] { numbers > -0.5, numbers, numbers.AsLeaf() })
        {
            var own = Differentiate.Vmap((Tensor[] x) => [Tensor.ScaledDotProductAttention(x[0], x[1], x[2], x[3])])([q, k, v, mask])[0];
            Assert.That(own.AllClose(Tensor.ScaledDotProductAttention(q, k, v, mask), 1e-13, 1e-13), $"{mask.DType}");
            var shared = Differentiate.Vmap((Tensor[] x) => [Tensor.ScaledDotProductAttention(x[0], x[1], x[2], mask[0])])([q, k, v])[0];
            Assert.That(shared.AllClose(Tensor.ScaledDotProductAttention(q, k, v, mask[0]), 1e-13, 1e-13), $"{mask.DType}");
        }

        var together = Differentiate.Jacobian(t => Tensor.ScaledDotProductAttention(t, k, v, numbers))(q);
        Assert.That(together.AllClose(Differentiate.NumericalJacobian(t => Tensor.ScaledDotProductAttention(t, k, v, numbers), q), 1e-8, 1e-8));
    }

    private static Tensor[] Merge(Tensor[] x, Tensor[] own)
    {
        var next = 0;
        return Array.ConvertAll(x, input => input.DType.IsFloatingPoint ? own[next++] : input);
    }
}
