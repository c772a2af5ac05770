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

    /// <summary>Until the returned scope is disposed, the first recorded operation of the current flow that yields NaN or infinity, and the first gradient rule that does in a backward pass,
    /// fails with the line of the program that had the operation recorded. For finding mistakes: every operation is evaluated at once, and the stack is looked through each time.</summary>
    /// <param name="allowInfinity">Let infinities pass, for formulas that mask with −∞, and fail at NaN only.</param>
    /// <returns>The scope.</returns>
    /// <remarks>Constants are not looked at: only what is computed from a tensor that requires a gradient. The pass that is to be watched runs inside the scope, too.</remarks>
    /// <example><code>using (Grad.DetectAnomaly())
    /// {
    ///     var loss = model.Forward(x).Square().Mean();
    ///     loss.Backward();
    /// }</code></example>
    public static IDisposable DetectAnomaly(bool allowInfinity = false) => new AnomalyDetection(allowInfinity);
}
