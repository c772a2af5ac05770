using System.Diagnostics.Tracing;

namespace Autograd.Evaluation;

/// <summary>What goes wrong without a result being wrong, as events of the source "Autograd": <c>dotnet-trace collect --providers Autograd -- …</c>, or an <see cref="EventListener"/>.</summary>
[EventSource(Name = "Autograd")]
internal sealed class LoopEvents : EventSource
{
    public static readonly LoopEvents Log = new();

    private LoopEvents()
    {
    }

    /// <summary>A chain of operations could not be compiled, and goes on tile by tile, which is slower.</summary>
    /// <param name="reason">The exception.</param>
    [Event(1, Level = EventLevel.Warning, Message = "A chain of operations could not be compiled into a loop and goes on tile by tile: {0}")]
    public void LoopsNotCompiled(string reason) => WriteEvent(1, reason);
}
