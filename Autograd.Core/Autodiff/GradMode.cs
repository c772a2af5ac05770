using System.Runtime.CompilerServices;

namespace Autograd.Autodiff;

/// <summary>Whether operations are being recorded, here and now.</summary>
internal static class GradMode
{
    private static readonly AsyncLocal<Scope?> Current = new();
    private static int openScopes;

    [ThreadStatic]
    private static int suspended;

    /// <summary>True unless a scope of the current flow, or the engine's own backward pass, has turned recording off.</summary>
    public static bool IsEnabled
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref openScopes) == 0 ? suspended == 0 : IsEnabledByScope();
    }

    public static IDisposable Enter(bool enabled)
    {
        var scope = new Scope(enabled, suspended, Current.Value);
        Interlocked.Increment(ref openScopes);
        Current.Value = scope;
        return scope;
    }

    /// <summary>Recording off on this thread; the engine calls it around a backward pass, in pairs with <see cref="Resume"/>.</summary>
    public static void Suspend() => suspended++;

    public static void Resume() => suspended--;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsEnabledByScope()
    {
        var scope = Current.Value;
        while (scope is { IsOpen: false })
        {
            scope = scope.Outer;
        }

        // Inside a backward pass only a scope that was opened there, by a gradient rule, turns recording on.
        return suspended == 0 ? scope is not { Enabled: false } : scope is { Enabled: true } && scope.Suspended == suspended;
    }

    /// <summary>The flow-local value is an object, so that closing it ends it for tasks that inherited it, too.</summary>
    private sealed class Scope(bool enabled, int suspended, Scope? outer) : IDisposable
    {
        private int closed;

        public bool Enabled { get; } = enabled;

        /// <summary>How many backward passes were running on the thread when the scope was opened.</summary>
        public int Suspended { get; } = suspended;

        public Scope? Outer { get; } = outer;

        public bool IsOpen => Volatile.Read(ref closed) == 0;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0)
            {
                Interlocked.Decrement(ref openScopes);
                if (ReferenceEquals(Current.Value, this))
                {
                    Current.Value = Outer;
                }
            }
        }
    }
}
