namespace Autograd;

/// <summary>Has a function draw the same random numbers at every call. The first call draws as usual; every later one finds each generator where the first one found it, and does not move it on.</summary>
internal sealed class RepeatedDraws
{
    private static readonly AsyncLocal<Scope?> Current = new();
    private static int open;

    private readonly Dictionary<Generator, ulong> starts = new(ReferenceEqualityComparer.Instance);
    private bool wasCalled;

    /// <summary>Whether any flow is inside such a call.</summary>
    public static bool Any => Volatile.Read(ref open) != 0;

    /// <summary>Begins a call, which ends when the returned scope is disposed.</summary>
    public IDisposable Call()
    {
        var scope = wasCalled ? new Scope(new(starts, ReferenceEqualityComparer.Instance), isFirst: false) : new Scope(starts, isFirst: true);
        wasCalled = true;
        return scope;
    }

    /// <summary>Where the next <paramref name="blocks"/> blocks of a generator begin in the innermost call of this flow.</summary>
    public static ulong Take(Generator generator, ulong blocks) => Take(Current.Value, generator, blocks);

    private static ulong Take(Scope? scope, Generator generator, ulong blocks)
    {
        if (scope is null)
        {
            return generator.Advance(blocks);
        }

        lock (scope.Places)
        {
            if (!scope.IsFirst && scope.Places.TryGetValue(generator, out var place))
            {
                scope.Places[generator] = place + blocks;
                return place;
            }

            var start = Take(scope.Outer, generator, blocks);
            if (scope.IsFirst)
            {
                scope.Places.TryAdd(generator, start);
            }

            return start;
        }
    }

    private sealed class Scope : IDisposable
    {
        private int closed;

        public Scope(Dictionary<Generator, ulong> places, bool isFirst)
        {
            (Places, IsFirst, Outer) = (places, isFirst, Current.Value);
            Interlocked.Increment(ref open);
            Current.Value = this;
        }

        public Dictionary<Generator, ulong> Places { get; }

        public bool IsFirst { get; }

        public Scope? Outer { get; }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0)
            {
                Interlocked.Decrement(ref open);
                Current.Value = Outer;
            }
        }
    }
}
