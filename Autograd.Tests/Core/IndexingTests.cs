namespace Autograd.Tests.Core;

public class IndexingTests
{
    private const int Cases = 4000;

    [Test]
    public void Reading_is_numpys([Values(0, 1, 2, 3)] int part) => ForRandomSubscripts(part, (x, n, entries, reference, text) =>
        n.Rearranged(reference.Sizes, reference.Source).AssertEquals(x[entries], text));

    [Test]
    public void Writing_is_numpys_on_a_copy([Values(0, 1, 2, 3)] int part) => ForRandomSubscripts(part, (x, n, entries, reference, text) =>
    {
        var random = new Random(part);

        // The value broadcasts: it may lack leading dimensions and have sizes of 1.
        var lead = random.Next(reference.Sizes.Length + 1);
        int[] sizes = [.. reference.Sizes[lead..].Select(size => random.Next(4) == 0 ? 1 : size)];
        var value = new Naive(sizes, place => -1 - Naive.Number(place, sizes));
        var written = n.ToArray();
        foreach (var place in Naive.Places(reference.Sizes))
        {
            written[Naive.Number(reference.Source(place), n.Sizes)] = value[[.. place.Skip(lead).Select((p, d) => sizes[d] == 1 ? 0 : p)]];
        }

        Naive.Of(written, n.Sizes).AssertEquals(x.With(entries, value.ToTensor(random)), text);
        n.AssertEquals(x, "the original stays as it is");
    });

    [Test]
    public void Writing_a_number_fills_the_places() => ForRandomSubscripts(9, (x, n, entries, reference, text) =>
    {
        var written = n.ToArray();
        foreach (var place in Naive.Places(reference.Sizes))
        {
            written[Naive.Number(reference.Source(place), n.Sizes)] = -2.5;
        }

        Naive.Of(written, n.Sizes).AssertEquals(x.With(entries, -2.5), text);
    });

    [Test]
    public void Every_element_type_can_be_indexed_and_written()
    {
        foreach (var dtype in Enum.GetValues<DType>())
        {
            var x = Tensor.Arange(6).Reshape(2, 3).To(dtype);
            var taken = x[Tensor.From([1, 0]), 1..];
            Assert.That((taken.DType, taken.To(DType.Int64).ToArray<long>()), Is.EqualTo((dtype, dtype == DType.Bool ? new long[] { 1, 1, 1, 1 } : [4, 5, 1, 2])));
            Assert.That((x.With([0], 1).DType, x.With([x.Eq(0)], Tensor.Full([], 2.5)).DType), Is.EqualTo((dtype, dtype)));
        }
    }

    [Test]
    public void Ranges_end_where_the_language_says()
    {
        var x = Tensor.Arange(5);
        (TensorIndex Entry, long[] Values)[] expected =
        [
            (Range.All, [0, 1, 2, 3, 4]), (1..3, [1, 2]), (..^1, [0, 1, 2, 3]), (^2.., [3, 4]), (^3..^1, [2, 3]), (^0.., []), (^0..^0, []), (..^0, [0, 1, 2, 3, 4]), (2..2, []), (3..1, []),
            (3..99, [3, 4]), (99.., []), (^99..2, [0, 1]), (..^99, []),
            (TensorIndex.Slice(), [0, 1, 2, 3, 4]), (TensorIndex.Slice(1, null, 2), [1, 3]), (TensorIndex.Slice(-3, -1), [2, 3]), (TensorIndex.Slice(-99, 99, 3), [0, 3]),
            (TensorIndex.Slice(0, 0), []), (TensorIndex.Slice(step: int.MaxValue), [0]), (TensorIndex.Slice(2, step: int.MaxValue), [2]), (TensorIndex.Slice(int.MinValue, int.MaxValue), [0, 1, 2, 3, 4]),
            (default, [0, 1, 2, 3, 4]),
        ];
        foreach (var (entry, values) in expected)
        {
            Assert.That(x[entry].ToArray<long>(), Is.EqualTo(values), entry.ToString());
        }

        Assert.That((x[^1].Item(), x[^5].Item(), x[-1].Item()), Is.EqualTo((4.0, 0.0, 4.0)));
    }

    [Test]
    public void Entries_that_are_out_of_range_are_errors_that_name_dimension_and_shape()
    {
        var x = Tensor.Zeros([2, 3]);
        foreach (var entry in (TensorIndex[])[3, -4, ^4, int.MaxValue, int.MinValue, Tensor.From([0, 3]), Tensor.From([-4L]), Tensor.From(long.MaxValue), Tensor.From([0, 3, 0, -3])])
        {
            Assert.That(() => x[0, entry], Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("0 to 2"), entry.ToString());
            Assert.That(() => x[.., entry], Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("dimension 1 of shape [2, 3]"), entry.ToString());
            Assert.That(() => x.With([0.., entry], 1), Throws.TypeOf<ArgumentOutOfRangeException>(), entry.ToString());
        }

        Assert.That(() => x[^0], Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("^0").And.Message.Contains("^1"));
        Assert.That(() => Tensor.Zeros([0])[Tensor.From([0])], Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Tensor.Zeros([0])[0], Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("[0]"));
        Assert.That(() => TensorIndex.Slice(step: 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => TensorIndex.Slice(step: -1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Entries_that_do_not_fit_are_errors_that_name_the_shapes()
    {
        var x = Tensor.Zeros([2, 3]);
        Assert.That(() => x[0, 0, 0], Throws.TypeOf<ShapeException>().With.Message.Contains("3 dimensions").And.Message.Contains("[2, 3]"));
        Assert.That(() => x[Tensor.Ones([2, 3, 1], DType.Bool)], Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 3]"));
        Assert.That(() => x[TensorIndex.Ellipsis, TensorIndex.Ellipsis], Throws.TypeOf<ShapeException>().With.Message.Contains("Ellipsis"));
        Assert.That(() => x[Tensor.Ones([2])], Throws.TypeOf<DTypeException>().With.Message.Contains("Float32").And.Message.Contains("Int64"));
        Assert.That(() => x[Tensor.Ones([3], DType.Bool)], Throws.TypeOf<ShapeException>().With.Message.Contains("mask of shape [3]").And.Message.Contains("[2, 3]"));
        Assert.That(() => x[.., Tensor.Ones([2], DType.Bool)], Throws.TypeOf<ShapeException>().With.Message.Contains("dimension"));
        Assert.That(() => x[Tensor.Ones([3, 2], DType.Bool)], Throws.TypeOf<ShapeException>().With.Message.Contains("[3, 2]"));
        Assert.That(() => x[Tensor.Ones([], DType.Bool)], Throws.TypeOf<ShapeException>().With.Message.Contains("rank 0"));
        Assert.That(() => x[Tensor.From([0, 1]), Tensor.From([0, 1, 2])], Throws.TypeOf<ShapeException>().With.Message.Contains("[2]").And.Message.Contains("[3]"));
        Assert.That(() => x.With([0], Tensor.Zeros([2])), Throws.TypeOf<ShapeException>().With.Message.Contains("[2]").And.Message.Contains("[3]"));
        Assert.That(() => x.With([Tensor.From([0, 1])], Tensor.Zeros([3, 3])), Throws.TypeOf<ShapeException>().With.Message.Contains("[3, 3]").And.Message.Contains("[2, 3]"));
    }

    [Test]
    public void The_gradient_of_places_that_are_read_several_times_adds_up()
    {
        var x = Tensor.Zeros([3, 4], DType.Float64, requiresGrad: true);
        x[Tensor.From([0, 2, 0]), Tensor.From([1, -1, -3])].Sum().Backward();
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([0.0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]));
    }

    [Test]
    public void Values_written_to_one_place_all_receive_its_gradient()
    {
        var (x, value) = (Tensor.Zeros([2, 2], DType.Float64, requiresGrad: true), Tensor.From([5.0, 6, 7], requiresGrad: true));
        var y = x.With([Tensor.From([0, 1, 0]), Tensor.From([1, 0, 1])], value);
        Assert.That(y.ToArray<double>(), Is.EqualTo([0.0, 7, 6, 0]));
        (y * Tensor.From([1.0, 2, 3, 4], [2, 2])).Sum().Backward();
        Assert.That(value.Grad!.ToArray<double>(), Is.EqualTo([2.0, 3, 2]));
        Assert.That(x.Grad!.ToArray<double>(), Is.EqualTo([1.0, 0, 0, 4]));
    }

    [TestCase(0)]
    [TestCase(0, 4)]
    public void An_empty_index_changes_nothing_whatever_its_rank(params int[] sizes)
    {
        var index = Tensor.Zeros(sizes, DType.Int64);
        Func<Tensor, Tensor, Tensor>[] updates =
        [
            (x, source) => x.Scatter(0, index, source),
            (x, source) => x.ScatterAdd(0, index, source),
            .. Enum.GetValues<ScatterReduction>().Select(reduction => (Func<Tensor, Tensor, Tensor>)((x, source) => x.ScatterReduce(0, index, source, reduction))),
        ];
        foreach (var update in updates)
        {
            var (x, source) = (Tensor.Rand([3, 4], requiresGrad: true), Tensor.Rand([3, 4], requiresGrad: true));
            var y = update(x, source);
            Assert.That(y.ToArray<float>(), Is.EqualTo(x.ToArray<float>()));
            y.Sum().Backward();
            Assert.That(x.Grad!.ToArray<float>(), Is.EqualTo(Enumerable.Repeat(1f, 12)));
            Assert.That(source.Grad?.ToArray<float>() ?? new float[12], Is.EqualTo(new float[12]));
        }
    }

    [Test]
    public void Gradients_of_mixed_entries_are_right_to_second_order()
    {
        var (i, j, mask) = (Tensor.From([0, 1, 1]), Tensor.From([2, -1], [2, 1]), Tensor.From([true, false, true]));
        TensorIndex[][] reading =
        [
            [i, j], [0.., i, j], [i, 0.., j], [TensorIndex.Ellipsis, j, i], [0, 0.., i], [j, TensorIndex.NewAxis, i], [1..2, i, ^1], [TensorIndex.Slice(step: 2), mask, j], [TensorIndex.NewAxis, 0.., i, TensorIndex.Ellipsis],
        ];
        var x = Tensor.Randn([3, 3, 3], DType.Float64, generator: new Generator(3));
        foreach (var entries in reading)
        {
            GradCheck.Verify(t => t[entries].Square(), x, new() { Order = 2 });
        }

        TensorIndex[][] writing = [[Tensor.From([0, 1]), Tensor.From([1, 1])], [0.., 0, mask], [1, TensorIndex.Ellipsis, Tensor.From([2, 0])], [Tensor.From([0, 1], [2, 1]), 0.., Tensor.From([0, 2])]];
        foreach (var entries in writing)
        {
            var value = Tensor.Randn(x[entries].Shape, DType.Float64, generator: new Generator(4));
            GradCheck.Verify((Tensor[] t) => t[0].With(entries, t[1].Square()).Square(), [x, value], new() { Order = 2 });
        }
    }

    private static void ForRandomSubscripts(int part, Action<Tensor, Naive, TensorIndex[], NaiveSubscript, string> check)
    {
        for (var seed = part * Cases; seed < (part + 1) * Cases; seed++)
        {
            var random = new Random(seed);
            var n = Naive.Counting(Arranged.Sizes(random.Next(6), random));
            var entries = RandomEntries(n.Sizes, random);
            var text = $"seed {seed}: [{string.Join(", ", n.Sizes)}] at [{string.Join("; ", entries.AsEnumerable())}]";
            check(n.ToTensor(random), n, [.. entries.Select(entry => entry.ToIndex(random))], new NaiveSubscript(n.Sizes, entries), text);
        }
    }

    private static NaiveEntry[] RandomEntries(int[] sizes, Random random)
    {
        var entries = new List<NaiveEntry>();
        var ellipsis = random.Next(3) == 0;
        int[] shared = [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(8) == 0 ? 0 : random.Next(1, 4))];
        var masked = false;
        for (var d = 0; d < sizes.Length;)
        {
            switch (random.Next(10))
            {
                case 0 or 1 when sizes[d] > 0:
                    entries.Add(random.Next(2) == 0 ? new NaiveEntry.Number(random.Next(-sizes[d], sizes[d]), false) : new NaiveEntry.Number(random.Next(sizes[d]) + 1, true));
                    d++;
                    break;
                case 2 or 3 or 4:
                    entries.Add(new NaiveEntry.Slice(Bound(sizes[d], random), Bound(sizes[d], random), random.Next(2) == 0 ? 1 : random.Next(1, 4)));
                    d++;
                    break;
                case 5:
                    entries.Add(new NaiveEntry.NewAxis());
                    break;
                case 6 or 7 when sizes[d] > 0 && !masked:
                    // Aligned at the right, with sizes of 1 now and then: what broadcasts to the shared shape.
                    int[] own = [.. shared[random.Next(shared.Length + 1)..].Select(size => random.Next(4) == 0 ? 1 : size)];
                    entries.Add(new NaiveEntry.Indices([.. Naive.Places(own).Select(_ => (double)random.Next(-sizes[d], sizes[d]))], own));
                    d++;
                    break;
                case 8 when !masked && !entries.Exists(entry => entry is NaiveEntry.Indices):
                    masked = true;
                    int[] part = sizes[d..random.Next(d + 1, sizes.Length + 1)];
                    entries.Add(new NaiveEntry.Mask([.. Naive.Places(part).Select(_ => random.Next(2) == 0)], part));
                    d += part.Length;
                    break;
                case 9 when ellipsis:
                    ellipsis = false;
                    entries.Add(new NaiveEntry.Ellipsis());
                    d += random.Next(sizes.Length - d + 1);
                    break;
                case 9 when random.Next(3) == 0 && !entries.Exists(entry => entry is NaiveEntry.Ellipsis):
                    return [.. entries];
            }
        }

        return [.. entries];
    }

    private static int? Bound(int size, Random random) => random.Next(4) == 0 ? null : random.Next(-size - 2, size + 3);
}
