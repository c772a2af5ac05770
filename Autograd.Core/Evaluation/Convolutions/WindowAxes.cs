namespace Autograd.Evaluation;

/// <summary>The three spatial dimensions of windows.</summary>
internal readonly record struct WindowAxes(WindowAxis Deep, WindowAxis Down, WindowAxis Across)
{
    public int Places => Deep.Places * Down.Places * Across.Places;

    public int Taps => Deep.Taps * Down.Taps * Across.Taps;

    public bool IsEmpty => Deep.IsEmpty || Down.IsEmpty || Across.IsEmpty;
}
