namespace Autograd.Evaluation;

/// <summary>Runs once for each collection of the oldest generation, which is when memory is short: an object that nobody refers to, and that comes back to life in its finalizer.</summary>
internal sealed class IdleTrim
{
    private IdleTrim()
    {
    }

    ~IdleTrim()
    {
        if (!Environment.HasShutdownStarted)
        {
            Pool.Trim();
            GC.ReRegisterForFinalize(this);
        }
    }

    public static void Start() => _ = new IdleTrim();
}
