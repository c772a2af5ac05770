using Autograd.NN.Discovery;
using Autograd.Tapes;

namespace Autograd.NN;

/// <summary>A module that computes a <typeparamref name="TOutput"/> from a <typeparamref name="TInput"/>; tuples carry several inputs or outputs.</summary>
/// <typeparam name="TInput">What goes in, such as <c>(Tensor Input, Tensor State)</c>.</typeparam>
/// <typeparam name="TOutput">What comes out.</typeparam>
public abstract partial class Module<TInput, TOutput> : Module
{
    /// <summary>Computes the output for an input.</summary>
    /// <param name="input">The input.</param>
    /// <exception cref="ArgumentNullException">The input is null.</exception>
    /// <exception cref="ModuleException"><see cref="Compute"/> returned null.</exception>
    public TOutput Forward(TInput input)
    {
        if (input is null)
        {
            throw new ArgumentNullException(nameof(input), $"{TypeName}.Forward: the input is null; a {typeof(TInput).Name} is needed.");
        }

        return ForwardBy(input, null);
    }

    /// <summary>What overloads of <see cref="Forward"/> with more arguments are made of: the module's output by a formula other than <see cref="Compute"/>, with the hooks around it.</summary>
    /// <param name="input">The input as the hooks see it.</param>
    /// <param name="compute">The formula; left out, <see cref="Compute"/>.</param>
    /// <exception cref="ModuleException">The formula or a hook returned null.</exception>
    protected TOutput ForwardBy(TInput input, Func<TInput, TOutput>? compute)
    {
        if (TapeTrace.IsTracing)
        {
            using var scope = ModuleTrace.Enter(this);
            return Observed(input, compute);
        }

        return Observed(input, compute);
    }

    /// <summary>The formula of the module, in operations on its input and its parameters.</summary>
    /// <param name="input">The input; not null.</param>
    protected abstract TOutput Compute(TInput input);

    private TOutput Observed(TInput input, Func<TInput, TOutput>? compute)
    {
        var observers = hooks;
        if (observers is not null)
        {
            input = observers.Before(input) ?? throw new ModuleException($"{TypeName}: a hook returned null in place of the input; it must return a {typeof(TInput).Name}.");
        }

        var output = (compute is null ? Compute(input) : compute(input)) ?? throw new ModuleException($"{TypeName}.Compute returned null; it must return a {typeof(TOutput).Name}.");
        if (observers is not null)
        {
            output = observers.After(input, output) ?? throw new ModuleException($"{TypeName}: a hook returned null in place of the output; it must return a {typeof(TOutput).Name}.");
        }

        ForwardTrace.Note(this, input!, output!);
        return output;
    }
}

/// <summary>A module from tensor to tensor: what a <see cref="Sequential"/> chains.</summary>
/// <example><code>
/// public sealed class Residual(int width) : Layer
/// {
///     private readonly Linear inner = new(width, width);
///     private readonly Parameter scale = new(Tensor.Ones([width]));
///     protected override Tensor Compute(Tensor x) => x + inner.Forward(x).Relu() * scale;
/// }
/// </code></example>
public abstract class Layer : Module<Tensor, Tensor>;
