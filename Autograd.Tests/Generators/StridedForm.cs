using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Generators;

/// <summary>How a tensor may lie in memory other than in row-major order: dimensions exchanged, run backwards, with gaps between the elements.</summary>
/// <param name="Order">The order of dimensions, as <see cref="Tensor.Permute"/> takes it.</param>
/// <param name="Backwards">Whether each dimension runs backwards.</param>
/// <param name="Gaps">The gap between neighbours along each dimension.</param>
internal sealed record StridedForm(int[] Order, bool[] Backwards, int[] Gaps)
{
    public static Gen<StridedForm> OfRank(int rank)
        => from order in Gen.Shuffle(Enumerable.Range(0, rank))
           from backwards in Gen.Elements(true, false).ArrayOf(rank)
           from gaps in Gen.Choose(0, 2).ArrayOf(rank)
           select new StridedForm(order, backwards, gaps);

    public static Gen<StridedForm[]> OfRanks(IEnumerable<int> ranks)
        => ranks.Select(OfRank).Aggregate(Gen.Constant(Array.Empty<StridedForm>()), (all, next) => from forms in all from form in next select (StridedForm[])[.. forms, form]);

    /// <summary>Row-major order.</summary>
    public static StridedForm Plain(int rank) => new([.. Enumerable.Range(0, rank)], new bool[rank], new int[rank]);

    /// <summary>Whether this is row-major order.</summary>
    public bool IsPlain => Order.SequenceEqual(Enumerable.Range(0, Order.Length)) && !Backwards.Contains(true) && Gaps.All(gap => gap == 0);

    /// <summary>This form without its last dimensions.</summary>
    public StridedForm ToRank(int rank) => new([.. Order.Where(dim => dim < rank)], Backwards[..rank], Gaps[..rank]);

    /// <summary>A view of this form, differentiable, with the values that <see cref="Arrange"/> was given.</summary>
    public Tensor View(Tensor arranged)
    {
        var view = arranged;
        for (var i = 0; i < Gaps.Length; i++)
        {
            if (Gaps[i] > 0)
            {
                // [n] becomes [n, 1], [n, 1 + gap], [n (1 + gap)], of which every (1 + gap)-th element is taken.
                var pad = new int[2 * (arranged.Rank - i)];
                pad[^1] = Gaps[i];
                view = view.Unsqueeze(i + 1).Pad(pad, 7.5).Flatten(i, i + 1).SelectAlong(i, 0, arranged.Shape[i], 1 + Gaps[i]);
            }
        }

        int[] backwards = [.. Enumerable.Range(0, Backwards.Length).Where(i => Backwards[i])];
        view = backwards.Length == 0 ? view : view.Flip(backwards);
        return view.Permute(Order);
    }

    /// <summary>A tensor that <see cref="View"/> turns into <paramref name="wanted"/>.</summary>
    public Tensor Arrange(Tensor wanted)
    {
        var inverse = new int[Order.Length];
        for (var i = 0; i < inverse.Length; i++)
        {
            inverse[Order[i]] = i;
        }

        int[] backwards = [.. Enumerable.Range(0, Backwards.Length).Where(i => Backwards[i])];
        var arranged = wanted.Permute(inverse);
        return Tensor.From((backwards.Length == 0 ? arranged : arranged.Flip(backwards)).ToArray<double>(), arranged.Shape).Reshape(arranged.Shape);
    }

    /// <summary>A tensor of this form with the values of <paramref name="wanted"/>.</summary>
    public Tensor Of(Tensor wanted) => View(Arrange(wanted));

    public override string ToString() => $"order {Shapes.ToCode(Order)}, backwards [{string.Join(", ", Backwards)}], gaps {Shapes.ToCode(Gaps)}";
}
