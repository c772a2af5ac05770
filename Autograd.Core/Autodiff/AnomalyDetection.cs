namespace Autograd.Autodiff;

/// <summary>Looks at every value that is recorded in this flow, and at every gradient that a rule returns, and fails at the first that is not finite.</summary>
internal sealed class AnomalyDetection : RecordingObserver
{
    private static readonly AsyncLocal<AnomalyDetection?> Current = new();
    private static int open;

    [ThreadStatic]
    private static bool isInRule;

    private readonly AnomalyDetection? outer = Current.Value;
    private readonly IDisposable sites = RecordingSite.Note();
    private readonly bool allowInfinity;
    private int closed;

    public AnomalyDetection(bool allowInfinity)
    {
        this.allowInfinity = allowInfinity;
        Interlocked.Increment(ref open);
        Current.Value = this;
    }

    /// <summary>The detection of this flow; null if there is none.</summary>
    public static AnomalyDetection? Active
    {
        get
        {
            if (Volatile.Read(ref open) == 0)
            {
                return null;
            }

            var detection = Current.Value;
            while (detection is not null && Volatile.Read(ref detection.closed) != 0)
            {
                detection = detection.outer;
            }

            return detection;
        }
    }

    /// <summary>Applies a gradient rule and looks at what it returns.</summary>
    public void Propagate(Operation operation, Tensor gradient, Span<Tensor?> terms)
    {
        var before = isInRule;
        isInRule = true;
        try
        {
            operation.Vjp(gradient, terms);
            for (var i = 0; i < terms.Length; i++)
            {
                if (terms[i] is { } term && Describe(term) is { } anomaly)
                {
                    var cause = Describe(gradient) is { } already ? $"The gradient that it was given, of shape {gradient.Shape}, has it already: {already}." : "The gradient that it was given is finite.";
                    throw new AnomalyException(
                        $"Backward: the gradient rule of {operation.Name} {operation.Shape} returned {anomaly} for input {i}. {cause} The operation was recorded at {RecordingSite.Of(operation)?.ToString() ?? "a line that was not noted"}.");
                }
            }
        }
        finally
        {
            isInRule = before;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (Interlocked.Exchange(ref closed, 1) == 0)
        {
            Interlocked.Decrement(ref open);
            if (ReferenceEquals(Current.Value, this))
            {
                Current.Value = outer;
            }
        }

        base.Dispose();
        sites.Dispose();
    }

    /// <inheritdoc/>
    protected override void Observe(Operation operation, Tensor result)
    {
        if (!isInRule && Describe(result) is { } anomaly)
        {
            throw new AnomalyException(
                $"{operation.Name} {operation.Shape} yields {anomaly}. {DescribeInputs(operation)} It was recorded at {RecordingSite.OfCaller()?.ToString() ?? "a line that is not known"}.");
        }
    }

    private string DescribeInputs(Operation operation)
    {
        for (var i = 0; i < operation.InputCount; i++)
        {
            if (operation.Input(i).Value is { } input && Describe(input) is { } anomaly)
            {
                return $"Its input {i}, of shape {input.Shape}, was not recorded and has it already: {anomaly}.";
            }
        }

        return "All its inputs are finite.";
    }

    /// <summary>What is wrong with the values; null if nothing is.</summary>
    private string? Describe(Tensor tensor)
    {
        if (!tensor.DType.IsFloatingPoint)
        {
            return null;
        }

        using var quiet = Grad.Disabled();
        var values = tensor.Detach();
        var bad = allowInfinity ? values.IsNaN() : values.IsFinite().LogicalNot();
        var flat = bad.Reshape(-1).ToArray<bool>();
        var index = Array.IndexOf(flat, true);
        if (index < 0)
        {
            return null;
        }

        var count = flat.Count(isBad => isBad);
        return $"{values.Reshape(-1)[index].Item()} at {Shape.Describe(Coordinates(tensor.Shape, index))}" + (count > 1 ? $" ({count} of {flat.Length} elements are not {(allowInfinity ? "numbers" : "finite")})" : string.Empty);
    }

    private static int[] Coordinates(Shape shape, int index)
    {
        var coordinates = new int[shape.Rank];
        for (var dim = shape.Rank - 1; dim >= 0; dim--)
        {
            (index, coordinates[dim]) = Math.DivRem(index, shape[dim]);
        }

        return coordinates;
    }
}
