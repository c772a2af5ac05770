using Autograd.NN.Discovery;
using Autograd.NN.Serialization;

namespace Autograd.NN;

/// <summary>What is done to a whole module, and gives it back as the type that it is: <c>var model = new Sequential(…).To(DType.Float64).Eval();</c></summary>
public static class ModuleExtensions
{
    extension<TModule>(TModule module)
        where TModule : Module
    {
        /// <summary>Puts the module and all inside it into training mode: dropout drops, statistics are updated.</summary>
        /// <param name="isTraining">False for evaluation mode, as <c>Eval()</c>.</param>
        /// <returns>The module.</returns>
        /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
        public TModule Train(bool isTraining = true) => module.Apply(inner => inner.IsTraining = isTraining);

        /// <summary>Puts the module and all inside it into evaluation mode, for predictions that depend on the input alone. It does not stop recording: <see cref="Grad.Disabled"/> does.</summary>
        /// <returns>The module.</returns>
        /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
        public TModule Eval() => module.Train(isTraining: false);

        /// <summary>Makes all parameters constants: no gradients, until <c>Unfreeze()</c>.</summary>
        /// <returns>The module.</returns>
        /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
        public TModule Freeze() => module.SetFrozen(true);

        /// <summary>Makes all parameters trainable.</summary>
        /// <returns>The module.</returns>
        /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
        public TModule Unfreeze() => module.SetFrozen(false);

        /// <summary>Converts all floating-point parameters and buffers, in place; buffers of Int64 and Bool stay as they are. Gradients accumulated so far are dropped where the type changes.</summary>
        /// <param name="dtype">Float32 or Float64.</param>
        /// <returns>The module.</returns>
        /// <exception cref="DTypeException">The type is not a floating-point type.</exception>
        /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
        public TModule To(DType dtype)
        {
            ArgumentNullException.ThrowIfNull(module);
            if (!dtype.IsFloatingPoint)
            {
                throw new DTypeException($"{module.TypeName}.To: a module computes with Float32 or Float64 numbers, not {dtype}.");
            }

            foreach (var variable in module.Parameters().Concat<Variable>(module.Buffers()))
            {
                if (variable.DType.IsFloatingPoint)
                {
                    variable.Convert(dtype);
                }
            }

            return module;
        }

        /// <summary>Does something to the module and all inside it, outer ones first.</summary>
        /// <param name="action">What to do, such as initializing what is a <see cref="Linear"/>.</param>
        /// <returns>The module.</returns>
        /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
        public TModule Apply(Action<Module> action)
        {
            ArgumentNullException.ThrowIfNull(module);
            ArgumentNullException.ThrowIfNull(action);
            foreach (var inner in module.Modules())
            {
                action(inner);
            }

            return module;
        }

        /// <summary>Saves the module's state to a safetensors file, which PyTorch's users can read as well. The file is written whole or not at all.</summary>
        /// <param name="path">The file; an existing one is replaced.</param>
        /// <param name="metadata">Texts by name, kept beside the state.</param>
        /// <param name="floats">How floating-point numbers are written.</param>
        /// <returns>The module.</returns>
        /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
        public TModule Save(string path, IReadOnlyDictionary<string, string>? metadata = null, StoredFloats floats = StoredFloats.AsTheyAre)
        {
            ArgumentNullException.ThrowIfNull(module);
            Safetensors.Save(path, module.StateDictionary(), metadata, floats);
            return module;
        }

        /// <summary>Gives the module the state of a safetensors file, as <see cref="Module.LoadState"/> does. Of a large file, only what is needed is read.</summary>
        /// <param name="path">The file.</param>
        /// <param name="strict">Whether file and module must have the same paths. If not, only the common ones are set.</param>
        /// <returns>The module.</returns>
        /// <exception cref="StateException">The state does not fit.</exception>
        /// <exception cref="SafetensorsFormatException">The file is not a safetensors file, is damaged, or holds what no tensor can.</exception>
        /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
        public TModule Load(string path, bool strict = true)
        {
            ArgumentNullException.ThrowIfNull(module);
            using var file = Safetensors.Open(path);
            new StateFit(module, file.Names, name => (file.ShapeOf(name), file.DTypeOf(name))).Apply(strict, file.Read);
            return module;
        }

        /// <summary>A copy with parameters and buffers of its own, of the same values; gradients are not copied. What is shared inside the module is shared inside the copy. Functions and generators are not copied, but shared with it.</summary>
        /// <returns>The copy.</returns>
        /// <exception cref="ModuleException">Modules or parameters lie in a collection that cannot be copied.</exception>
        public TModule Clone()
        {
            ArgumentNullException.ThrowIfNull(module);
            return (TModule)new ModuleCopy().Of(module);
        }

        /// <summary>Checks that a computation uses no parameter that no field of the module leads to: one that is made in the forward pass, or hidden in a lambda.</summary>
        /// <param name="forward">Computes something with the module, such as <c>() => model.Forward(x)</c>.</param>
        /// <returns>The module.</returns>
        /// <exception cref="ModuleException">There is such a parameter; the message explains what is wrong with it.</exception>
        /// <example><code>model.RequireNothingForgotten(() => model.Forward(x));</code></example>
        public TModule RequireNothingForgotten(Action forward)
        {
            ArgumentNullException.ThrowIfNull(module);
            ArgumentNullException.ThrowIfNull(forward);
            var forgotten = ForgottenParameters.Of(module, forward);
            return forgotten.Count == 0 ? module : throw new ModuleException(ForgottenParameters.Explain(module, forgotten));
        }

        private TModule SetFrozen(bool frozen)
        {
            ArgumentNullException.ThrowIfNull(module);
            foreach (var parameter in module.Parameters())
            {
                parameter.IsFrozen = frozen;
            }

            return module;
        }
    }
}
