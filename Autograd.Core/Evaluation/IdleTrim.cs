namespace Autograd.Evaluation;

/// <summary>Lets go of idle arrays, when the oldest generation is collected (an object that nobody refers to, and that comes back to life in its finalizer), but only every few seconds:
/// the pool itself asks for such collections, and a loop that holds more memory at one time than at another wants all of it again at once.</summary>
internal sealed class IdleTrim
{
    private const long LeastMilliseconds = 5000;

    private long last = Environment.TickCount64;

    private IdleTrim()
    {
    }

    ~IdleTrim()
    {
        if (Environment.HasShutdownStarted)
        {
            return;
        }

        var now = Environment.TickCount64;
        if (now - last >= LeastMilliseconds)
        {
            last = now;
            Pool.Trim();
        }

        GC.ReRegisterForFinalize(this);
    }

    public static void Start() => _ = new IdleTrim();
}
