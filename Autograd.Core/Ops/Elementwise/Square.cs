namespace Autograd;

public partial class Tensor
{
    /// <summary>x², elementwise.</summary>
    public Tensor Square() => this * this;
}
