using System.Diagnostics.CodeAnalysis;
using Autograd.NN.Discovery;

namespace Autograd.NN;

/// <summary>State that belongs together: parameters to be learned, buffers, inner modules, and whether it is training or evaluating.</summary>
/// <remarks>
/// <para>Parameters, buffers and inner modules are found by themselves in the fields of the class (base classes first, then in the order of declaration), also behind auto-properties and
/// primary-constructor parameters, and in arrays, lists, tuples and dictionaries with string keys. Their names are the fields' in snake_case; items of collections have their
/// index or key behind a dot: <c>layers.0.weight</c>. <see cref="ParameterNameAttribute"/> gives another name. What is shared is listed once, under its first name.</para>
/// <para>A module that computes something derives from <see cref="Layer"/> or <see cref="Module{TInput, TOutput}"/>.</para>
/// </remarks>
[DynamicallyAccessedMembers(FieldPlan.Scanned)]
public abstract partial class Module
{
    /// <summary>Whether the module is in training mode, as it is at first; <c>Train()</c> and <c>Eval()</c> change it. Layers such as <see cref="Dropout"/> act in training only.</summary>
    public bool IsTraining { get; internal set; } = true;

    /// <summary>The number of learned numbers: the elements of all parameters, shared ones counted once.</summary>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    public long ParameterCount => Parameters().Sum(parameter => (long)parameter.ElementCount);

    /// <summary>The type's name without the number of its type arguments.</summary>
    internal string TypeName => GetType().Name.Split('`')[0];

    /// <summary>All parameters, of this module and those inside it: each once, a module's own before those of its children.</summary>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    public IReadOnlyList<Parameter> Parameters() => [.. Variables<Parameter>().Select(entry => entry.Value)];

    /// <summary>All parameters with their paths, such as <c>layers.0.weight</c>.</summary>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    public IReadOnlyList<KeyValuePair<string, Parameter>> NamedParameters() => Variables<Parameter>();

    /// <summary>All buffers (state that is not learned), of this module and those inside it: each once.</summary>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    public IReadOnlyList<TensorBuffer> Buffers() => [.. Variables<TensorBuffer>().Select(entry => entry.Value)];

    /// <summary>All buffers with their paths, such as <c>norm.running_mean</c>.</summary>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    public IReadOnlyList<KeyValuePair<string, TensorBuffer>> NamedBuffers() => Variables<TensorBuffer>();

    /// <summary>The modules that this one holds itself, each once.</summary>
    /// <exception cref="ModuleException">Members share a name.</exception>
    public IReadOnlyList<Module> Children() => [.. NamedChildren().Select(entry => entry.Value)];

    /// <summary>The modules that this one holds itself, with their names.</summary>
    /// <exception cref="ModuleException">Members share a name.</exception>
    public IReadOnlyList<KeyValuePair<string, Module>> NamedChildren()
    {
        var seen = new HashSet<Module>(ReferenceEqualityComparer.Instance);
        var children = new List<KeyValuePair<string, Module>>();
        foreach (var (name, member) in Members.Of(this))
        {
            if (member is Module child && seen.Add(child))
            {
                children.Add(new(name, child));
            }
        }

        return children;
    }

    /// <summary>This module and all inside it, each once, outer ones before inner ones.</summary>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    public IReadOnlyList<Module> Modules() => [.. NamedModules().Select(entry => entry.Value)];

    /// <summary>This module (its path is empty) and all inside it, with their paths.</summary>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    public IReadOnlyList<KeyValuePair<string, Module>> NamedModules() => new ModuleTree(this).Modules;

    /// <summary>Clears the gradients of all parameters.</summary>
    /// <exception cref="ModuleException">The module contains itself, or members share a name.</exception>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters())
        {
            parameter.ZeroGrad();
        }
    }

    private List<KeyValuePair<string, TVariable>> Variables<TVariable>()
        where TVariable : Variable
    {
        var wanted = new List<KeyValuePair<string, TVariable>>();
        foreach (var (path, variable) in new ModuleTree(this).Variables)
        {
            if (variable is TVariable one)
            {
                wanted.Add(new(path, one));
            }
        }

        return wanted;
    }
}
