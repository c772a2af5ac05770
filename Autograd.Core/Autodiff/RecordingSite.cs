using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Autograd.Autodiff;

/// <summary>The line outside the library that had an operation recorded.</summary>
/// <param name="Method">The method, with its type.</param>
/// <param name="File">The path of the source file; null where there are no symbols.</param>
/// <param name="Line">The line in it; 0 where there are no symbols.</param>
internal sealed record RecordingSite(string Method, string? File, int Line)
{
    private static readonly ConditionalWeakTable<Operation, RecordingSite> Sites = [];

    /// <summary>Notes the line of every operation that is recorded in this flow until the returned scope is disposed.</summary>
    public static IDisposable Note() => new Noting();

    /// <summary>The line that had <paramref name="operation"/> recorded, if lines were noted then.</summary>
    public static RecordingSite? Of(Operation operation) => Sites.TryGetValue(operation, out var site) ? site : null;

    /// <summary>The first frame of the current stack outside the library and the runtime.</summary>
    public static RecordingSite? OfCaller()
    {
        var stack = new StackTrace(fNeedFileInfo: true);
        for (var i = 0; i < stack.FrameCount; i++)
        {
            if (stack.GetFrame(i) is { } frame && DiagnosticMethodInfo.Create(frame) is { } method && !IsInside(method.DeclaringAssemblyName))
            {
                return new($"{method.DeclaringTypeName}.{method.Name}", frame.GetFileName(), frame.GetFileLineNumber());
            }
        }

        return null;
    }

    public override string ToString()
        => File is null ? Method : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(File)}:{Line} ({Method})");

    private static bool IsInside(string assembly)
    {
        var name = assembly.AsSpan()[..(assembly.IndexOf(',', StringComparison.Ordinal) is var end && end < 0 ? assembly.Length : end)];
        return name is "Autograd.Core" or "Autograd.NN" or "Autograd.Optim" || name.StartsWith("System.", StringComparison.Ordinal) || name is "System";
    }

    private sealed class Noting : RecordingObserver
    {
        protected override void Observe(Operation operation, Tensor result)
        {
            if (OfCaller() is { } site)
            {
                Sites.AddOrUpdate(operation, site);
            }
        }
    }
}
