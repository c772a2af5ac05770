namespace Autograd.NN;

/// <summary>Checks of what goes into a layer.</summary>
internal static class LayerInput
{
    /// <summary>Checks that the input has the layer's element type; the fix depends on which of the two is meant.</summary>
    /// <param name="layer">The layer, for a message.</param>
    /// <param name="x">The input.</param>
    /// <param name="own">A parameter or buffer of the layer; null if it has none.</param>
    public static void RequireDType(Module layer, Tensor x, Tensor? own)
    {
        if (own is not null && x.DType != own.DType)
        {
            throw new DTypeException(
                $"{layer.Title}: the input is {x.DType}, the weights are {own.DType}. Convert the input, x.To(DType.{own.DType})" + (x.DType.IsFloatingPoint ? $", or the model, model.To(DType.{x.DType})." : "."));
        }
    }
}
