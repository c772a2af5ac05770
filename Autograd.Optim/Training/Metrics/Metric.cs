namespace Autograd.Optim;

/// <summary>A number that says how good predictions are, summed up over batches.</summary>
/// <typeparam name="TOutput">What a model gives.</typeparam>
/// <typeparam name="TTarget">What it should give.</typeparam>
public abstract class Metric<TOutput, TTarget>
{
    /// <summary>The name in histories, such as <c>accuracy</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The number over all batches since <see cref="Reset"/>; NaN where there were none.</summary>
    public abstract double Value { get; }

    /// <summary>All that has been summed up: a checkpoint keeps it.</summary>
    public abstract double[] State { get; set; }

    /// <summary>Forgets all batches.</summary>
    public abstract void Reset();

    /// <summary>Takes a batch into account.</summary>
    /// <param name="output">What the model gave.</param>
    /// <param name="target">What it should have given.</param>
    public abstract void Update(TOutput output, TTarget target);
}

/// <summary>A metric of tensors: the usual ones.</summary>
public abstract partial class Metric : Metric<Tensor, Tensor>
{
    /// <summary>A metric of any formula, as the mean over examples.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="perExample">(output, target) ↦ a number for each example, [n].</param>
    public static Metric Mean(string name, Func<Tensor, Tensor, Tensor> perExample)
    {
        ArgumentNullException.ThrowIfNull(perExample);
        return new Sums(name, 2, (output, target, sums) =>
        {
            var values = perExample(output, target).To(DType.Float64);
            sums[0] += values.Sum().Item();
            sums[1] += values.ElementCount;
        }, sums => sums[0] / sums[1]);
    }

    /// <summary>Sums over batches, and what follows from them.</summary>
    private sealed class Sums(string name, int count, Action<Tensor, Tensor, double[]> add, Func<double[], double> value) : Metric
    {
        private double[] sums = new double[count];

        public override string Name => name;

        public override double Value => value(sums);

        public override double[] State
        {
            get => [.. sums];
            set => sums = [.. value];
        }

        public override void Reset() => Array.Clear(sums);

        public override void Update(Tensor output, Tensor target)
        {
            ArgumentNullException.ThrowIfNull(output);
            ArgumentNullException.ThrowIfNull(target);
            using var unrecorded = Grad.Disabled();
            add(output.Detach(), target.Detach(), sums);
        }
    }
}
