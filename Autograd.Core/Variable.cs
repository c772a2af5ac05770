using System.Diagnostics.CodeAnalysis;

namespace Autograd;

/// <summary>A tensor with a name whose value <see cref="Assign"/> replaces: a <see cref="Parameter"/> or a <see cref="TensorBuffer"/>.
/// Every use captures the value it has at that moment; a later assignment never affects work already recorded.</summary>
public abstract class Variable : Tensor
{
    private Tensor current;

    /// <summary>A variable that starts with the values of <paramref name="value"/>.</summary>
    /// <param name="value">The first value; it is detached from whatever it was computed from.</param>
    /// <param name="name">A name for messages; a module gives the variable's path instead.</param>
    private protected Variable(Tensor value, string? name)
        : base(CheckedValue(value).Shape, value.DType)
    {
        current = Snapshot.OfShared(value.Captured, node: null);
        Name = name;
    }

    /// <summary>The name that was given, if any.</summary>
    public string? Name { get; }

    /// <inheritdoc/>
    internal sealed override Tensor Captured => Held;

    /// <inheritdoc/>
    internal sealed override Tensor Held
    {
        get
        {
            var wait = default(SpinWait);
            while (true)
            {
                var value = Volatile.Read(ref current);
                if (value is not Snapshot snapshot || snapshot.TryHold())
                {
                    return value;
                }

                // Its memory is being written; the new value is about to take its place.
                wait.SpinOnce();
            }
        }
    }

    /// <inheritdoc/>
    internal sealed override Tensor Current => Volatile.Read(ref current);

    /// <summary>Replaces the value. Operations that were applied before keep the value they captured.</summary>
    /// <param name="value">The new value, of the same shape and element type; it is detached from the tape.</param>
    /// <exception cref="ShapeException">The shape differs.</exception>
    /// <exception cref="DTypeException">The element type differs.</exception>
    public void Assign(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Shape != Shape)
        {
            throw new ShapeException($"Assign: {Describe()} has shape {Shape}, the new value {value.Shape}. A variable keeps its shape; Reshape the value or make a new variable.");
        }

        if (value.DType != DType)
        {
            throw new DTypeException($"Assign: {Describe()} is {DType}, the new value {value.DType}. Convert it first: value.To(DType.{DType}).");
        }

        Replace(value);
    }

    /// <summary>Changes the element type in place, keeping the numbers as far as the new type can hold them. A gradient accumulated so far is dropped.</summary>
    /// <param name="dtype">The new type; nothing happens if the elements have it already.</param>
    /// <exception cref="DTypeException">A <see cref="Parameter"/> is to hold other than floating-point numbers.</exception>
    public void Convert(DType dtype)
    {
        if (this is Parameter && !dtype.IsFloatingPoint)
        {
            throw new DTypeException($"Convert: {Describe()} is learned, so that it holds Float32 or Float64 numbers, not {dtype}. To read it as {dtype}, use To(DType.{dtype}).");
        }

        if (dtype != DType)
        {
            Replace(Detach().To(dtype));
        }
    }

    /// <summary>Replaces value and element type; the shape stays.</summary>
    private void Replace(Tensor value)
    {
        var next = Snapshot.OfShared(value.Captured, node: null);
        next.Node = Adopt(next);
        DType = next.DType;
        Exchange(next);
    }

    /// <summary>Replaces the value by one that has just been computed from it, in memory that nobody else knows.</summary>
    internal void AssignFresh(Tensor value) => Exchange(new Snapshot(value, Current.Node));

    /// <summary>Puts another value in place and gives the memory of the former one back, if nobody reads it.</summary>
    private void Exchange(Snapshot next)
    {
        if (Interlocked.Exchange(ref current, next) is Snapshot former && former.TryRetire())
        {
            former.Release();
        }
    }

    /// <summary>Uses <paramref name="value"/>, tape and all, in place of the variable's own value; the caller gives that back in the end.</summary>
    internal void Borrow(Tensor value) => Volatile.Write(ref current, value.Captured);

    /// <summary>The tape entry for the variable's next value.</summary>
    private protected abstract Node? Adopt(Tensor next);

    /// <summary>Makes <see cref="Captured"/> use <paramref name="entry"/> from now on.</summary>
    private protected void Relink(Node? entry)
    {
        Volatile.Write(ref current, Snapshot.OfShared(Captured, entry));
    }

    private static Tensor CheckedValue([NotNull] Tensor? value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Captured;
    }

    private string Describe() => Name is null ? $"this {GetType().Name}" : $"{GetType().Name} '{Name}'";
}
