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
            if (VariableScope.ValueOf(this) is { } substitute)
            {
                return substitute.Held;
            }

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
        RequireFits(value, nameof(Assign));
        Replace(value);
    }

    /// <summary>Has variables used with other values, in the current flow of control, until the returned scope is disposed. The variables themselves stay as they are; the values may be recorded,
    /// so that gradients reach what they were computed from.</summary>
    /// <param name="values">Values by variable, of the variable's shape and element type.</param>
    /// <returns>A scope; disposing it ends the substitution.</returns>
    /// <exception cref="ShapeException">A shape differs.</exception>
    /// <exception cref="DTypeException">An element type differs.</exception>
    /// <example><code>
    /// var w = new Parameter(Tensor.From([3.0]));
    /// using (Variable.Substitute([new(w, Tensor.From([5.0]))]))
    /// {
    ///     Console.WriteLine((w * 2).Item());      // 10
    /// }
    /// </code></example>
    public static IDisposable Substitute(IEnumerable<KeyValuePair<Variable, Tensor>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var byVariable = new Dictionary<Variable, Tensor>(ReferenceEqualityComparer.Instance);
        foreach (var (variable, value) in values)
        {
            ArgumentNullException.ThrowIfNull(value, nameof(values));
            variable.RequireFits(value, nameof(Substitute));
            byVariable[variable] = value.Captured;
        }

        return new VariableScope(byVariable.GetValueOrDefault);
    }

    /// <summary>Calls back at every use of any variable, in the current flow of control, until the returned scope is disposed.</summary>
    /// <param name="used">What to do; it may be called several times for one variable.</param>
    /// <returns>A scope; disposing it ends the observation.</returns>
    public static IDisposable Observe(Action<Variable> used)
    {
        ArgumentNullException.ThrowIfNull(used);
        return new VariableScope(variable =>
        {
            used(variable);
            return null;
        });
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

    private void RequireFits(Tensor value, string operation)
    {
        if (value.Shape != Shape)
        {
            throw new ShapeException($"{operation}: {Describe()} has shape {Shape}, the new value {value.Shape}. A variable keeps its shape; Reshape the value or make a new variable.");
        }

        if (value.DType != DType)
        {
            throw new DTypeException($"{operation}: {Describe()} is {DType}, the new value {value.DType}. Convert it first: value.To(DType.{DType}).");
        }
    }

    private string Describe() => Name is null ? $"this {GetType().Name}" : $"{GetType().Name} '{Name}'";
}
