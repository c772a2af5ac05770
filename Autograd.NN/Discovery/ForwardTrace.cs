namespace Autograd.NN.Discovery;

/// <summary>While it lasts, and in the current flow of control alone, it notes what modules compute: for a summary.</summary>
internal sealed class ForwardTrace : IDisposable
{
    private static readonly AsyncLocal<ForwardTrace?> Current = new();
    private static int open;

    private readonly Dictionary<Module, (Shape Input, Shape Output, long MultiplyAdds)> calls = new(ReferenceEqualityComparer.Instance);

    public ForwardTrace()
    {
        Current.Value = this;
        Interlocked.Increment(ref open);
    }

    /// <summary>The first input's and output's shape of each module that was called, and the multiplications and additions of all its calls.</summary>
    public IReadOnlyDictionary<Module, (Shape Input, Shape Output, long MultiplyAdds)> Calls => calls;

    /// <summary>Notes a call, if anybody wants to know.</summary>
    public static void Note(Module module, object input, object output)
    {
        if (Volatile.Read(ref open) > 0 && Current.Value is { } trace && ShapeOf(input) is { } from && ShapeOf(output) is { } to)
        {
            var earlier = trace.calls.GetValueOrDefault(module);
            trace.calls[module] = (earlier.Input ?? from, earlier.Output ?? to, earlier.MultiplyAdds + module.CountMultiplyAdds(from, to));
        }
    }

    public void Dispose()
    {
        Interlocked.Decrement(ref open);
        Current.Value = null;
    }

    /// <summary>The shape of the first tensor.</summary>
    private static Shape? ShapeOf(object value) => value switch
    {
        Tensor tensor => tensor.Shape,
        System.Runtime.CompilerServices.ITuple { Length: > 0 } tuple when tuple[0] is { } first => ShapeOf(first),
        AttentionInput attention => attention.Query.Shape,
        DecoderInput decoder => decoder.Target.Shape,
        _ => null,
    };
}
