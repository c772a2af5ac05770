using Autograd.Autodiff;

namespace Autograd.NN.Discovery;

/// <summary>Tells the tape which module is being called, while somebody traces it.</summary>
internal static class ModuleTrace
{
    /// <summary>Begins a call. The outermost module knows the names of all inside it; a module that it does not hold has the name of its type.</summary>
    /// <param name="module">The module that is called.</param>
    public static IDisposable Enter(Module module)
    {
        var outer = ModuleScope.Current;
        if (outer is null)
        {
            var names = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
            foreach (var (path, inner) in module.NamedModules())
            {
                names[inner] = path;
            }

            foreach (var (path, parameter) in module.NamedParameters())
            {
                parameter.NameOnTape(path);
            }

            return ModuleScope.Enter(module.TypeName, module.TypeName, names);
        }

        var root = outer;
        while (root.Outer is { } next)
        {
            root = next;
        }

        var isInside = ((Dictionary<object, string>)outer.Names).TryGetValue(module, out var place);
        return ModuleScope.Enter(isInside ? Members.Join(root.Path, place!) : Members.Join(outer.Path, module.TypeName), module.TypeName, outer.Names);
    }
}
