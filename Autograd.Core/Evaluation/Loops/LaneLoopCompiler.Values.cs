using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace Autograd.Evaluation;

/// <content>Where values come from and where they go.</content>
internal sealed partial class LaneLoopCompiler
{
    /// <summary>What begins where: operands, results, values kept between passes over a row.</summary>
    private readonly Dictionary<int, LocalBuilder> places = [];

    /// <summary>Numbers and values of the current row, copied to all lanes.</summary>
    private readonly Dictionary<int, LocalBuilder> values = [];

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
            EmitPlaceFound(operand);
        }
    }

    /// <summary>Before the loops: values kept between passes lie one row after the other, behind the last operand's place.</summary>
    private void EmitPlacesOfKept()
    {
        var before = -1;
        for (var i = first; i < end; i++)
        {
            if (phases.IsKept(i))
            {
                if (before < 0)
                {
                    il.Emit(OpCodes.Ldarg_0);
                    il.Emit(OpCodes.Ldfld, typeof(Places).GetField($"P{operands.Count}")!);
                }
                else
                {
                    il.Emit(OpCodes.Ldloc, places[before]);
                    il.Emit(OpCodes.Ldarg_2);
                    il.Emit(OpCodes.Add);
                }

                EmitPlaceFound(i);
                before = i;
            }
        }
    }

    private void EmitPlaceFound(int operand)
    {
        var place = il.DeclareLocal(typeof(byte).MakeByRefType());
        il.Emit(OpCodes.Stloc, place);
        places.Add(operand, place);
    }

    /// <summary>Before the passes over a row: the numbers of that row.</summary>
    private void EmitNumbersOfRow()
    {
        foreach (var operand in operands.Inputs)
        {
            if (ReadingOf(operand) == LeafReading.PerRow)
            {
                il.Emit(OpCodes.Ldloc, places[operand]);
                EmitCopies(operand);
                EmitNextRow(operand);
            }
        }
    }

    /// <summary>Goes on to the place of the next row's number.</summary>
    private void EmitNextRow(int operand)
    {
        il.Emit(OpCodes.Ldloc, places[operand]);
        il.Emit(OpCodes.Ldc_I4, TypeOf(operand).ByteSize);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, places[operand]);
    }

    /// <summary>Copies the number at the address on the stack to all lanes.</summary>
    private void EmitCopies(int operand)
    {
        il.Emit(OpCodes.Ldobj, vector.GenericTypeArguments[0]);
        il.Emit(OpCodes.Call, Copies(TypeOf(operand)));
        EmitValue(operand, values);
    }

    /// <summary>Gives the vector on the stack a name.</summary>
    private LocalBuilder EmitValue(int operand, Dictionary<int, LocalBuilder> vectors)
    {
        var value = il.DeclareLocal(vector);
        il.Emit(OpCodes.Stloc, value);
        vectors.Add(operand, value);
        return value;
    }

    private LeafReading ReadingOf(int operand)
        => operand < 0 ? readings[~operand] : form.Code[operand].IsPerRow && goesByRows ? LeafReading.PerRow : LeafReading.InPlace;

    private DType TypeOf(int operand) => operand < 0 ? form.Leaves[~operand].Type : form.Code[operand].Type;

    private LocalBuilder EmitOperation(int i, Dictionary<int, LocalBuilder> vectors)
    {
        if (vectors.TryGetValue(i, out var known))
        {
            return known;
        }

        var instruction = form.Code[i];
        EmitOperand(instruction.A, vectors);
        EmitOperand(instruction.B, vectors);
        EmitOperand(instruction.C, vectors);
        il.Emit(OpCodes.Call, instruction.Lanes!.For(instruction.LaneType)!);
        var value = EmitValue(i, vectors);
        EmitStore(i, value);
        return value;
    }

    /// <summary>Writes a value to its place, if it has one.</summary>
    private void EmitStore(int i, LocalBuilder value)
    {
        if (!places.TryGetValue(i, out var place))
        {
            return;
        }

        if (form.Code[i].IsPerRow)
        {
            il.Emit(OpCodes.Ldloc, place);
            il.Emit(OpCodes.Ldloc, value);
            il.Emit(OpCodes.Call, First(TypeOf(i)));
            il.Emit(OpCodes.Stobj, vector.GenericTypeArguments[0]);
            EmitNextRow(i);
            return;
        }

        EmitAddress(i);
        il.Emit(OpCodes.Ldloc, value);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Stobj, vector);
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
            value = operand >= first && !places.ContainsKey(operand) ? EmitOperation(operand, vectors) : EmitRead(operand, vectors);
        }

        il.Emit(OpCodes.Ldloc, value);
    }

    private LocalBuilder EmitRead(int operand, Dictionary<int, LocalBuilder> vectors)
    {
        EmitAddress(operand);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Ldobj, vector);
        return EmitValue(operand, vectors);
    }

    private void EmitAddress(int operand)
    {
        var isOfRow = ReadingOf(operand) == LeafReading.Row || (operand >= first && phases.IsKept(operand));
        il.Emit(OpCodes.Ldloc, places[operand]);
        il.Emit(OpCodes.Ldloc, isOfRow ? offsetInRow : offset);
        il.Emit(OpCodes.Add);
    }

    private static MethodInfo Copies(DType dtype) => dtype switch
    {
        DType.Float32 => ((Func<float, Vector512<float>>)Vector512.Create).Method,
        DType.Float64 => ((Func<double, Vector512<double>>)Vector512.Create).Method,
        _ => ((Func<long, Vector512<long>>)Vector512.Create).Method,
    };

    private static MethodInfo First(DType dtype) => dtype switch
    {
        DType.Float32 => ((Func<Vector512<float>, float>)Vector512.ToScalar).Method,
        DType.Float64 => ((Func<Vector512<double>, double>)Vector512.ToScalar).Method,
        _ => ((Func<Vector512<long>, long>)Vector512.ToScalar).Method,
    };
}
