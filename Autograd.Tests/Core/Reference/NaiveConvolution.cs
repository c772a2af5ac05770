namespace Autograd.Tests.Core;

/// <summary>The three sums of a convolution, written out: ⟨x, w, y⟩ = Σ y[n, o, q] · w[o, c, k] · x[n, g·C + c, q·stride + k·dilation − padding], differentiated by each of its arguments.</summary>
internal sealed class NaiveConvolution(int[] sizes, int[] kernel, int[] places, int[] stride, int[] padding, int[] dilation, int groups)
{
    /// <summary>y [N, O, places].</summary>
    public Tensor Convolve(Tensor x, Tensor w) => Sum(x, w, null, [x.Shape[0], w.Shape[0], .. places]);

    /// <summary>x [N, C, sizes].</summary>
    public Tensor Adjoin(Tensor y, Tensor w) => Sum(null, w, y, [y.Shape[0], w.Shape[1] * groups, .. sizes]);

    /// <summary>w [O, C / groups, kernel].</summary>
    public Tensor Weigh(Tensor x, Tensor y) => Sum(x, null, y, [y.Shape[1], x.Shape[1] / groups, .. kernel]);

    private Tensor Sum(Tensor? x, Tensor? w, Tensor? y, int[] shape)
    {
        var (images, channels, outputs) = ((x ?? y)!.Shape[0], x is null ? shape[1] : x.Shape[1], w is null ? shape[0] : w.Shape[0]);
        var (xs, ws, ys) = (x?.ToArray<double>(), w?.ToArray<double>(), y?.ToArray<double>());
        var sums = new double[shape.Aggregate(1, (product, size) => product * size)];
        var rank = sizes.Length;
        foreach (var place in Naive.Places([images, outputs, channels / groups, .. places, .. kernel]))
        {
            var (n, o, c, q, k) = (place[0], place[1], place[2], place[3..(3 + rank)], place[(3 + rank)..]);
            int[] element = [.. q.Select((at, d) => (at * stride[d]) + (k[d] * dilation[d]) - padding[d])];
            if (element.Where((at, d) => at < 0 || at >= sizes[d]).Any())
            {
                continue;
            }

            var i = Naive.Number([n, (o / (outputs / groups) * (channels / groups)) + c, .. element], [images, channels, .. sizes]);
            var j = Naive.Number([o, c, .. k], [outputs, channels / groups, .. kernel]);
            var l = Naive.Number([n, o, .. q], [images, outputs, .. places]);
            sums[xs is null ? i : ws is null ? j : l] += (xs is null ? 1 : xs[i]) * (ws is null ? 1 : ws[j]) * (ys is null ? 1 : ys[l]);
        }

        return Tensor.From(sums, [sums.Length]).Reshape(shape);
    }
}
