namespace Autograd;

/// <summary>A buffer, in the field's sense: state of a module that is not learned by gradients, such as a running mean: a variable that is saved with the module and is a constant to the tape.</summary>
/// <param name="value">The first value, of any element type.</param>
/// <param name="name">A name for messages; a module gives the buffer's path instead.</param>
public sealed class TensorBuffer(Tensor value, string? name = null) : Variable(value, name)
{
    private protected override Node? Adopt(Tensor next) => null;
}
