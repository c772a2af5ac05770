namespace Autograd.NN;

/// <summary>A module that is not put together as a tree of modules with named state: it contains itself, two members share a name, members lie in an unordered
/// collection, or it computed nothing. The message names the module, the member and the fix.</summary>
/// <param name="message">What was found, where, and what to do instead.</param>
public sealed class ModuleException(string message) : InvalidOperationException(message);
