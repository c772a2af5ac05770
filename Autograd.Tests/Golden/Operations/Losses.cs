namespace Autograd.Tests.Golden.Operations;

/// <summary>The family losses: the place for the losses of the network library.</summary>
internal static class Losses
{
    public static readonly OperationRows Rows = [];
}
