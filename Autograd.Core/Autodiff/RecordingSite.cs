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

    /// <summary>The public member of the library that was called; null where the runtime has optimized its frame away.</summary>
    public string? Call { get; init; }

    /// <summary>Where in the method's code that call stands: the same for all operations of one call.</summary>
    public int Offset { get; init; }

    /// <summary>Whether a module of the library made the call, and not the method itself.</summary>
    public bool IsInModule { get; init; }

    /// <summary>Notes the line of every operation that is recorded in this flow until the returned scope is disposed.</summary>
    public static IDisposable Note() => new Noting();

    /// <summary>The line that had <paramref name="operation"/> recorded, if lines were noted then.</summary>
    public static RecordingSite? Of(Operation operation) => Sites.TryGetValue(operation, out var site) ? site : null;

    /// <summary>The first frame of the current stack outside the library and the runtime.</summary>
    public static RecordingSite? OfCaller()
    {
        var stack = new StackTrace(fNeedFileInfo: true);
        string? call = null;
        var isInModule = false;
        for (var i = 0; i < stack.FrameCount; i++)
        {
            if (stack.GetFrame(i) is not { } frame || DiagnosticMethodInfo.Create(frame) is not { } method)
            {
                continue;
            }

            if (!IsInside(method.DeclaringAssemblyName))
            {
                return new(Readable(method), frame.GetFileName(), frame.GetFileLineNumber()) { Call = call, Offset = frame.GetNativeOffset(), IsInModule = isInModule };
            }

            // Going outwards, the last member of the public types is what was called.
            isInModule |= IsModule(method);
            call = !isInModule && method.DeclaringTypeName is "Autograd.Tensor" or "Autograd.Linalg" or "Autograd.NN.Loss" ? method.Name : call;
        }

        return null;
    }

    public override string ToString()
        => File is null ? Method : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(File)}:{Line} ({Method})");

    /// <summary>The name as it was written: a lambda has that of the method it stands in, a local function its own, and so has an async method; the cell of a notebook has none but its number.</summary>
    private static string Readable(DiagnosticMethodInfo method)
    {
        var (type, name) = (method.DeclaringTypeName ?? string.Empty, method.Name);
        var closure = type.IndexOf("+<", StringComparison.Ordinal);
        name = name == "MoveNext" && closure >= 0 ? type[(closure + 1)..] : name;
        type = closure < 0 ? type : type[..closure];
        if (type.StartsWith("Submission#", StringComparison.Ordinal) && name.StartsWith("<<Initialize>>", StringComparison.Ordinal))
        {
            return type;
        }

        if (name.IndexOf(">g__", StringComparison.Ordinal) is var local && local >= 0 && name.IndexOf('|', StringComparison.Ordinal) is var end && end > local)
        {
            name = name[(local + 4)..end];
        }
        else if (name.StartsWith('<') && name.IndexOf('>', StringComparison.Ordinal) is var close && close > 1)
        {
            name = name[1..close].TrimStart('<');
        }

        return $"{type[(type.LastIndexOf('.') + 1)..]}.{name}";
    }

    private static bool IsModule(DiagnosticMethodInfo method)
        => method.DeclaringTypeName is { } type && type.StartsWith("Autograd.NN.", StringComparison.Ordinal) && (method.Name == "Compute" || type.StartsWith("Autograd.NN.Module`", StringComparison.Ordinal));

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
