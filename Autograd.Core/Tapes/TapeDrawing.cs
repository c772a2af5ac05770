using System.Runtime.InteropServices;

namespace Autograd;

/// <summary>What the pictures of a <see cref="Tape"/> show. <c>default</c> is every operation, up to 200 boxes.</summary>
/// <exception cref="ArgumentOutOfRangeException">An option is given a value that it cannot have.</exception>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TapeDrawing
{
    private const int StandardMaxBoxes = 200;

    private readonly int? moduleDepth;
    private readonly int maxBoxes;

    /// <summary>Draws each module at this depth as one box: 0 for the whole model, 1 for the modules that it holds itself, and so on; null for none.
    /// Modules are known if the model was called inside <see cref="Tape.Traced"/>.</summary>
    public int? ModuleDepth
    {
        get => moduleDepth;
        init => moduleDepth = value is >= 0 or null ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "TapeDrawing.ModuleDepth must not be negative: 0 is the whole model.");
    }

    /// <summary>Draws each call of a composition of the library, such as a loss, as one box. They are known inside <see cref="Tape.Traced"/>.</summary>
    public bool CollapseComposites { get; init; }

    /// <summary>The number of boxes from which on the farthest from the outputs are drawn as one; 200 unless set.</summary>
    public int MaxBoxes
    {
        get => maxBoxes + StandardMaxBoxes;
        init => maxBoxes = value > 0 ? value - StandardMaxBoxes : throw new ArgumentOutOfRangeException(nameof(value), value, "TapeDrawing.MaxBoxes must be above 0.");
    }
}
