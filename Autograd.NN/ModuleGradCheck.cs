namespace Autograd.NN;

/// <summary>Gradient checks of whole modules.</summary>
public static class ModuleGradCheck
{
    extension(GradCheck)
    {
        /// <summary>Throws, with a table, if the gradient of a model's loss is wrong, with respect to the input or any parameter that is not frozen.</summary>
        /// <param name="model">The model, of Float64 numbers (<c>model.To(DType.Float64)</c>). Buffers, such as running means, have their values at the start at each call; dropout drops the same elements each time.
        /// In training mode, it is that mode's gradient that is checked.</param>
        /// <param name="input">Where to check.</param>
        /// <param name="target">What the loss compares with; not differentiated.</param>
        /// <param name="loss">From the model's output and the target to the loss.</param>
        /// <param name="options">How to measure and judge.</param>
        /// <exception cref="GradientMismatchException">A derivative disagrees.</exception>
        /// <exception cref="DTypeException">A parameter or the input is Float32.</exception>
        /// <example><code>var network = new Sequential(new Linear(4, 3), new Tanh()).To(DType.Float64);
        /// GradCheck.Verify(network, x.To(DType.Float64), target.To(DType.Float64), (y, t) => Loss.MeanSquaredError(y, t));</code></example>
        public static void Verify(Module<Tensor, Tensor> model, Tensor input, Tensor target, Func<Tensor, Tensor, Tensor> loss, GradCheckOptions? options = null)
        {
            if (GradCheck.Compare(model, input, target, loss, options) is { IsCorrect: false } report)
            {
                throw new GradientMismatchException(report);
            }
        }

        /// <summary>As Verify, but returns what it found.</summary>
        /// <param name="model">The model, of Float64 numbers.</param>
        /// <param name="input">Where to check.</param>
        /// <param name="target">What the loss compares with; not differentiated.</param>
        /// <param name="loss">From the model's output and the target to the loss.</param>
        /// <param name="options">How to measure and judge.</param>
        public static GradCheckReport Compare(Module<Tensor, Tensor> model, Tensor input, Tensor target, Func<Tensor, Tensor, Tensor> loss, GradCheckOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(input);
            ArgumentNullException.ThrowIfNull(target);
            ArgumentNullException.ThrowIfNull(loss);
            return GradCheck.Compare(
                x => loss(model.Forward(x[0]), target),
                [new("input", input)],
                model.NamedParameters().Where(entry => !entry.Value.IsFrozen),
                model.Buffers(),
                options);
        }
    }
}
