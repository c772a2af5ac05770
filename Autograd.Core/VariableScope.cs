namespace Autograd;

/// <summary>While it lasts, and in the current flow of control alone, it sees every use of a variable, and may give another value in place of the variable's own.</summary>
internal sealed class VariableScope : IDisposable
{
    private static readonly AsyncLocal<VariableScope?> Innermost = new();
    private static int open;

    private readonly VariableScope? outer = Innermost.Value;
    private readonly Func<Variable, Tensor?> use;
    private bool isClosed;

    /// <summary>Opens a scope.</summary>
    /// <param name="use">Called at each use; null leaves the variable its value, or that of an outer scope.</param>
    public VariableScope(Func<Variable, Tensor?> use)
    {
        this.use = use;
        Innermost.Value = this;
        Interlocked.Increment(ref open);
    }

    /// <summary>The value that a scope gives a variable; null if there is none.</summary>
    public static Tensor? ValueOf(Variable variable) => Volatile.Read(ref open) == 0 ? null : Search(variable);

    /// <summary>Ends the scope, for tasks that have inherited it, too.</summary>
    public void Dispose()
    {
        if (!isClosed)
        {
            isClosed = true;
            Interlocked.Decrement(ref open);
            Innermost.Value = outer;
        }
    }

    private static Tensor? Search(Variable variable)
    {
        for (var scope = Innermost.Value; scope is not null; scope = scope.outer)
        {
            if (!scope.isClosed && scope.use(variable) is { } value)
            {
                return value;
            }
        }

        return null;
    }
}
