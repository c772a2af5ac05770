namespace Autograd.Display;

/// <summary>What shows itself in a notebook, as static HTML and SVG.</summary>
internal interface IDisplayed
{
    /// <summary>Writes the display.</summary>
    /// <param name="page">Where it is written; elements are left closed.</param>
    void Show(Markup page);
}
