namespace Autograd.Autodiff;

/// <summary>One call of a module, while it lasts: what is recorded meanwhile belongs to it. Known only while somebody traces the tape.</summary>
internal sealed class ModuleScope : IDisposable
{
    private static readonly AsyncLocal<ModuleScope?> current = new();
    private static int traces;

    private ModuleScope(string path, string type, object names, ModuleScope? outer)
        => (Path, Type, Names, Outer, Depth) = (path, type, names, outer, outer is null ? 0 : outer.Depth + 1);

    /// <summary>Whether anybody traces, in any flow: if not, modules need not say that they are called.</summary>
    public static bool IsWanted => Volatile.Read(ref traces) != 0;

    /// <summary>The innermost module that is being called in this flow; null if none is.</summary>
    public static ModuleScope? Current => current.Value;

    /// <summary>The path of the module, such as <c>Network.blocks.0.inner</c>.</summary>
    public string Path { get; }

    /// <summary>The name of the module's type.</summary>
    public string Type { get; }

    /// <summary>What the modules know of the names of those inside the outermost one.</summary>
    public object Names { get; }

    /// <summary>The call around this one; null for the outermost.</summary>
    public ModuleScope? Outer { get; }

    /// <summary>The number of calls around this one.</summary>
    public int Depth { get; }

    /// <summary>Begins a call; disposing the scope ends it.</summary>
    public static ModuleScope Enter(string path, string type, object names) => current.Value = new ModuleScope(path, type, names, current.Value);

    /// <summary>Says that somebody traces, or that he has done.</summary>
    public static void Want(bool wanted) => Interlocked.Add(ref traces, wanted ? 1 : -1);

    public void Dispose() => current.Value = Outer;
}
