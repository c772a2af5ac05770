using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Autograd.Evaluation;

/// <summary>Compiles operations that follow one another into one loop over vectors. Each operation is a call of its function, which the just-in-time compiler inlines; values stay in vector registers.
/// Where rows are reduced, the loop makes several passes over each row, and the values of the row are vectors of equal lanes.</summary>
[RequiresDynamicCode("Compiles loops.")]
internal sealed partial class LaneLoopCompiler
{
    private static readonly Type[] Signature = [typeof(Places).MakeByRefType(), typeof(nuint), typeof(nuint)];

    private readonly RegionForm form;
    private readonly int first;
    private readonly int end;
    private readonly LoopOperands operands;
    private readonly LoopPhases phases;
    private readonly Type vector;
    private readonly ILGenerator il;
    private readonly LeafReading[] readings;
    private readonly bool goesByRows;
    private readonly LocalBuilder row;
    private readonly LocalBuilder offset;
    private readonly LocalBuilder offsetInRow;

    private LaneLoopCompiler(RegionForm form, int first, int end, LeafReading[] readings, bool goesByRows, ILGenerator il)
    {
        (this.form, this.first, this.end, this.readings, this.goesByRows, this.il) = (form, first, end, readings, goesByRows, il);
        operands = LoopOperands.Of(form, first, end);
        phases = new LoopPhases(form, first, end, operands.Results);
        vector = form.Code[first].LaneType switch
        {
            DType.Float32 => typeof(Vector512<float>),
            DType.Float64 => typeof(Vector512<double>),
            _ => typeof(Vector512<long>),
        };
        row = il.DeclareLocal(typeof(nuint));
        offset = il.DeclareLocal(typeof(nuint));
        offsetInRow = il.DeclareLocal(typeof(nuint));
    }

    /// <summary>The loop over the operations from <paramref name="first"/> to the one before <paramref name="end"/>.</summary>
    public static LaneLoop Compile(RegionForm form, int first, int end, LeafReading[] readings, bool goesByRows)
    {
        var method = new DynamicMethod("Loop", typeof(void), Signature, typeof(LaneLoop).Module, skipVisibility: true);
        var compiler = new LaneLoopCompiler(form, first, end, readings, goesByRows, method.GetILGenerator());
        compiler.Emit();
        int[] all = [.. compiler.operands.Inputs, .. compiler.operands.Results];
        var isNumber = Array.ConvertAll(all, operand => operand < 0 && readings[~operand] == LeafReading.Number);
        return new LaneLoop(
            method.CreateDelegate<LaneLoopBody>(), all, isNumber, goesByRows, compiler.operands.Inputs.Count, form.Code[first].LaneType.ByteSize, compiler.phases.KeptCount);
    }

    private void Emit()
    {
        for (var k = 0; k < operands.Count; k++)
        {
            EmitPlace(k, k < operands.Inputs.Count ? operands.Inputs[k] : operands.Results[k - operands.Inputs.Count]);
        }

        EmitPlacesOfKept();
        EmitZero(row);
        var rows = EmitLoopBegin();
        EmitNumbersOfRow();
        for (var phase = 0; phase < phases.Count; phase++)
        {
            EmitPhase(phase);
        }

        il.Emit(OpCodes.Ldloc, row);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, row);
        EmitLoopEnd(rows, row, OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>One pass over a row, and then the values of the row that it yields.</summary>
    private void EmitPhase(int phase)
    {
        var folds = new List<RowFold>();
        for (var i = first; i < end; i++)
        {
            if (form.Code[i].Fold is not null && phases.Of(i) == phase)
            {
                folds.Add(EmitFoldBegin(i));
            }
        }

        il.Emit(OpCodes.Ldloc, row);
        il.Emit(OpCodes.Stloc, offset);
        EmitZero(offsetInRow);
        var pass = EmitLoopBegin();
        var vectors = new Dictionary<int, LocalBuilder>(values);
        for (var i = first; i < end; i++)
        {
            // What no later pass and nobody else reads is computed where it is read. A single pass keeps to the order, since results may be written over operands.
            if (phases.Of(i) == phase && !form.Code[i].IsPerRow && (phases.Count == 1 || places.ContainsKey(i)))
            {
                EmitOperation(i, vectors);
            }
        }

        foreach (var fold in folds)
        {
            EmitFold(fold, vectors);
        }

        EmitStep(offset);
        EmitStep(offsetInRow);
        EmitLoopEnd(pass, offsetInRow, OpCodes.Ldarg_2);
        foreach (var fold in folds)
        {
            EmitFoldEnd(fold);
        }

        for (var i = first; i < end; i++)
        {
            if (phases.Of(i) == phase && form.Code[i].IsPerRow && form.Code[i].Fold is null)
            {
                EmitOperation(i, values);
            }
        }
    }

    private (Label Body, Label Condition) EmitLoopBegin()
    {
        var labels = (Body: il.DefineLabel(), Condition: il.DefineLabel());
        il.Emit(OpCodes.Br, labels.Condition);
        il.MarkLabel(labels.Body);
        return labels;
    }

    private void EmitLoopEnd((Label Body, Label Condition) labels, LocalBuilder counter, OpCode limit)
    {
        il.MarkLabel(labels.Condition);
        il.Emit(OpCodes.Ldloc, counter);
        il.Emit(limit);
        il.Emit(OpCodes.Blt_Un, labels.Body);
    }

    private void EmitZero(LocalBuilder counter)
    {
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Stloc, counter);
    }

    private void EmitStep(LocalBuilder counter)
    {
        il.Emit(OpCodes.Ldloc, counter);
        il.Emit(OpCodes.Ldc_I4, LaneLoop.VectorBytes);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, counter);
    }
}
