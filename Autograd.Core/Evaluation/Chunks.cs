using CommunityToolkit.HighPerformance.Helpers;

namespace Autograd.Evaluation;

/// <summary>Work in pieces that any thread may do, in any order.</summary>
internal static class Chunks
{
    /// <summary>Does pieces 0 to <paramref name="count"/> − 1.</summary>
    public static void Run<TBody>(int count, in TBody body)
        where TBody : struct, IAction
    {
        if (count == 1)
        {
            body.Invoke(0);
        }
        else
        {
            ParallelHelper.For(0, count, body);
        }
    }
}
