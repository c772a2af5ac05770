namespace Autograd.Evaluation;

/// <summary>The three spatial dimensions of windows.</summary>
internal readonly record struct WindowAxes(WindowAxis Deep, WindowAxis Down, WindowAxis Across)
{
    public int Places => Deep.Places * Down.Places * Across.Places;

    public int Taps => Deep.Taps * Down.Taps * Across.Taps;

    public bool IsEmpty => Deep.IsEmpty || Down.IsEmpty || Across.IsEmpty;

    /// <summary>Whether windows are single elements and meet all of them, one after the other.</summary>
    public bool IsOneProduct => Taps == 1 && Deep.IsIdentity && Down.IsIdentity && Across.IsIdentity;

    /// <summary>Whether results of neighbouring places are neighbours.</summary>
    public bool IsDense => Deep.ResultStep == 1 && Down.ResultStep == 1 && Across.ResultStep == 1;

    /// <summary>All elements of [images, channels, …] as places.</summary>
    public static WindowAxes Of(Tensor images)
    {
        var sizes = images.Shape.AsSpan();
        return new(Whole(sizes.Length > 4 ? sizes[^3] : 1), Whole(sizes.Length > 3 ? sizes[^2] : 1), Whole(sizes[^1]));
    }

    /// <summary>All that some windows meet, as one window.</summary>
    public static WindowAxes Union(WindowAxes[] windows)
    {
        var all = windows[0];
        foreach (var axes in windows)
        {
            all = new(all.Deep.Union(axes.Deep), all.Down.Union(axes.Down), all.Across.Union(axes.Across));
        }

        return all;
    }

    /// <summary>Where the results of a line of places lie in a box, counted in places.</summary>
    public int PlaceIn(in WindowAxes box, int deep, int down)
    {
        var z = Deep.FirstResult + (deep * Deep.ResultStep) - box.Deep.FirstResult;
        var y = Down.FirstResult + (down * Down.ResultStep) - box.Down.FirstResult;
        return (((z * box.Down.Places) + y) * box.Across.Places) + Across.FirstResult - box.Across.FirstResult;
    }

    private static WindowAxis Whole(int size) => new(size, size, 1, 1, 0, 1) { ResultStep = 1 };
}
