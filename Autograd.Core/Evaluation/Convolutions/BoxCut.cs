namespace Autograd.Evaluation;

/// <summary>Images and places cut into boxes of about equally many places: several images, one, or some lines of one.</summary>
internal readonly struct BoxCut
{
    private readonly WindowAxes axes;
    private readonly int images;
    private readonly (int Images, int Deep, int Down, int Across) sizes;
    private readonly (int Images, int Deep, int Down, int Across) counts;

    /// <summary>Cuts the places of <paramref name="images"/> images into boxes of about <paramref name="places"/>, or of at least an image.</summary>
    public BoxCut(int images, in WindowAxes axes, int places, bool wholeImages = false)
    {
        places = wholeImages ? Math.Max(places, axes.Places) : places;
        (this.images, this.axes) = (images, axes);
        var (lines, line) = (axes.Down.Places, axes.Across.Places);
        sizes = (
            Part(images, places / axes.Places),
            Part(axes.Deep.Places, places / ((long)lines * line)),
            Part(lines, places / line),
            Part(line, places));
        counts = (Parts(images, sizes.Images), Parts(axes.Deep.Places, sizes.Deep), Parts(lines, sizes.Down), Parts(line, sizes.Across));
    }

    /// <summary>Cuts them into boxes of about <paramref name="most"/> places at most, of which each of <paramref name="parts"/> parts has equally many, if there are so many.</summary>
    public BoxCut(int images, in WindowAxes axes, int most, int parts)
        : this(images, axes, Part(Parts(images * axes.Places, parts), most))
    {
    }

    /// <summary>Floating-point operations that are worth a thread's while.</summary>
    private const long WorkOfTurn = 1_000_000;

    public int Count => counts.Images * counts.Deep * counts.Down * counts.Across;

    /// <summary>Box number <paramref name="index"/>: its first image, how many, and its places.</summary>
    public (int Image, int Images, WindowAxes Axes) this[int index]
    {
        get
        {
            (index, var across) = Math.DivRem(index, counts.Across);
            (index, var down) = Math.DivRem(index, counts.Down);
            var (image, deep) = Math.DivRem(index, counts.Deep);
            image *= sizes.Images;
            return (
                image,
                Math.Min(sizes.Images, images - image),
                new(Slice(axes.Deep, deep, sizes.Deep), Slice(axes.Down, down, sizes.Down), Slice(axes.Across, across, sizes.Across)));
        }
    }

    /// <summary>How many boxes are worth a thread's while.</summary>
    /// <param name="products">The multiplications of a place.</param>
    public int Together(long products)
    {
        var operations = 2 * products * sizes.Images * sizes.Deep * sizes.Down * sizes.Across;
        return (int)Math.Clamp(WorkOfTurn / Math.Max(1, operations), 1, int.MaxValue);
    }

    private static WindowAxis Slice(in WindowAxis axis, int index, int size) => axis.Slice(index * size, Math.Min(size, axis.Places - (index * size)));

    /// <summary>The size of even parts of at most <paramref name="most"/>.</summary>
    private static int Part(int count, long most) => Parts(count, Parts(count, (int)Math.Clamp(most, 1, count)));

    private static int Parts(int whole, int part) => ((whole - 1) / part) + 1;
}
