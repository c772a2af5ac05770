namespace Autograd.NN;

public abstract partial class Module
{
    /// <summary>The multiplications with an addition of one call, for a summary: those of the module itself, not of modules inside it. 0 unless overridden.</summary>
    /// <param name="input">The shape of the (first) input.</param>
    /// <param name="output">The shape of the (first) output.</param>
    protected virtual long MultiplyAdds(Shape input, Shape output) => 0;

    internal long CountMultiplyAdds(Shape input, Shape output) => MultiplyAdds(input, output);
}
