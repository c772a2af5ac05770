using System.Globalization;
using Autograd.Autodiff;

namespace Autograd.Tests.Gradients;

/// <summary>A tensor argument as a gradient test declares it: "3x2", "()", "2x3&lt;4" (indices), "2x3&lt;4!" (indices that differ along every dimension), "2x3?" (a mask).</summary>
internal sealed record TensorSpec(int[] Sizes, int? Bound, bool Unique, bool Mask)
{
    public static TensorSpec Parse(string text)
    {
        var shape = text.TrimEnd('!', '?');
        var bound = shape.IndexOf('<', StringComparison.Ordinal);
        int? limit = bound < 0 ? null : int.Parse(shape[(bound + 1)..], CultureInfo.InvariantCulture);
        shape = bound < 0 ? shape : shape[..bound];
        int[] sizes = shape == "()" ? [] : [.. shape.Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        return new(sizes, limit, text.EndsWith('!'), text.EndsWith('?'));
    }

    public Tensor Draw(Generator generator, Domain domain)
    {
        if (Mask)
        {
            return Tensor.Rand(Sizes, DType.Float64, generator: generator) > 0.5;
        }

        if (Bound is not { } bound)
        {
            return Draw(Sizes, generator, domain);
        }

        if (!Unique)
        {
            return Tensor.RandInt(0, bound, Sizes, generator);
        }

        // The sum of the coordinates, modulo the bound, differs along each dimension that is no longer than the bound.
        var sum = Tensor.RandInt(0, bound, [], generator).Expand(Sizes);
        for (var i = 0; i < Sizes.Length; i++)
        {
            sum += Tensor.Arange(Sizes[i]).Reshape([Sizes[i], .. Enumerable.Repeat(1, Sizes.Length - 1 - i)]);
        }

        return Tensor.From(Array.ConvertAll(sum.ToArray<long>(), value => value % bound), Sizes);
    }

    /// <summary>Float64 values from a domain.</summary>
    public static Tensor Draw(int[] sizes, Generator generator, Domain domain)
    {
        var u = Tensor.Rand(sizes, DType.Float64, generator: generator);
        var sign = Tensor.Where(Tensor.Rand(sizes, DType.Float64, generator: generator) < 0.5, -1, Tensor.OnesLike(u));
        return domain switch
        {
            Domain.Positive => (u * 1.8) + 0.2,
            Domain.NonZero => sign * ((u * 1.8) + 0.2),
            Domain.Unit => (u * 1.8) - 0.9,
            Domain.AboveOne => (u * 1.8) + 1.2,
            Domain.Distinct => Distinct(sizes, generator),
            Domain.NonInteger => Tensor.RandInt(-3, 3, sizes, generator) + (u * 0.3) + 0.1,
            Domain.DiagonallyDominant => Tensor.Where(Tensor.Eye(sizes[^2], sizes[^1], DType.Bool), Tensor.Arange(2, sizes[^1] + 2, dtype: DType.Float64), 0) + ((u * 0.4) - 0.2),
            Domain.Quotient => sign * ((u * 1.8) + 1.2),
            _ => (u * 4) - 2,
        };
    }

    private static Tensor Distinct(int[] sizes, Generator generator)
    {
        var count = sizes.Aggregate(1, (product, size) => product * size);
        var order = Tensor.RandPermutation(count, generator).To(DType.Float64);

        // A shift that depends on the draw keeps the values of two inputs of one case apart, too.
        var shift = Tensor.Rand([], DType.Float64, generator: generator) * 0.5;
        return ((((order + shift) / Math.Max(1, count)) * 4) - 2).Reshape(sizes.Length == 0 ? [] : sizes);
    }
}
