namespace Autograd;

/// <summary>Turns the recording of operations off and on.</summary>
public static class Grad
{
    /// <summary>Whether operations on tensors that require a gradient are being recorded in the current flow of control.</summary>
    public static bool IsEnabled => GradMode.IsEnabled;

    /// <summary>Turns recording off until the returned scope is disposed, for the current flow of control and the tasks it starts.</summary>
    /// <returns>The scope. Disposing it turns recording on again, also in tasks that inherited it.</returns>
    /// <example><code>using (Grad.Disabled()) { var prediction = model.Forward(x); }</code></example>
    public static IDisposable Disabled() => GradMode.Enter(enabled: false);

    /// <summary>Turns recording on until the returned scope is disposed, inside a scope of <see cref="Disabled"/>.</summary>
    /// <returns>The scope.</returns>
    public static IDisposable Enabled() => GradMode.Enter(enabled: true);
}
