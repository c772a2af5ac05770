namespace Autograd.NN;

/// <summary>Small made-up data sets on which models can be watched. Points lie in the plane; classes are Int64, [n].</summary>
public static class Synthetic
{
    /// <summary>The four corners of a square and their exclusive or: X [4, 2], Y [4, 1] of 0 and 1, Float32.</summary>
    public static TensorDataset Xor() => new(Tensor.From([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]), Tensor.From([0f, 1, 1, 0], [4, 1]));

    /// <summary>Two half circles, one reaching into the other.</summary>
    /// <param name="count">Points of both together.</param>
    /// <param name="noise">The standard deviation of what is added to each coordinate.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    public static TensorDataset Moons(int count = 100, double noise = 0.1, Generator? generator = null)
        => Make(count, 2, noise, generator, (label, share) => label == 0
            ? (Math.Cos(Math.PI * share), Math.Sin(Math.PI * share))
            : (1 - Math.Cos(Math.PI * share), 0.5 - Math.Sin(Math.PI * share)));

    /// <summary>A circle of radius 1 and one inside it.</summary>
    /// <param name="count">Points of both together.</param>
    /// <param name="noise">The standard deviation of what is added to each coordinate.</param>
    /// <param name="factor">The radius of the inner one.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    public static TensorDataset Circles(int count = 100, double noise = 0.05, double factor = 0.5, Generator? generator = null)
        => Make(count, 2, noise, generator, (label, share) => Polar(label == 0 ? 1 : factor, 2 * Math.PI * share));

    /// <summary>Arms of a spiral, wound around each other.</summary>
    /// <param name="count">Points of all together.</param>
    /// <param name="classes">The number of arms; 1 or more.</param>
    /// <param name="noise">The standard deviation of what is added to each coordinate.</param>
    /// <param name="turns">How far an arm is wound.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    public static TensorDataset Spirals(int count = 100, int classes = 2, double noise = 0.02, double turns = 1, Generator? generator = null)
        => Make(count, classes, noise, generator, (label, share) => Polar(share, 2 * Math.PI * ((turns * share) + ((double)label / classes))));

    /// <summary>Normal distributions around centres on a circle of radius 1.</summary>
    /// <param name="count">Points of all together.</param>
    /// <param name="classes">The number of centres; 1 or more.</param>
    /// <param name="noise">The standard deviation around a centre.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    public static TensorDataset Blobs(int count = 100, int classes = 3, double noise = 0.2, Generator? generator = null)
        => Make(count, classes, noise, generator, (label, _) => Polar(1, 2 * Math.PI * label / classes));

    /// <summary>y = sin x with noise, x drawn evenly from −π to π: X and Y are [n, 1], Float32.</summary>
    /// <param name="count">The number of points.</param>
    /// <param name="noise">The standard deviation of what is added to y.</param>
    /// <param name="generator">What is drawn from; left out, <see cref="Generator.Default"/>.</param>
    public static TensorDataset Sine(int count = 100, double noise = 0.1, Generator? generator = null)
    {
        var x = ((Tensor.Rand([count, 1], DType.Float32, generator: generator) * 2) - 1) * Math.PI;
        return new(x, x.Sin() + (Tensor.Randn([count, 1], DType.Float32, generator: generator) * noise));
    }

    private static (double, double) Polar(double radius, double angle) => (radius * Math.Cos(angle), radius * Math.Sin(angle));

    /// <summary>Points of all classes, in random order.</summary>
    /// <param name="count">The number of points.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="noise">The standard deviation of what is added to each coordinate.</param>
    /// <param name="generator">What is drawn from.</param>
    /// <param name="place">(class, share of the way along its curve) ↦ point.</param>
    private static TensorDataset Make(int count, int classes, double noise, Generator? generator, Func<int, double, (double X, double Y)> place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var (points, labels) = (new float[2 * count], new long[count]);
        for (var i = 0; i < count; i++)
        {
            var label = i % classes;
            var inClass = ((count - label - 1) / classes) + 1;
            var (x, y) = place(label, (double)(i / classes) / Math.Max(1, inClass - 1));
            (points[2 * i], points[(2 * i) + 1], labels[i]) = ((float)x, (float)y, label);
        }

        var order = Tensor.RandPermutation(count, generator);
        var spread = Tensor.Randn([count, 2], DType.Float32, generator: generator) * noise;
        return new(Tensor.From(points, [count, 2]).IndexSelect(0, order) + spread, Tensor.From(labels).IndexSelect(0, order));
    }
}
