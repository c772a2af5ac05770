using System.Reflection;
using Autograd.Autodiff;
using Autograd.Evaluation;

namespace Autograd.Tests.Gradients;

/// <summary>Which operations need a declared gradient test: all but those whose results are truth values or places.</summary>
internal static class OperationDeclarations
{
    private static readonly Type[] Places = [typeof(ArgExtremeOp), typeof(CumArgExtremeOp), typeof(ArgSortOp), typeof(MaxPoolIndicesOp)];

    // Their gradient comes from the user, and is tested with CustomGradient.
    private static readonly Type[] DefinedByUsers = [typeof(CustomOp)];

    public static bool IsDeclared(Type operation)
        => operation.GetCustomAttributes<GradientTestAttribute>().Any(attribute => attribute.Cases.Count > 0)
            || operation.IsSubclassOf(typeof(Relation))
            || operation.IsSubclassOf(typeof(Logical))
            || Places.Contains(operation)
            || DefinedByUsers.Contains(operation);
}
