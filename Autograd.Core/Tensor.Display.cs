using System.Text;
using Autograd.Display;

namespace Autograd;

[TypeFormatterSource(typeof(DisplayFormatters))]
public partial class Tensor : IDisplayed
{
    /// <summary>Shape, element type and values, as NumPy prints them; long tensors are summarised.</summary>
    public override string ToString() => ToString(default);

    /// <summary>Shape, element type and values.</summary>
    /// <param name="options">Digits, line width, and what is summarised.</param>
    public string ToString(PrintOptions options)
    {
        var source = Captured;
        var values = source.DType switch
        {
            DType.Float32 => Text<float>(source, options),
            DType.Float64 => Text<double>(source, options),
            DType.Int64 => Text<long>(source, options),
            _ => Text<bool>(source, options),
        };
        var text = new StringBuilder($"Tensor {Shape} {DType}");
        return text.Append(RequiresGrad ? ", requires grad" : string.Empty)
            .Append(values.Contains('\n') ? '\n' : ' ')
            .Append(values)
            .ToString();
    }

    /// <inheritdoc/>
    void IDisplayed.Show(Markup page) => new TensorDisplay(this, page).Show();

    private static string Text<T>(Tensor source, PrintOptions options)
        where T : unmanaged
    {
        var layout = source.Layout;
        var text = TensorFormatter.Format<T>(source.Storage<T>(), layout.Offset, layout.Shape, layout.Strides, options);
        GC.KeepAlive(source);
        return text;
    }
}
