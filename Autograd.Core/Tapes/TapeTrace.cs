using System.Runtime.CompilerServices;

namespace Autograd.Tapes;

/// <summary>Notes the module of every operation that is recorded in this flow, and has its line noted.</summary>
internal sealed class TapeTrace : RecordingObserver
{
    private static readonly ConditionalWeakTable<Operation, ModuleScope> Modules = [];

    private readonly IDisposable sites = RecordingSite.Note();
    private int closed;

    public TapeTrace() => ModuleScope.Want(true);

    /// <summary>The module that was being called when an operation was recorded, if somebody traced then.</summary>
    public static ModuleScope? ModuleOf(Operation operation) => Modules.TryGetValue(operation, out var scope) ? scope : null;

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (Interlocked.Exchange(ref closed, 1) == 0)
        {
            ModuleScope.Want(false);
            base.Dispose();
            sites.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void Observe(Operation operation, Tensor result)
    {
        if (ModuleScope.Current is { } scope)
        {
            Modules.AddOrUpdate(operation, scope);
        }
    }
}
