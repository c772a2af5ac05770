namespace Autograd.Tests.Golden;

/// <summary>Operations that are supported and must stay so. Add to it, never remove.</summary>
internal static class SupportedFloor
{
    public static readonly string[] Names =
    [
    ];
}
