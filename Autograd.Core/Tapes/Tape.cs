using Autograd.Display;
using Autograd.Tapes;

namespace Autograd;

/// <summary>The record behind a tensor, as data: which operations it was computed by, from what, and what memory is kept for the backward pass. Reading it computes nothing.</summary>
/// <example><code>var tape = Tape.Of(y);
/// Console.WriteLine(tape);                   // a table
/// var picture = tape.ToSvg();</code></example>
[TypeFormatterSource(typeof(DisplayFormatters))]
public sealed class Tape : IDisplayed
{
    private readonly TapeTable table;

    private Tape(IReadOnlyList<TapeEntry> entries)
    {
        Entries = entries;
        table = new TapeTable(this);
    }

    /// <summary>All entries; each comes after those that it was computed from.</summary>
    public IReadOnlyList<TapeEntry> Entries { get; }

    /// <summary>Bytes of memory that the tape keeps alive, beside the parameters: what is free again after the backward pass.</summary>
    public long KeptBytes => Entries.Sum(entry => entry.Kind == TapeEntryKind.Parameter ? 0 : entry.KeptBytes);

    /// <summary>Bytes of parameters that the gradient rules read. Their memory is there anyway.</summary>
    public long ParameterBytes => Entries.Sum(entry => entry.Kind == TapeEntryKind.Parameter ? entry.KeptBytes : 0);

    /// <summary>The record behind some tensors.</summary>
    /// <param name="outputs">One or more, such as a loss.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    /// <exception cref="GradientException">Nothing was recorded for one of them.</exception>
    public static Tape Of(params ReadOnlySpan<Tensor> outputs)
    {
        if (outputs.IsEmpty)
        {
            throw new ArgumentException("Tape.Of: there is no tensor; give at least one, such as the loss.", nameof(outputs));
        }

        var reader = new TapeReader();
        foreach (var output in outputs)
        {
            ArgumentNullException.ThrowIfNull(output, nameof(outputs));
            reader.Read(output.Current.Node ?? throw new GradientException(
                $"Tape.Of: nothing was recorded for this tensor of shape {output.Shape}. Compute it from a Parameter or from a tensor made with requiresGrad: true, outside Grad.Disabled()."));
        }

        return new Tape(reader.Finish());
    }

    /// <summary>Until the returned scope is disposed, operations of the current flow remember the module and the line of the program that had them recorded, at 10 to 50 microseconds each. Lines are exact in Debug builds and in notebooks; in optimized code they may be a few off.</summary>
    /// <returns>The scope.</returns>
    /// <example><code>using (Tape.Traced())
    /// {
    ///     Console.WriteLine(Tape.Of(model.Forward(x)));
    /// }</code></example>
    public static IDisposable Traced() => new TapeTrace();

    /// <summary>A table: operation, shape, element type, inputs, memory kept and, if traced, module and line.</summary>
    public override string ToString() => table.ToText();

    /// <summary>The graph in the language of Graphviz.</summary>
    /// <param name="options">What is drawn.</param>
    public string ToDot(TapeDrawing options = default) => TapeText.Dot(TapePicture.Of(this, options));

    /// <summary>The graph in the language of Mermaid, which Markdown pages draw.</summary>
    /// <param name="options">What is drawn.</param>
    public string ToMermaid(TapeDrawing options = default) => TapeText.Mermaid(TapePicture.Of(this, options));

    /// <summary>The graph as a picture, for a file of its own: it adapts to light and dark pages.</summary>
    /// <param name="options">What is drawn.</param>
    public string ToSvg(TapeDrawing options = default)
    {
        var markup = new Markup();
        new TapeSvg(TapePicture.Of(this, options), markup, alone: true).Draw();
        return markup.ToString();
    }

    /// <inheritdoc/>
    void IDisplayed.Show(Markup page)
    {
        page.Add("div", table.Summary(), ("class", "autograd-head"));
        new TapeSvg(TapePicture.Of(this, default), page, alone: false).Draw();
        page.Open("details").Add("summary", "table");
        table.Show(page);
        page.Close();
    }
}
