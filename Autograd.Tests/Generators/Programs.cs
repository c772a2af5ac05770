using Autograd.Autodiff;
using Autograd.Tests.Gradients;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Generators;

/// <summary>Random programs, and their smaller versions.</summary>
internal static class Programs
{
    public static Arbitrary<TestProgram> Arbitrary(int steps = 30, int elements = 12)
        => Arb.From(
            from count in Gen.Choose(1, steps)
            from inputs in Input(elements).NonEmptyListOf()
            from program in Extend(new TestProgram([.. inputs.Take(3)], []), count)
            where program.Steps.Length > 0
            select program,
            Shrink);

    /// <summary>Smaller versions of a program that still run: fewer steps, fewer inputs, fewer elements.</summary>
    public static IEnumerable<TestProgram> Shrink(TestProgram program)
        => Candidates(program).Select(WithoutUnused).Where(candidate => candidate.Steps.Length > 0 && candidate.IsValid());

    private static Gen<Tensor> Input(int elements)
        => from sizes in Shapes.NotEmpty(elements, rankTo: 3)
           from seed in Gen.Choose(0, int.MaxValue)
           select TensorSpec.Draw(sizes, new Generator((ulong)seed), Domain.Any);

    private static Gen<TestProgram> Extend(TestProgram program, int count)
        => count == 0
            ? Gen.Constant(program)
            : from step in Step(program)
              from longer in Extend(step is null ? program : program with { Steps = [.. program.Steps, step] }, count - 1)
              select longer;

    /// <summary>A step that may follow; null if the one that was drawn does not fit.</summary>
    private static Gen<ProgramStep?> Step(TestProgram program)
    {
        var values = program.Values(program.Inputs);

        // Values that nothing uses yet are likelier, so that programs are deep and little of them is idle; every one may be used again.
        int[] unused = [.. Enumerable.Range(0, values.Count).Except(program.Steps.SelectMany(step => step.Operands))];
        var operand = Gen.Frequency((1, Gen.Choose(0, values.Count - 1)), (2, Gen.Elements(unused)));
        var drawn =
            from operation in Gen.Elements(ProgramOperations.All.ToArray())
            from operands in operand.ArrayOf(operation.Operands)
            from numbers in operation.Numbers(Array.ConvertAll(operands, i => values[i].Shape.ToArray())) ?? Gen.Constant<int[]>(null!)
            select numbers is null ? null : new ProgramStep(operation, operands, numbers);
        return from attempts in drawn.ArrayOf(6) select Array.Find(attempts, step => step is not null && TestProgram.Accepts(step, values, out _));
    }

    private static IEnumerable<TestProgram> Candidates(TestProgram program)
    {
        var inputs = program.Inputs.Length;
        for (var end = 1; end < program.Steps.Length; end++)
        {
            yield return program with { Steps = program.Steps[..end] };
        }

        for (var i = 0; i < program.Steps.Length; i++)
        {
            // The step left out: whoever used its result takes one of its operands, or a new input with the values that the result had.
            foreach (var operand in program.Steps[i].Operands.Distinct())
            {
                yield return program with { Steps = [.. program.Steps.Take(i), .. program.Steps.Skip(i + 1).Select(step => Renumber(step, inputs + i, operand))] };
            }

            if (inputs < 4 && i < program.Steps.Length - 1 && program.Steps[i].Operands.Any(operand => operand >= inputs))
            {
                yield return Cut(program, i);
            }
        }

        for (var i = 0; i < inputs; i++)
        {
            for (var dim = 0; dim < program.Inputs[i].Rank; dim++)
            {
                var input = program.Inputs[i];
                if (input.Shape[dim] > 1)
                {
                    yield return WithInput(program, i, input.Narrow(dim, 0, 1));
                    yield return WithInput(program, i, input.Narrow(dim, 0, input.Shape[dim] - 1));
                }
                else
                {
                    yield return WithInput(program, i, input.Squeeze(dim));
                }
            }
        }
    }

    private static TestProgram WithInput(TestProgram program, int index, Tensor value)
        => program with { Inputs = [.. program.Inputs.Take(index), value, .. program.Inputs.Skip(index + 1)] };

    private static TestProgram Cut(TestProgram program, int index)
    {
        var inputs = program.Inputs.Length;
        var value = (program with { Steps = program.Steps[..(index + 1)] }).Run(program.Inputs);
        var steps = program.Steps.Select(step => step with { Operands = Array.ConvertAll(step.Operands, operand => operand == inputs + index ? inputs : operand >= inputs ? operand + 1 : operand) });
        return new([.. program.Inputs, value], [.. steps]);
    }

    private static ProgramStep Renumber(ProgramStep step, int removed, int instead)
        => step with { Operands = Array.ConvertAll(step.Operands, operand => operand == removed ? instead : operand > removed ? operand - 1 : operand) };

    /// <summary>The program without the inputs and steps that the result does not depend on.</summary>
    private static TestProgram WithoutUnused(TestProgram program)
    {
        var inputs = program.Inputs.Length;
        var used = new bool[inputs + program.Steps.Length];
        used[^1] = true;
        for (var i = program.Steps.Length - 1; i >= 0; i--)
        {
            if (used[inputs + i])
            {
                Array.ForEach(program.Steps[i].Operands, operand => used[operand] = true);
            }
        }

        var numbers = new int[used.Length];
        for (var i = 1; i < numbers.Length; i++)
        {
            numbers[i] = numbers[i - 1] + (used[i - 1] ? 1 : 0);
        }

        return new(
            [.. program.Inputs.Where((_, i) => used[i])],
            [.. program.Steps.Where((_, i) => used[inputs + i]).Select(step => step with { Operands = Array.ConvertAll(step.Operands, operand => numbers[operand]) })]);
    }
}
