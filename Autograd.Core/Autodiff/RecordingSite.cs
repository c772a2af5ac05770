using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Autograd.Autodiff;

/// <summary>The line outside the library that had an operation recorded.</summary>
/// <param name="Method">The method, with its type.</param>
/// <param name="File">The path of the source file; null where there are no symbols.</param>
/// <param name="Line">The line in it; 0 where there are no symbols.</param>
/// <param name="Call">The member of the library that was called there, or by the formula of a module; null where it is not known.</param>
internal sealed record RecordingSite(string Method, string? File, int Line, string? Call = null)
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
        string? call = null;
        var isInFormula = false;
        for (var i = 0; i < stack.FrameCount; i++)
        {
            if (stack.GetFrame(i) is not { } frame || DiagnosticMethodInfo.Create(frame) is not { } method)
            {
                continue;
            }

            if (!IsInside(method.DeclaringAssemblyName))
            {
                return new(NameOf(method.DeclaringTypeName, method.Name), frame.GetFileName(), frame.GetFileLineNumber(), call);
            }

            // Going outwards, the last member of the public types is what was called; a module's formula counts as a caller, too.
            isInFormula |= method.DeclaringTypeName?.StartsWith("Autograd.NN.", StringComparison.Ordinal) == true && method.Name is "Compute";
            call = !isInFormula && method.DeclaringTypeName is "Autograd.Tensor" or "Autograd.Linalg" or "Autograd.NN.Loss" ? method.Name.Replace("op_", string.Empty, StringComparison.Ordinal) : call;
        }

        return null;
    }

    public override string ToString()
        => File is null ? Method : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(File)}:{Line} ({Method})");

    /// <summary>The method as it stands in the source: behind an <c>async</c> one, and behind the cell of a notebook, is a class with a method MoveNext.</summary>
    private static string NameOf(string? type, string method)
    {
        if (method == "MoveNext" && type?.LastIndexOf('+') is > 0 and var plus && type.LastIndexOf('>') is var end && end > plus)
        {
            var name = type[(plus + 1)..end].Trim('<', '>');
            return type.StartsWith("Submission#", StringComparison.Ordinal) && name == "Initialize" ? type[..plus] : $"{type[..plus]}.{name}";
        }

        return $"{type}.{method}";
    }

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
