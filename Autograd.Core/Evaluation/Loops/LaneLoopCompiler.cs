using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Autograd.Evaluation;

/// <summary>Compiles operations that follow one another into one loop over vectors. Each operation is a call of its function, which the just-in-time compiler inlines; values stay in vector registers.</summary>
[RequiresDynamicCode("Compiles loops.")]
internal sealed class LaneLoopCompiler
{
    private static readonly Type[] Signature = [typeof(Places).MakeByRefType(), typeof(nuint), typeof(nuint)];

    private readonly RegionForm form;
    private readonly int first;
    private readonly int end;
    private readonly LoopOperands operands;
    private readonly Type vector;
    private readonly ILGenerator il;
    private readonly LeafReading[] readings;
    private readonly LocalBuilder offset;
    private readonly LocalBuilder offsetInRow;
    private readonly Dictionary<int, LocalBuilder> places = [];
    private readonly Dictionary<int, LocalBuilder> values = [];

    private LaneLoopCompiler(RegionForm form, int first, int end, LeafReading[] readings, ILGenerator il)
    {
        (this.form, this.first, this.end, this.readings, this.il) = (form, first, end, readings, il);
        operands = LoopOperands.Of(form, first, end);
        vector = form.Code[first].LaneType switch
        {
            DType.Float32 => typeof(Vector512<float>),
            DType.Float64 => typeof(Vector512<double>),
            _ => typeof(Vector512<long>),
        };
        offset = il.DeclareLocal(typeof(nuint));
        offsetInRow = il.DeclareLocal(typeof(nuint));
    }

    /// <summary>The loop over the operations from <paramref name="first"/> to the one before <paramref name="end"/>.</summary>
    public static LaneLoop Compile(RegionForm form, int first, int end, LeafReading[] readings, bool goesByRows)
    {
        var method = new DynamicMethod("Loop", typeof(void), Signature, typeof(LaneLoop).Module, skipVisibility: true);
        var compiler = new LaneLoopCompiler(form, first, end, readings, method.GetILGenerator());
        compiler.Emit();
        int[] all = [.. compiler.operands.Inputs, .. compiler.operands.Results];
        var isNumber = Array.ConvertAll(all, operand => operand < 0 && readings[~operand] == LeafReading.Number);
        return new LaneLoop(method.CreateDelegate<LaneLoopBody>(), all, isNumber, goesByRows, compiler.operands.Inputs.Count, form.Code[first].LaneType.ByteSize);
    }

    private void Emit()
    {
        for (var k = 0; k < operands.Count; k++)
        {
            EmitPlace(k, k < operands.Inputs.Count ? operands.Inputs[k] : operands.Results[k - operands.Inputs.Count]);
        }

        EmitZero(offset);
        var rows = EmitLoopBegin();
        EmitNumbersOfRow();
        EmitZero(offsetInRow);
        var row = EmitLoopBegin();
        var vectors = new Dictionary<int, LocalBuilder>(values);
        for (var i = first; i < end; i++)
        {
            EmitOperation(i, vectors);
        }

        EmitStep(offset);
        EmitStep(offsetInRow);
        EmitLoopEnd(row, offsetInRow, OpCodes.Ldarg_2);
        EmitLoopEnd(rows, offset, OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ret);
    }

    /// <summary>Before the loops: where an operand begins; or a number, copied to all lanes.</summary>
    private void EmitPlace(int k, int operand)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, typeof(Places).GetField($"P{k}")!);
        if (ReadingOf(operand) == LeafReading.Number)
        {
            EmitCopies(operand);
        }
        else
        {
            var place = il.DeclareLocal(typeof(byte).MakeByRefType());
            il.Emit(OpCodes.Stloc, place);
            places.Add(operand, place);
        }
    }

    /// <summary>Before the loop along a row: the numbers of that row, and the places of the next one's.</summary>
    private void EmitNumbersOfRow()
    {
        foreach (var operand in operands.Inputs)
        {
            if (ReadingOf(operand) == LeafReading.PerRow)
            {
                il.Emit(OpCodes.Ldloc, places[operand]);
                EmitCopies(operand);
                il.Emit(OpCodes.Ldloc, places[operand]);
                il.Emit(OpCodes.Ldc_I4, form.Leaves[~operand].Type.ByteSize);
                il.Emit(OpCodes.Add);
                il.Emit(OpCodes.Stloc, places[operand]);
            }
        }
    }

    /// <summary>Copies the number at the address on the stack to all lanes.</summary>
    private void EmitCopies(int operand)
    {
        var copies = il.DeclareLocal(vector);
        il.Emit(OpCodes.Ldobj, vector.GenericTypeArguments[0]);
        il.Emit(OpCodes.Call, Copies(form.Leaves[~operand].Type));
        il.Emit(OpCodes.Stloc, copies);
        values.Add(operand, copies);
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

    private LeafReading ReadingOf(int operand) => operand < 0 ? readings[~operand] : LeafReading.InPlace;

    private void EmitOperation(int i, Dictionary<int, LocalBuilder> vectors)
    {
        var instruction = form.Code[i];
        EmitOperand(instruction.A, vectors);
        EmitOperand(instruction.B, vectors);
        EmitOperand(instruction.C, vectors);
        il.Emit(OpCodes.Call, instruction.Lanes!.For(instruction.LaneType)!);
        var value = il.DeclareLocal(vector);
        il.Emit(OpCodes.Stloc, value);
        vectors.Add(i, value);
        if (places.ContainsKey(i))
        {
            EmitAddress(i);
            il.Emit(OpCodes.Ldloc, value);
            il.Emit(OpCodes.Unaligned, (byte)1);
            il.Emit(OpCodes.Stobj, vector);
        }
    }

    /// <summary>The value of an operand; read from memory where it is used first, since a result may be written over it later.</summary>
    private void EmitOperand(int operand, Dictionary<int, LocalBuilder> vectors)
    {
        if (operand == RegionForm.None)
        {
            return;
        }

        if (!vectors.TryGetValue(operand, out var value))
        {
            value = il.DeclareLocal(vector);
            EmitAddress(operand);
            il.Emit(OpCodes.Unaligned, (byte)1);
            il.Emit(OpCodes.Ldobj, vector);
            il.Emit(OpCodes.Stloc, value);
            vectors.Add(operand, value);
        }

        il.Emit(OpCodes.Ldloc, value);
    }

    private void EmitAddress(int operand)
    {
        il.Emit(OpCodes.Ldloc, places[operand]);
        il.Emit(OpCodes.Ldloc, ReadingOf(operand) == LeafReading.Row ? offsetInRow : offset);
        il.Emit(OpCodes.Add);
    }

    private static MethodInfo Copies(DType dtype) => dtype switch
    {
        DType.Float32 => ((Func<float, Vector512<float>>)Vector512.Create).Method,
        DType.Float64 => ((Func<double, Vector512<double>>)Vector512.Create).Method,
        _ => ((Func<long, Vector512<long>>)Vector512.Create).Method,
    };
}
