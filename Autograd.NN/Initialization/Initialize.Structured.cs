namespace Autograd.NN;

public static partial class Initialize
{
    /// <summary>Values of the normal distribution, of which those outside of <paramref name="low"/> … <paramref name="high"/> are drawn again: its inverse distribution function at even values between those of the bounds.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="standardDeviation">The standard deviation before truncation; above 0.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value.</param>
    /// <param name="generator">Where the values come from; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is not above 0, or the bounds are in the wrong order.</exception>
    public static Parameter TruncatedNormal(Parameter parameter, double mean = 0, double standardDeviation = 1, double low = -2, double high = 2, Generator? generator = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standardDeviation);
        if (!(low < high))
        {
            throw new ArgumentOutOfRangeException(nameof(low), low, FormattableString.Invariant($"Initialize.TruncatedNormal: the least value, {low}, must be below the greatest, {high}."));
        }

        return Set(parameter, p =>
        {
            var (from, to) = ((low - mean) / standardDeviation, (high - mean) / standardDeviation);
            var bounds = Tensor.From([from, to]) * double.Sqrt(0.5);
            var shares = bounds.Erf().ToArray<double>();
            var wanted = (Tensor.Rand(p.Shape, DType.Float64, generator: generator) * (shares[1] - shares[0])) + shares[0];
            var (least, greatest) = (Tensor.Full(p.Shape, Math.Max(from, -40), DType.Float64), Tensor.Full(p.Shape, Math.Min(to, 40), DType.Float64));

            // Bisection: 60 halves of an interval of 80 are below the distance of neighbouring numbers.
            for (var i = 0; i < 60; i++)
            {
                var middle = (least + greatest) * 0.5;
                var isAbove = (middle * double.Sqrt(0.5)).Erf() > wanted;
                (least, greatest) = (Tensor.Where(isAbove, least, middle).Evaluate(), Tensor.Where(isAbove, middle, greatest).Evaluate());
            }

            return ((least * standardDeviation) + mean).Clamp(low, high).To(p.DType);
        });
    }

    /// <summary>A matrix whose rows (or columns, if there are fewer) are orthogonal and of length <paramref name="gain"/>: Q of the decomposition QR of normal values, with the signs that make R's diagonal positive.
    /// (Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2013.)</summary>
    /// <param name="weight">The weights, of shape [out, in, …]; dimensions behind the first count as one.</param>
    /// <param name="gain">The length; <see cref="Gain"/> gives some.</param>
    /// <param name="generator">Where the values come from; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ShapeException">The parameter has less than two dimensions.</exception>
    public static Parameter Orthogonal(Parameter weight, double gain = 1, Generator? generator = null)
    {
        Fans(weight, nameof(Orthogonal));
        return Set(weight, p =>
        {
            var (rows, columns) = (p.Shape[0], p.Shape[0] == 0 ? 0 : p.ElementCount / p.Shape[0]);
            if (p.ElementCount == 0)
            {
                return p.Detach();
            }

            var normal = Tensor.Randn([Math.Max(rows, columns), Math.Min(rows, columns)], DType.Float64, generator: generator);
            var (q, r) = Linalg.Qr(normal);
            q *= Tensor.Where(r.Diagonal() < 0, -1.0, Tensor.Ones([], DType.Float64));
            return ((rows < columns ? q.T : q) * gain).Reshape(p.Shape).To(p.DType);
        });
    }

    /// <summary>Normal values, of which in each column (the weights from one input) a share is 0. (Martens, "Deep learning via Hessian-free optimization", 2010.)</summary>
    /// <param name="weight">A matrix [out, in].</param>
    /// <param name="sparsity">The share of zeros in each column, 0 to 1.</param>
    /// <param name="standardDeviation">The standard deviation of the others.</param>
    /// <param name="generator">Where the values come from; left out, <see cref="Generator.Default"/>.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ShapeException">The parameter is no matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public static Parameter Sparse(Parameter weight, double sparsity, double standardDeviation = 0.01, Generator? generator = null)
    {
        RequireMatrix(weight, nameof(Sparse));
        if (sparsity is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(sparsity), sparsity, "Initialize.Sparse: the share of zeros lies between 0 and 1.");
        }

        return Set(weight, p =>
        {
            // The rank of an even value among those of its column is a random place.
            var zeros = (long)Math.Ceiling(sparsity * p.Shape[0]);
            var places = Tensor.Rand(p.Shape, DType.Float64, generator: generator).ArgSort(0).ArgSort(0);
            return Tensor.Where(places < zeros, 0, Tensor.Randn(p.Shape, p.DType, generator: generator) * standardDeviation);
        });
    }

    /// <summary>1 on the diagonal, 0 elsewhere: outputs are inputs, as far as there are both.</summary>
    /// <param name="weight">A matrix [out, in].</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ShapeException">The parameter is no matrix.</exception>
    public static Parameter Identity(Parameter weight)
    {
        RequireMatrix(weight, nameof(Identity));
        return Set(weight, p => Tensor.Eye(p.Shape[0], p.Shape[1], p.DType));
    }

    /// <summary>1 in the middle of the window from input channel i to output channel i of each group, 0 elsewhere: a convolution with it, padded "same", returns its input, as far as there are both channels. (Zagoruyko, Komodakis, "DiracNets", 2017.)</summary>
    /// <param name="weight">The weights of a convolution, [out, in / groups, kernel sizes].</param>
    /// <param name="groups">Groups of channels; they divide the output channels.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ShapeException">The parameter has not three to five dimensions.</exception>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public static Parameter Dirac(Parameter weight, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        if (weight.Rank is not (3 or 4 or 5))
        {
            throw new ShapeException($"Initialize.Dirac: a parameter of shape {weight.Shape} is no weight of a convolution; that has shape [out, in / groups, kernel sizes].");
        }

        if (weight.Shape[0] % groups != 0)
        {
            throw new ArgumentException($"Initialize.Dirac: {groups} groups must divide {weight.Shape[0]} output channels.", nameof(groups));
        }

        return Set(weight, p =>
        {
            var own = p.Shape[0] / groups;
            var window = p.Shape.AsSpan()[2..];
            var middle = 0;
            foreach (var size in window)
            {
                middle = (middle * size) + (size / 2);
            }

            var ones = Tensor.Eye(own, p.Shape[1], p.DType).Repeat(groups, 1).Unsqueeze(-1);
            var places = Tensor.Arange(Shape.Create(window).ElementCount).Eq(middle);
            return (ones * places).Reshape(p.Shape);
        });
    }

    private static void RequireMatrix(Parameter weight, string method)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Rank != 2)
        {
            throw new ShapeException($"Initialize.{method}: a parameter of shape {weight.Shape} is no matrix [out, in].");
        }
    }
}
