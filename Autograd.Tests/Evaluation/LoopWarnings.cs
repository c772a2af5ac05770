using System.Diagnostics.Tracing;

namespace Autograd.Tests.Evaluation;

/// <summary>Listens to the warnings of the library's event source.</summary>
internal sealed class LoopWarnings : EventListener
{
    public List<string> Reasons { get; } = [];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Autograd")
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => Reasons.Add((string)eventData.Payload![0]!);
}
