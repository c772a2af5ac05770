using System.Runtime.CompilerServices;

namespace Autograd;

/// <content>Recomputation instead of storage.</content>
public static partial class Differentiate
{
    /// <summary>The same function, of which the record keeps its inputs only: what happened between them and the result is computed again when a gradient is needed. Time for memory
    /// (Griewank and Walther, Algorithm 799: revolve, 2000).</summary>
    /// <param name="function">f. It draws the same random numbers again, from whatever generator. What it reads besides its input (parameters, say) gets its gradient as usual.</param>
    /// <returns>The function, of the same values and of the same gradients of any order.</returns>
    /// <exception cref="GradientException">In the backward pass: a parameter that the function reads has been assigned since.</exception>
    /// <example><code>var block = Differentiate.Checkpoint(t => model.Forward(t).Tanh());
    /// block(x).Sum().Backward();</code></example>
    [OverloadResolutionPriority(1)]
    public static Func<Tensor, Tensor> Checkpoint(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var many = Checkpoint((Tensor[] inputs) => function(inputs[0]));
        return x => many([x]);
    }

    /// <summary>The same function of two tensors, computed again when a gradient is needed.</summary>
    /// <param name="function">f.</param>
    public static Func<Tensor, Tensor, Tensor> Checkpoint(Func<Tensor, Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var many = Checkpoint((Tensor[] inputs) => function(inputs[0], inputs[1]));
        return (x, y) => many([x, y]);
    }

    /// <summary>The same function of any number of tensors, computed again when a gradient is needed.</summary>
    /// <param name="function">f.</param>
    public static Func<Tensor[], Tensor> Checkpoint(Func<Tensor[], Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return inputs => GradMode.IsEnabled && !Array.Exists(inputs, input => input.IsBatched) ? new Segment(function, inputs).Apply() : function(inputs);
    }

    /// <summary>One evaluation that will be repeated.</summary>
    private sealed class Segment(Func<Tensor[], Tensor> function, Tensor[] inputs)
    {
        private readonly RepeatedDraws draws = new();

        /// <summary>Evaluates the function, to learn what it yields and what else it reads; its record is forgotten.</summary>
        public Tensor Apply()
        {
            var (recorded, captured) = Evaluate(Array.ConvertAll(inputs, input => input.Captured));
            var y = recorded.Output.Detach();
            Tensor[] all = [.. inputs, .. captured];
            return new CustomOp(nameof(Checkpoint), all, y, _ => Evaluate(inputs).Recorded.Output.Detach(), (values, _, grad) => Pull(values[..inputs.Length], captured, grad)).Apply();
        }

        private Tensor?[] Pull(Tensor[] values, Tensor[] captured, Tensor grad)
        {
            var createGraph = GradMode.IsEnabled;
            var (recorded, again) = Evaluate(values);
            if (!again.AsSpan().SequenceEqual(captured))
            {
                throw new GradientException(
                    "Checkpoint: computed again for the gradient, the function read other values than the first time. Was a parameter assigned between the forward and the backward pass, or does the function depend on something else that changes?");
            }

            if (recorded.Output.Node is null)
            {
                return new Tensor?[values.Length + captured.Length];
            }

            using var recording = createGraph ? Autograd.Grad.Enabled() : null;
            return Find(recorded.Output, [.. recorded.Inputs, .. captured], grad, retainGraph: false, createGraph, $"Differentiate.{nameof(Checkpoint)}");
        }

        private (Recorded Recorded, Tensor[] Captured) Evaluate(Tensor[] values)
        {
            using var sameNumbers = draws.Call();
            CapturedValues? captured = null;
            try
            {
                var recorded = new Recorded(
                    own =>
                    {
                        captured = new CapturedValues(own);
                        return function(own);
                    },
                    values,
                    $"Differentiate.{nameof(Checkpoint)}");
                return (recorded, [.. captured!.Tensors]);
            }
            finally
            {
                captured?.Dispose();
            }
        }
    }

    /// <summary>The tensors from outside that recorded operations read.</summary>
    private sealed class CapturedValues : RecordingObserver
    {
        private readonly HashSet<Node> known = new(ReferenceEqualityComparer.Instance);

        public CapturedValues(Tensor[] own)
        {
            foreach (var input in own)
            {
                if (input.Stored.Node is { } node)
                {
                    known.Add(node);
                }
            }
        }

        public List<Tensor> Tensors { get; } = [];

        protected override void Observe(Operation operation, Tensor result)
        {
            for (var i = 0; i < operation.InputCount; i++)
            {
                if (operation.Input(i).Source is { } source && known.Add(source))
                {
                    Tensors.Add(operation.Input(i).Value!);
                }
            }

            known.Add(operation);
        }
    }
}
