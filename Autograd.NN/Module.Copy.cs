namespace Autograd.NN;

public abstract partial class Module
{
    /// <summary>The same object with the same fields, before its members are copied.</summary>
    internal Module ShallowCopy() => (Module)MemberwiseClone();
}
