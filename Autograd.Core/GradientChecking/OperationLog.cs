namespace Autograd.GradientChecking;

/// <summary>Every operation that is recorded in this flow, with the values it had and the line that had it recorded.</summary>
internal sealed class OperationLog : RecordingObserver
{
    public List<LoggedOperation> Operations { get; } = [];

    protected override void Observe(Operation operation, Tensor result)
    {
        var inputs = new Tensor[operation.InputCount];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = operation.Input(i).Value!.Detach();
        }

        Operations.Add(new(operation, inputs, result.Shape, RecordingSite.OfCaller()));
    }
}

/// <summary>One operation as it was recorded.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Inputs">The values of its inputs.</param>
/// <param name="Shape">The shape of its result.</param>
/// <param name="Site">The line.</param>
internal sealed record LoggedOperation(Operation Operation, Tensor[] Inputs, Shape Shape, RecordingSite? Site);
