namespace Autograd.NN;

/// <summary>What is to be done before and after a module computes.</summary>
internal sealed class ForwardHooks<TInput, TOutput>
{
    private readonly Lock change = new();
    private Func<TInput, TInput>[] before = [];
    private Func<TInput, TOutput, TOutput>[] after = [];

    public IDisposable Add(Func<TInput, TInput> hook)
    {
        lock (change)
        {
            before = [.. before, hook];
        }

        return new Handle(() => before = Without(before, hook), change);
    }

    public IDisposable Add(Func<TInput, TOutput, TOutput> hook)
    {
        lock (change)
        {
            after = [.. after, hook];
        }

        return new Handle(() => after = Without(after, hook), change);
    }

    public TInput Before(TInput input)
    {
        foreach (var hook in before)
        {
            input = hook(input);
        }

        return input;
    }

    public TOutput After(TInput input, TOutput output)
    {
        foreach (var hook in after)
        {
            output = hook(input, output);
        }

        return output;
    }

    private static T[] Without<T>(T[] hooks, T hook)
    {
        var index = Array.IndexOf(hooks, hook);
        return [.. hooks[..index], .. hooks[(index + 1)..]];
    }

    private sealed class Handle(Action remove, Lock change) : IDisposable
    {
        private bool isClosed;

        public void Dispose()
        {
            lock (change)
            {
                if (!isClosed)
                {
                    isClosed = true;
                    remove();
                }
            }
        }
    }
}
