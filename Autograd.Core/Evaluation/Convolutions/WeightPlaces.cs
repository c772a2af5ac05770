namespace Autograd.Evaluation;

/// <summary>Where the weights lie that a sum over windows has as factors.</summary>
/// <param name="RowStride">The distance of the weights of neighbouring results.</param>
/// <param name="ChannelStride">The distance of those of neighbouring channels.</param>
/// <param name="Slab">The distance along the outermost dimension of the window.</param>
/// <param name="Line">The distance along the middle one.</param>
internal readonly record struct WeightPlaces(int RowStride, int ChannelStride, int Slab, int Line)
{
    /// <summary>Those of one result, for each channel and tap.</summary>
    public Grid Grid(int channels, in WindowAxes axes)
        => new((channels, axes.Deep.Taps, axes.Down.Taps, axes.Across.Taps), (ChannelStride, axes.Deep.TapStep * Slab, axes.Down.TapStep * Line, axes.Across.TapStep));

    /// <summary>The first one.</summary>
    public int Start(int origin, in WindowAxes axes) => origin + (axes.Deep.FirstTap * Slab) + (axes.Down.FirstTap * Line) + axes.Across.FirstTap;
}
