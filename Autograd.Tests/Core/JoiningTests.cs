namespace Autograd.Tests.Core;

/// <summary>Operations that join, split, repeat and mask, on tensors whose elements lie anywhere, against the obvious definition.</summary>
public class JoiningTests
{
    private const int Cases = 200;

    /// <summary>A view of one number: sizes that add up to more than an int, and no memory.</summary>
    private static Tensor Huge => Tensor.Zeros([]).Expand(1_500_000_000);

    [Test]
    public void Concatenate_and_split_are_inverse() => ForRandomSizes(1, 5, (sizes, random) =>
    {
        var d = random.Next(sizes.Length);
        int[] lengths = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(4))];
        var parts = Array.ConvertAll(lengths, length => Naive.Counting(With(sizes, d, length)));
        var joined = new Naive(With(sizes, d, lengths.Sum()), place =>
        {
            var (part, at) = (0, place[d]);
            while (at >= lengths[part])
            {
                at -= lengths[part++];
            }

            return parts[part][With(place, d, at)];
        });
        var actual = Tensor.Concatenate(Array.ConvertAll(parts, part => part.ToTensor(random)), d - sizes.Length);
        joined.AssertEquals(actual);
        AssertAll(actual.Split(lengths, d), parts);
    });

    [Test]
    public void Split_and_chunk_leave_the_rest_to_the_last() => ForRandomSizes(1, 4, (sizes, random) =>
    {
        var n = Naive.Counting(sizes);
        var x = n.ToTensor(random);
        var d = random.Next(sizes.Length);
        foreach (var size in (int[])[1, 2, 3, int.MaxValue])
        {
            var starts = Enumerable.Range(0, Math.Max(1, (int)(((long)sizes[d] + size - 1) / size))).Select(i => i * size).ToArray();
            AssertAll(x.Split(size, d), [.. starts.Select(start => Part(n, d, start, Math.Min(size, sizes[d] - start)))]);
        }

        foreach (var chunks in (int[])[1, 2, 3, 7, int.MaxValue])
        {
            var size = (int)Math.Max(1, ((long)sizes[d] + chunks - 1) / chunks);
            var starts = Enumerable.Range(0, Math.Max(1, (sizes[d] + size - 1) / size)).Select(i => i * size);
            AssertAll(x.Chunk(chunks, d - sizes.Length), [.. starts.Select(start => Part(n, d, start, Math.Min(size, sizes[d] - start)))]);
        }
    });

    [Test]
    public void Parts_of_huge_views_are_all_there()
    {
        Assert.That(Huge.Split(1_000_000_000).Select(part => part.ElementCount), Is.EqualTo([1_000_000_000, 500_000_000]));
        Assert.That(Huge.Chunk(2).Select(part => part.ElementCount), Is.EqualTo([750_000_000, 750_000_000]));
        Assert.That(Huge.Expand(1, 1_500_000_000).Chunk(int.MaxValue), Has.Length.EqualTo(1));
    }

    [Test]
    public void Stack() => ForRandomSizes(0, 5, (sizes, random) =>
    {
        var d = random.Next(sizes.Length + 1);
        var layers = Enumerable.Range(0, random.Next(1, 4)).Select(i => Naive.Counting(sizes).Rearranged(sizes, place => place)).ToArray();
        var stacked = new Naive([.. sizes[..d], layers.Length, .. sizes[d..]], place => layers[place[d]][[.. place[..d], .. place[(d + 1)..]]]);
        stacked.AssertEquals(Tensor.Stack(Array.ConvertAll(layers, layer => layer.ToTensor(random)), d));
        stacked.AssertEquals(Tensor.Stack(Array.ConvertAll(layers, layer => layer.ToTensor(random)), d - sizes.Length - 1));
    });

    [Test]
    public void Pad_and_crop() => ForRandomSizes(0, 5, (sizes, random) =>
    {
        var n = Naive.Counting(sizes);
        var padding = new int[2 * random.Next(sizes.Length + 1)];
        var (before, after) = (new int[sizes.Length], new int[sizes.Length]);
        for (var i = 0; i < padding.Length / 2; i++)
        {
            var d = sizes.Length - 1 - i;
            before[d] = padding[2 * i] = random.Next(-sizes[d] / 2, 3);
            after[d] = padding[(2 * i) + 1] = random.Next(-sizes[d] / 2, 3);
        }

        var padded = new Naive([.. sizes.Select((size, d) => before[d] + size + after[d])], place =>
        {
            var inner = place.Select((p, d) => p - before[d]).ToArray();
            return inner.Select((p, d) => p >= 0 && p < sizes[d]).All(inside => inside) ? n[inner] : -1;
        });
        padded.AssertEquals(n.ToTensor(random).Pad(padding, -1), $"[{string.Join(',', padding)}]");
    });

    [Test]
    public void Repeat_and_tile() => ForRandomSizes(0, 4, (sizes, random) =>
    {
        var n = Naive.Counting(sizes);
        var x = n.ToTensor(random);
        var lead = random.Next(3);
        int[] repeats = [.. Enumerable.Range(0, lead + sizes.Length).Select(_ => random.Next(4))];
        var repeated = new Naive([.. repeats.Select((count, d) => d < lead ? count : count * sizes[d - lead])], place => n[[.. place.Skip(lead).Select((p, d) => p % sizes[d])]]);
        repeated.AssertEquals(x.Repeat(repeats));
        repeated.AssertEquals(x.Tile(repeats));
        if (sizes.Length > 0)
        {
            var last = new Naive(With(sizes, sizes.Length - 1, 3 * sizes[^1]), place => n[With(place, sizes.Length - 1, place[^1] % sizes[^1])]);
            last.AssertEquals(x.Tile(3));
        }
    });

    [Test]
    public void Roll() => ForRandomSizes(1, 4, (sizes, random) =>
    {
        var n = Naive.Counting(sizes);
        var d = random.Next(sizes.Length);
        foreach (var shift in (int[])[0, 1, -1, 2, -3, 11, int.MaxValue, int.MinValue])
        {
            n.Rearranged(sizes, place => With(place, d, (int)(((((long)place[d] - shift) % sizes[d]) + sizes[d]) % sizes[d]))).AssertEquals(n.ToTensor(random).Roll(shift, d), $"{shift}");
        }
    });

    [Test]
    public void Triangles() => ForRandomSizes(2, 4, (sizes, random) =>
    {
        var n = Naive.Counting(sizes);
        var x = n.ToTensor(random);
        for (var diagonal = -5; diagonal <= 5; diagonal++)
        {
            new Naive(sizes, place => place[^1] - place[^2] <= diagonal ? n[place] : 0).AssertEquals(x.Tril(diagonal));
            new Naive(sizes, place => place[^1] - place[^2] >= diagonal ? n[place] : 0).AssertEquals(x.Triu(diagonal));
        }
    });

    [Test]
    public void Triangles_keep_the_element_type()
    {
        foreach (var dtype in Enum.GetValues<DType>())
        {
            Assert.That((Tensor.Ones([2, 2], dtype).Tril().DType, Tensor.Ones([2, 2], dtype).Triu().DType), Is.EqualTo((dtype, dtype)));
        }

        Assert.That(Tensor.Ones([2, 2], DType.Bool).Tril().ToArray<bool>(), Is.EqualTo(new[] { true, false, true, true }));
    }

    [Test]
    public void Types_are_promoted()
    {
        Tensor whole = Tensor.Arange(2), single = Tensor.Ones([2]), truth = Tensor.Ones([2], DType.Bool);
        Assert.That(Tensor.Concatenate([truth, whole]).DType, Is.EqualTo(DType.Int64));
        Assert.That(Tensor.Stack([whole, single, truth]).DType, Is.EqualTo(DType.Float32));
        Assert.That(Tensor.Concatenate([single, single.To(DType.Float64)]).DType, Is.EqualTo(DType.Float64));
        Assert.That((whole.Pad([1, 1]).DType, whole.Pad([1, 1], 0.5).DType, single.Pad([1, 1], 0.5).DType), Is.EqualTo((DType.Int64, DType.Float32, DType.Float32)));
    }

    [Test]
    public void Errors_name_the_operation_and_the_shapes()
    {
        Tensor x = Tensor.Zeros([2, 3]), y = Tensor.Zeros([2, 4]);
        Assert.That(() => Tensor.Concatenate([]), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.Stack([]), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.Concatenate([x, y]), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 3]").And.Message.Contains("[2, 4]"));
        Assert.That(() => Tensor.Concatenate([x, x[0]]), Throws.TypeOf<ShapeException>().With.Message.Contains("[3]").And.Message.Contains("Stack"));
        Assert.That(() => Tensor.Concatenate([x[0, 0], x[0, 1]]), Throws.TypeOf<ShapeException>().With.Message.Contains("rank 0").And.Message.Contains("Stack"));
        Assert.That(() => Tensor.Concatenate([x, x], 2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Concatenate"));
        Assert.That(() => Tensor.Stack([x, y]), Throws.TypeOf<ShapeException>().With.Message.StartsWith("Stack").And.Message.Contains("[2, 4]"));
        Assert.That(() => x.Split(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.Chunk(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.Split([1, 1], 1), Throws.TypeOf<ShapeException>().With.Message.Contains("[1, 1]").And.Message.Contains("3"));
        Assert.That(() => x.Split([4, -1], 1), Throws.TypeOf<ShapeException>().Or.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.Split([int.MaxValue, int.MaxValue, 5], 1), Throws.TypeOf<ShapeException>(), "the sum wraps to 3");
        Assert.That(() => x.Pad([1]), Throws.TypeOf<ShapeException>().With.Message.Contains("[1]").And.Message.Contains("[2, 3]"));
        Assert.That(() => x.Pad([1, 1, 1, 1, 1, 1]), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.Pad([-2, -2]), Throws.TypeOf<ShapeException>().With.Message.Contains("crops"));
        Assert.That(() => x.Pad([int.MinValue, int.MinValue]), Throws.TypeOf<ShapeException>().With.Message.Contains("crops"));
        Assert.That(() => x.Pad([int.MaxValue, int.MaxValue]), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.Repeat(2), Throws.TypeOf<ShapeException>().With.Message.Contains("Tile"));
        Assert.That(() => Tensor.Zeros([1]).Repeat(-1), Throws.TypeOf<ShapeException>().With.Message.StartsWith("Repeat"));
        Assert.That(() => x.Repeat(1, int.MaxValue), Throws.TypeOf<ShapeException>());
        Assert.That(() => Tensor.Concatenate([Huge, Huge]), Throws.TypeOf<ShapeException>().With.Message.StartsWith("Concatenate"));
        Assert.That(() => x[0].Diag(int.MaxValue), Throws.TypeOf<ShapeException>());
        Assert.That(() => x[0].Diag(int.MinValue), Throws.TypeOf<ShapeException>());
        Assert.That(() => x[0].Tril(), Throws.TypeOf<ShapeException>().With.Message.StartsWith("Tril").And.Message.Contains("[3]"));
    }

    private static void ForRandomSizes(int leastRank, int greatestRank, Action<int[], Random> check)
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            check(Arranged.Sizes(random.Next(leastRank, greatestRank + 1), random), random);
        }
    }

    private static Naive Part(Naive n, int d, int start, int length) => n.Rearranged(With(n.Sizes, d, length), place => With(place, d, place[d] + start));

    private static void AssertAll(Tensor[] actual, Naive[] expected)
    {
        Assert.That(actual, Has.Length.EqualTo(expected.Length));
        for (var i = 0; i < actual.Length; i++)
        {
            expected[i].AssertEquals(actual[i], $"part {i}");
        }
    }

    private static int[] With(int[] values, int index, int value)
    {
        int[] changed = [.. values];
        changed[index] = value;
        return changed;
    }
}
