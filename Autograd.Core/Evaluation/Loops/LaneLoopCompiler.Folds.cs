using System.Reflection.Emit;

namespace Autograd.Evaluation;

/// <content>Reductions of rows: as many partial results side by side as <see cref="Kernels.Folding"/> has. They go round: the first takes the next vector and becomes the last.</content>
internal sealed partial class LaneLoopCompiler
{
    private RowFold EmitFoldBegin(int i)
    {
        var partial = new LocalBuilder[form.FoldWidth];
        for (var k = 0; k < partial.Length; k++)
        {
            partial[k] = il.DeclareLocal(vector);
            il.Emit(OpCodes.Call, form.Code[i].Fold!.Identity(form.Code[i].LaneType)!);
            il.Emit(OpCodes.Stloc, partial[k]);
        }

        return new(i, partial, il.DeclareLocal(vector));
    }

    private void EmitFold(RowFold fold, Dictionary<int, LocalBuilder> vectors)
    {
        il.Emit(OpCodes.Ldloc, fold.Partial[0]);
        EmitOperand(form.Code[fold.Instruction].A, vectors);
        EmitPair(fold);
        il.Emit(OpCodes.Stloc, fold.Next);
        for (var k = 1; k < fold.Partial.Length; k++)
        {
            il.Emit(OpCodes.Ldloc, fold.Partial[k]);
            il.Emit(OpCodes.Stloc, fold.Partial[k - 1]);
        }

        il.Emit(OpCodes.Ldloc, fold.Next);
        il.Emit(OpCodes.Stloc, fold.Partial[^1]);
    }

    /// <summary>The value of the row, in all lanes.</summary>
    private void EmitFoldEnd(RowFold fold)
    {
        EmitTree(fold, 0, fold.Partial.Length);
        il.Emit(OpCodes.Call, form.Code[fold.Instruction].Fold!.Finish(form.Code[fold.Instruction].LaneType)!);
        EmitStore(fold.Instruction, EmitValue(fold.Instruction, values));
    }

    private void EmitTree(RowFold fold, int from, int count)
    {
        if (count == 1)
        {
            il.Emit(OpCodes.Ldloc, fold.Partial[from]);
            return;
        }

        EmitTree(fold, from, count / 2);
        EmitTree(fold, from + (count / 2), count / 2);
        EmitPair(fold);
    }

    private void EmitPair(RowFold fold)
        => il.Emit(OpCodes.Call, form.Code[fold.Instruction].Fold!.Pair.For(form.Code[fold.Instruction].LaneType)!);

    /// <param name="Instruction">The reduction.</param>
    /// <param name="Partial">The partial results.</param>
    /// <param name="Next">Where the one that has taken a vector waits for its place.</param>
    private sealed record RowFold(int Instruction, LocalBuilder[] Partial, LocalBuilder Next);
}
