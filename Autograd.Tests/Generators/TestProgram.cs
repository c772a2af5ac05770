using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Autograd.Tests.Generators;

/// <summary>One line of a program: an operation applied to earlier values.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Operands">The numbers of the values it takes: first the inputs, then the results of the steps.</param>
/// <param name="Numbers">Its other arguments.</param>
internal sealed record ProgramStep(ProgramOperation Operation, int[] Operands, int[] Numbers)
{
    public Tensor Apply(IReadOnlyList<Tensor> values) => Operation.Apply(Array.ConvertAll(Operands, operand => values[operand]), Numbers);
}

/// <summary>A small program: some inputs and some operations on them, of which the last gives the result. It can be run, made smaller, and printed as C#.</summary>
/// <param name="Inputs">The values of the inputs.</param>
/// <param name="Steps">The operations; at least one.</param>
internal sealed record TestProgram(Tensor[] Inputs, ProgramStep[] Steps)
{
    // A value beyond this makes differences and gradients lose their digits.
    private const double Largest = 20;

    /// <summary>The result for some inputs of the program's shapes.</summary>
    public Tensor Run(Tensor[] inputs) => Values(inputs)[^1];

    /// <summary>The inputs and the results of all steps.</summary>
    public List<Tensor> Values(Tensor[] inputs)
    {
        var values = inputs.ToList();
        foreach (var step in Steps)
        {
            values.Add(step.Apply(values));
        }

        return values;
    }

    /// <summary>Whether the program runs on its own inputs: the shapes fit, values stay moderate, and no operation is near a point where it has no derivative.</summary>
    public bool IsValid()
    {
        var values = Inputs.ToList();
        foreach (var step in Steps)
        {
            if (!Accepts(step, values, out var result))
            {
                return false;
            }

            values.Add(result);
        }

        return true;
    }

    /// <summary>Whether a step may follow these values.</summary>
    public static bool Accepts(ProgramStep step, IReadOnlyList<Tensor> values, [NotNullWhen(true)] out Tensor? result)
    {
        result = null;
        try
        {
            result = step.Apply(values);
            return result.ElementCount <= 64
                && result.Rank <= Shapes.HighestRank
                && (result.Abs() < Largest).All().Item<bool>()
                && step.Operation.IsSmoothAt(Array.ConvertAll(step.Operands, operand => values[operand]), step.Numbers);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            // The shapes do not fit the operation, or a list of results is shorter than the program has it.
            return false;
        }
    }

    /// <summary>The program as C# that checks its gradient.</summary>
    public override string ToString()
        => $"\nusing Autograd;\nusing Autograd.NN;\n\n{ToCode("Program")}\n\nGradCheck.Verify(\n    Program,\n    {InputsToCode().Replace("\n", "\n    ", StringComparison.Ordinal)});\n";

    /// <summary>The program as a function in C#.</summary>
    public string ToCode(string name)
    {
        var text = new StringBuilder($"static Tensor {name}(Tensor[] x)\n{{\n");
        for (var i = 0; i < Steps.Length; i++)
        {
            var step = Steps[i];
            text.Append(CultureInfo.InvariantCulture, $"    var y{i} = {step.Operation.Code(Array.ConvertAll(step.Operands, Name), step.Numbers)};\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"    return y{Steps.Length - 1};\n}}").ToString();
    }

    /// <summary>The inputs as a list in C#.</summary>
    public string InputsToCode()
    {
        var text = new StringBuilder("[\n");
        foreach (var input in Inputs)
        {
            var values = string.Join(", ", input.ToArray<double>().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
            text.Append(CultureInfo.InvariantCulture, $"    Tensor.From(new double[] {{ {values} }}).Reshape({Shapes.ToCode(input.Shape)}),\n");
        }

        return text.Append(']').ToString();
    }

    private string Name(int value) => value < Inputs.Length ? $"x[{value}]" : $"y{value - Inputs.Length}";
}
