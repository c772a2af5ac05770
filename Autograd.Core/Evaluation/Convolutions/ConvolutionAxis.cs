namespace Autograd.Evaluation;

/// <summary>One spatial dimension of a convolution: at place q, element k of the window meets element q·Stride + k·Dilation − Padding of the image, or a 0 outside of it.</summary>
/// <param name="Size">Elements of the image.</param>
/// <param name="Kernel">Elements of the window.</param>
/// <param name="Places">Places of the window.</param>
/// <param name="Stride">The distance of neighbouring places.</param>
/// <param name="Padding">Zeros in front; behind, there are as many as the places reach.</param>
/// <param name="Dilation">The distance of neighbours in the window.</param>
internal readonly record struct ConvolutionAxis(int Size, int Kernel, int Places, int Stride, int Padding, int Dilation)
{
    /// <summary>A dimension that is not there.</summary>
    public static ConvolutionAxis None => new(1, 1, 1, 1, 0, 1);

    /// <summary>Whether each element of the image belongs to a phase that some element of the window meets (at places that there are, or are not).</summary>
    public bool CoversAll
    {
        get
        {
            for (var phase = 0; phase < Stride; phase++)
            {
                if (AdjointWindows(phase) is { Places: > 0, Taps: 0 })
                {
                    return false;
                }
            }

            return Places > 0;
        }
    }

    /// <summary>What the convolution reads: the image at each place.</summary>
    public WindowAxis Windows => new(Size, Places, Stride, Kernel, -Padding, Dilation) { TapStep = 1, ResultStep = 1 };

    /// <summary>What its adjoint reads for the elements i of the image with i + Padding ≡ <paramref name="phase"/> (mod Stride): those places q whose window meets i, with q·Stride + k·Dilation = i + Padding.
    /// These k are evenly spaced, and from one such i to the next q moves by one: a convolution of stride 1.</summary>
    public WindowAxis AdjointWindows(int phase)
    {
        var first = (((phase - Padding) % Stride) + Stride) % Stride;
        var count = first < Size ? ((Size - 1 - first) / Stride) + 1 : 0;
        var period = Stride / Gcd(Stride, Dilation);
        var tap = 0;
        while (tap < period && (long)tap * Dilation % Stride != phase)
        {
            tap++;
        }

        var taps = tap < Math.Min(period, Kernel) ? ((Kernel - 1 - tap) / period) + 1 : 0;
        var origin = (int)((first + (long)Padding - ((long)tap * Dilation)) / Stride);
        return new(Places, count, 1, taps, origin, -(int)((long)period * Dilation / Stride))
        {
            FirstTap = tap,
            TapStep = period,
            FirstResult = first,
            ResultStep = Stride,
        };
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
