using Autograd.NN;

namespace Autograd.Tests.NN.Layers;

/// <summary>What sequences promise: lengths, states that go on, caches, positions.</summary>
internal sealed class SequenceLayerTests
{
    [Test]
    public void A_padded_sequence_is_as_if_it_were_alone()
    {
        var lstm = new Lstm(2, 3, 2, bidirectional: true, batchFirst: true, generator: new(1), dtype: DType.Float64);
        var x = Tensor.Randn([3, 5, 2], DType.Float64, generator: new(2));
        long[] lengths = [5, 2, 4];
        var (output, state) = lstm.Forward(x, lengths: Tensor.From(lengths));
        for (var i = 0; i < 3; i++)
        {
            var n = (int)lengths[i];
            var (alone, last) = lstm.Forward(x[i, ..n]);
            Assert.That(output[i, ..n].AllClose(alone, 1e-12, 1e-12));
            Assert.That(output[i, n..].Eq(0).All().Item<bool>());
            Assert.That(state.Hidden[.., i].AllClose(last.Hidden, 1e-12, 1e-12));
            Assert.That(state.Cell[.., i].AllClose(last.Cell, 1e-12, 1e-12));
        }
    }

    [Test]
    public void A_state_goes_on_where_it_was_left()
    {
        var gru = new Gru(2, 3, generator: new(1), dtype: DType.Float64);
        var x = Tensor.Randn([6, 1, 2], DType.Float64, generator: new(2));
        var (whole, last) = gru.Forward(x);
        var (first, state) = gru.Forward(x[..2]);
        var (second, end) = gru.Forward(x[2..], state);
        Assert.That(Tensor.Concatenate([first, second]).AllClose(whole, 1e-12, 1e-12));
        Assert.That(end.AllClose(last, 1e-12, 1e-12));
    }

    [Test]
    public void Shapes_that_are_refused()
    {
        var lstm = new Lstm(2, 3, batchFirst: true);
        Assert.That(() => lstm.Forward(Tensor.Ones([1, 4, 3])), Throws.TypeOf<ShapeException>().With.Message.Contains("Lstm(inputSize: 2").And.Message.Contains("[N, L, 2]"));
        Assert.That(() => lstm.Forward(Tensor.Ones([1, 0, 2])), Throws.TypeOf<ShapeException>().With.Message.Contains("at least one step"));
        Assert.That(() => lstm.Forward(Tensor.Ones([1, 4, 2]), (Tensor.Ones([1, 2, 3]), Tensor.Ones([1, 2, 3]))), Throws.TypeOf<ShapeException>().With.Message.Contains("it must be [1, 1, 3]"));
        Assert.That(() => lstm.Forward(Tensor.Ones([2, 4, 2]), lengths: Tensor.From([4L])), Throws.TypeOf<ShapeException>().With.Message.Contains("[2]"));
        Assert.That(() => lstm.Forward(Tensor.Ones([2, 4, 2]), lengths: Tensor.From([4L, 5])), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("1 to 4 steps"));
        Assert.That(() => lstm.Forward(Tensor.Ones([2, 4, 2]), lengths: Tensor.From([4f, 2])), Throws.TypeOf<DTypeException>().With.Message.Contains("lengths.To"));
        Assert.That(() => lstm.Forward(Tensor.Ones([1, 4, 2], DType.Float64)), Throws.TypeOf<DTypeException>().With.Message.Contains("Lstm(").And.Message.Contains("model.To(DType.Float64)"));
        Assert.That(() => new Lstm(2, 3, projSize: 3), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new Rnn(2, 3, nonlinearity: Nonlinearity.Selu), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("Tanh or Relu"));
        Assert.That(() => new GruCell(2, 3).Forward(Tensor.Ones([1, 2]), Tensor.Ones([2, 3])), Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 3]"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_cache_gives_what_the_whole_sequence_gives(bool rotary)
    {
        var encoder = new TransformerEncoder(
            () => new(8, 2, 16, 0, new Gelu(), batchFirst: true, normFirst: true, isCausal: true, rotary: rotary ? new(4) : null, generator: new(1), dtype: DType.Float64), 2).Eval();
        var x = Tensor.Randn([2, 5, 8], DType.Float64, generator: new(2));
        var whole = encoder.Forward(x);
        KeyValueCache[] caches = [new(), new()];
        var parts = new[] { 0..2, 2..3, 3..5 }.Select(range => encoder.Forward(x[.., range], mask: null, caches: caches)).ToArray();
        Assert.That(Tensor.Concatenate(parts, 1).AllClose(whole, 1e-12, 1e-12));
        Assert.That(caches[1].Length, Is.EqualTo(5));
        caches[0].Clear();
        Assert.That(caches[0].Length, Is.Zero);
        Assert.That(() => encoder.Forward(x, mask: null, caches: caches[..1]), Throws.ArgumentException.With.Message.Contains("1 caches for 2 layers"));
    }

    [Test]
    public void A_query_that_may_look_nowhere_finds_nothing()
    {
        var attention = new MultiheadAttention(4, 2, batchFirst: true, generator: new(1), dtype: DType.Float64);
        var x = Tensor.Randn([1, 3, 4], DType.Float64, generator: new(2)).AsLeaf();
        var y = attention.Forward(new AttentionInput(x) { KeyPaddingMask = Tensor.From([true, true, true], [1, 3]), NeedWeights = true });
        Assert.That(y.Weights!.Eq(0).All().Item<bool>());
        y.Output.Sum().Backward();
        Assert.That(x.Grad!.IsFinite().All().Item<bool>());
    }

    [Test]
    public void Masks_of_numbers_and_of_truth_values_go_together()
    {
        var attention = new MultiheadAttention(4, 2, batchFirst: true, generator: new(1), dtype: DType.Float64);
        var x = Tensor.Randn([2, 3, 4], DType.Float64, generator: new(2));
        var padding = Tensor.From([false, false, true, false, false, false], [2, 3]);
        var numbers = Tensor.Where(padding, double.NegativeInfinity, Tensor.Zeros([], DType.Float64));
        var bias = Tensor.Randn([3, 3], DType.Float64, generator: new(3));
        var one = attention.Forward(new AttentionInput(x) { AttnMask = bias, KeyPaddingMask = padding, IsCausal = true }).Output;
        var other = attention.Forward(new AttentionInput(x) { AttnMask = Tensor.Where(Tensor.Ones([3, 3], DType.Bool).Triu(1), double.NegativeInfinity, bias), KeyPaddingMask = numbers }).Output;
        Assert.That(one.AllClose(other, 1e-12, 1e-12));
        var perHead = bias.Unsqueeze(0).Expand(4, 3, 3);
        Assert.That(attention.Forward(new AttentionInput(x) { AttnMask = perHead }).Output.AllClose(attention.Forward(new AttentionInput(x) { AttnMask = bias }).Output, 1e-12, 1e-12));
        Assert.That(() => attention.Forward(new AttentionInput(x) { AttnMask = bias[..2] }), Throws.TypeOf<ShapeException>().With.Message.Contains("[3, 3], or [4, 3, 3]"));
        Assert.That(() => attention.Forward(new AttentionInput(x) { KeyPaddingMask = padding[..1] }), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 3]"));
        Assert.That(() => attention.Forward(x[.., .., ..3]), Throws.TypeOf<ShapeException>().With.Message.Contains("[N, L, 4]"));
        Assert.That(() => attention.Forward(x, x, null!), Throws.ArgumentNullException);
        Assert.That(() => attention.Forward(x.To(DType.Float32)), Throws.TypeOf<DTypeException>().With.Message.Contains("MultiheadAttention(embedDim: 4, numHeads: 2, batchFirst: true): the input is Float32"));
        Assert.That(() => new MultiheadAttention(5, 2), Throws.ArgumentException.With.Message.Contains("2 heads must divide"));
    }

    [Test]
    public void Positions_are_their_formulas()
    {
        var table = new SinusoidalPositionalEncoding(5).Forward(Tensor.Zeros([7, 5], DType.Float64)).ToArray<double>();
        for (var p = 0; p < 7; p++)
        {
            for (var i = 0; i < 5; i++)
            {
                var angle = p / Math.Pow(10000, 2 * (i / 2) / 5.0);
                Assert.That(table[(5 * p) + i], Is.EqualTo(i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle)).Within(1e-12));
            }
        }

        var learned = new LearnedPositionalEncoding(6, 2, dtype: DType.Float64);
        Assert.That(learned.Forward(Tensor.Zeros([3, 2], DType.Float64), 2).AllClose(learned.Weight[2..5], 0, 0));
        Assert.That(() => learned.Forward(Tensor.Zeros([3, 2], DType.Float64), 4), Throws.TypeOf<ShapeException>().With.Message.Contains("positions up to 6"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Products_of_rotated_vectors_depend_on_their_distance(bool interleaved)
    {
        var rotary = new RotaryPositionalEncoding(4, interleaved: interleaved);
        var (q, k) = (Tensor.Randn([1, 4], DType.Float64, generator: new(1)), Tensor.Randn([1, 4], DType.Float64, generator: new(2)));
        double Product(int i, int j) => (rotary.Forward(q, i) * rotary.Forward(k, j)).Sum().Item();
        Assert.That(Product(7, 4), Is.EqualTo(Product(3, 0)).Within(1e-12));
        Assert.That(Product(7, 4), Is.Not.EqualTo(Product(7, 5)).Within(1e-6));
        Assert.That(rotary.Forward(q, 0).AllClose(q, 0, 0));
        Assert.That(rotary.Forward(q, 9).Square().Sum().Item(), Is.EqualTo(q.Square().Sum().Item()).Within(1e-12));
        Assert.That(() => new RotaryPositionalEncoding(3), Throws.ArgumentException);
    }
}
