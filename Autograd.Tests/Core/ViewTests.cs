namespace Autograd.Tests.Core;

/// <summary>Operations that rearrange elements, on tensors whose elements lie anywhere, against the obvious definition.</summary>
public class ViewTests
{
    private const int Cases = 300;

    [Test]
    public void Permute_transpose_and_move() => ForRandomTensors(0, 8, (x, n, random) =>
    {
        var order = Enumerable.Range(0, n.Rank).ToArray();
        random.Shuffle(order);
        var permuted = n.Rearranged([.. order.Select(d => n.Sizes[d])], place => Inverted(order, place));
        permuted.AssertEquals(x.Permute(order));
        permuted.AssertEquals(x.Permute([.. order.Select(d => d - n.Rank)]));
        if (n.Rank == 0)
        {
            return;
        }

        var (a, b) = (random.Next(n.Rank), random.Next(n.Rank));
        n.Rearranged(Swapped(n.Sizes, a, b), place => Swapped(place, a, b)).AssertEquals(x.Transpose(a, b - n.Rank), $"{a} {b}");
        var moved = Enumerable.Range(0, n.Rank).ToList();
        moved.RemoveAt(a);
        moved.Insert(b, a);
        n.Rearranged([.. moved.Select(d => n.Sizes[d])], place => Inverted([.. moved], place)).AssertEquals(x.MoveDim(a - n.Rank, b), $"{a} {b}");
        if (n.Rank >= 2)
        {
            n.Rearranged(Swapped(n.Sizes, n.Rank - 2, n.Rank - 1), place => Swapped(place, n.Rank - 2, n.Rank - 1)).AssertEquals(x.T);
        }
    });

    [Test]
    public void Flip() => ForRandomTensors(0, 6, (x, n, random) =>
    {
        bool[] flipped = [.. n.Sizes.Select(_ => random.Next(2) == 0)];
        int[] dims = [.. Enumerable.Range(0, n.Rank).Where(d => flipped[d])];
        if (dims.Length > 0)
        {
            n.Rearranged(n.Sizes, place => [.. place.Select((p, d) => flipped[d] ? n.Sizes[d] - 1 - p : p)]).AssertEquals(x.Flip(dims));
        }

        n.Rearranged(n.Sizes, place => [.. place.Select((p, d) => n.Sizes[d] - 1 - p)]).AssertEquals(x.Flip());
    });

    [Test]
    public void Narrow_select_and_unbind() => ForRandomTensors(1, 6, (x, n, random) =>
    {
        var d = random.Next(n.Rank);
        var size = n.Sizes[d];
        var start = random.Next(size + 1);
        var length = random.Next(size - start + 1);
        var narrow = n.Rearranged(With(n.Sizes, d, length), place => With(place, d, place[d] + start));
        narrow.AssertEquals(x.Narrow(d, start, length));
        narrow.AssertEquals(x.Narrow(d - n.Rank, start < size ? start - size : start, length));
        var parts = x.Unbind(d);
        Assert.That(parts, Has.Length.EqualTo(size));
        for (var i = 0; i < size; i++)
        {
            var element = n.Rearranged([.. n.Sizes[..d], .. n.Sizes[(d + 1)..]], place => [.. place[..d], i, .. place[d..]]);
            element.AssertEquals(parts[i]);
            element.AssertEquals(x.Select(d - n.Rank, i - size));
        }
    });

    [Test]
    public void Diagonal() => ForRandomTensors(2, 5, (x, n, random) =>
    {
        var a = random.Next(n.Rank);
        var b = (a + random.Next(1, n.Rank)) % n.Rank;
        for (var offset = -5; offset <= 5; offset++)
        {
            var (down, right) = (Math.Max(0, -offset), Math.Max(0, offset));
            int[] others = [.. Enumerable.Range(0, n.Rank).Where(d => d != a && d != b)];
            int[] sizes = [.. others.Select(d => n.Sizes[d]), Math.Max(0, Math.Min(n.Sizes[a] - down, n.Sizes[b] - right))];
            n.Rearranged(sizes, place =>
            {
                var from = new int[n.Rank];
                for (var i = 0; i < others.Length; i++)
                {
                    from[others[i]] = place[i];
                }

                (from[a], from[b]) = (place[^1] + down, place[^1] + right);
                return from;
            }).AssertEquals(x.Diagonal(offset, a, b - n.Rank), $"{offset} {a} {b}");
        }
    });

    [Test]
    public void Expand() => ForRandomTensors(0, 5, (x, n, random) =>
    {
        var lead = random.Next(3);
        int[] sizes = [.. Enumerable.Range(0, lead).Select(_ => random.Next(4)), .. n.Sizes.Select(size => size == 1 ? random.Next(4) : size)];
        int[] asked = [.. sizes.Select((size, d) => d >= lead && random.Next(3) == 0 && size == n.Sizes[d - lead] ? -1 : size)];
        var expanded = n.Rearranged(sizes, place => [.. place.Skip(lead).Select((p, d) => n.Sizes[d] == 1 ? 0 : p)]);
        expanded.AssertEquals(x.Expand(asked));
        expanded.AssertEquals(x.ExpandAs(Tensor.Zeros(sizes)));
    });

    [Test]
    public void Squeeze_unsqueeze_and_flatten() => ForRandomTensors(0, 7, (x, n, random) =>
    {
        Naive.Of(n.ToArray(), [.. n.Sizes.Where(size => size != 1)]).AssertEquals(x.Squeeze());
        var place = random.Next(n.Rank + 1);
        int[] longer = [.. n.Sizes[..place], 1, .. n.Sizes[place..]];
        Naive.Of(n.ToArray(), longer).AssertEquals(x.Unsqueeze(place));
        n.AssertEquals(x.Unsqueeze(place - n.Rank - 1).Squeeze(place));
        Naive.Of(n.ToArray(), n.ToArray().Length).AssertEquals(x.Flatten());
        if (n.Rank > 0)
        {
            var first = random.Next(n.Rank);
            var last = random.Next(first, n.Rank);
            Naive.Of(n.ToArray(), [.. n.Sizes[..first], n.Sizes[first..(last + 1)].Aggregate(1, (a, b) => a * b), .. n.Sizes[(last + 1)..]]).AssertEquals(x.Flatten(first, last - n.Rank));
            Naive.Of(n.ToArray(), n.Sizes).AssertEquals(n.Sizes[first] == 1 ? x.Squeeze(first).Unsqueeze(first) : x.Squeeze(first));
        }
    });

    [Test]
    public void Views_share_memory()
    {
        var x = Tensor.Zeros([4, 6]);
        Tensor[] views =
        [
            x.T, x.Permute(1, 0), x.MoveDim(0, 1), x.Flip(), x.Narrow(0, 1, 2), x.Select(1, 3), x.Diagonal(1), x.Expand(2, 4, 6), x.Unsqueeze(1), x.Reshape(2, 12),
            x.Flatten(), x.Unbind()[1], x.Split(3)[1], x.Chunk(2, 1)[1], x[1..3, ^1], x[TensorIndex.NewAxis, TensorIndex.Ellipsis, TensorIndex.Slice(0, 6, 2)], x.T.Unflatten(0, 2, 3), x.Detach(), x.AsLeaf(),
        ];
        foreach (var view in views)
        {
            Assert.That(view.Storage<float>() == x.Storage<float>(), $"{view.Shape}");
        }
    }

    [Test]
    public void Errors_name_the_operation_and_the_shape()
    {
        var x = Tensor.Zeros([2, 3]);
        Assert.That(() => x.Permute(0), Throws.ArgumentException.With.Message.StartsWith("Permute").And.Message.Contains("[2, 3]"));
        Assert.That(() => x.Permute(0, 0), Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => x.Permute(0, 2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Permute"));
        Assert.That(() => x.Transpose(0, 2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Transpose"));
        Assert.That(() => x[0].T, Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => x.Flip(0, -2), Throws.ArgumentException.With.Message.StartsWith("Flip"));
        Assert.That(() => x.Diagonal(0, 1, -1), Throws.ArgumentException.With.Message.StartsWith("Diagonal"));
        Assert.That(() => x.Select(0, 2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("[2, 3]"));
        Assert.That(() => x.Expand(2, 2), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 3]").And.Message.Contains("[2, 2]"));
        Assert.That(() => x.Expand(3), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.Expand(-1, 2, 3), Throws.TypeOf<ShapeException>());
        Assert.That(() => x.Unsqueeze(3), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Unsqueeze"));
        Assert.That(() => x.Squeeze(2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Squeeze"));
        Assert.That(() => x.Flatten(1, 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("[2, 3]"));
    }

    [TestCase(1, int.MaxValue)]
    [TestCase(0, 4)]
    [TestCase(4, 0)]
    [TestCase(-4, 1)]
    [TestCase(0, -1)]
    [TestCase(int.MaxValue, int.MaxValue)]
    [TestCase(int.MinValue, int.MinValue)]
    public void Narrow_reaches_nothing_beyond_the_tensor(int start, int length)
        => Assert.That(() => Tensor.Zeros([3]).Narrow(0, start, length), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Narrow").And.Message.Contains("[3]"));

    [Test]
    public void Empty_parts_far_into_an_empty_tensor_can_be_read()
    {
        var x = Tensor.Zeros([0, 1000]);
        foreach (var empty in (Tensor[])[x[.., 999..], x.Narrow(1, 500, 500), x.Flip(), x.Select(1, 999), x.T[700], x[TensorIndex.NewAxis, .., 999..].Diagonal(0, 1, 2), x.Expand(5, 0, 1000)[4]])
        {
            Assert.That(empty.ToArray<float>(), Is.Empty);
            Assert.That((empty + 1).Sum().Item(), Is.Zero);
            Assert.That(empty.Exp().Reshape(-1).ElementCount, Is.Zero);
        }
    }

    private static void ForRandomTensors(int leastRank, int greatestRank, Action<Tensor, Naive, Random> check)
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            var rank = random.Next(leastRank, greatestRank + 1);
            var n = Naive.Counting(Arranged.Sizes(rank, random, largest: rank > 5 ? 2 : 4));
            check(n.ToTensor(random), n, random);
        }
    }

    private static int[] Inverted(int[] order, int[] place)
    {
        var from = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            from[order[i]] = place[i];
        }

        return from;
    }

    private static int[] Swapped(int[] values, int a, int b) => With(With(values, a, values[b]), b, values[a]);

    private static int[] With(int[] values, int index, int value)
    {
        int[] changed = [.. values];
        changed[index] = value;
        return changed;
    }
}
