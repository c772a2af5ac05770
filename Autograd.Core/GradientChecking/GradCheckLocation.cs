namespace Autograd;

/// <summary>The first recorded operation whose own gradient rule is wrong, or, where each is right on its own, that there is none.</summary>
public sealed class GradCheckLocation
{
    internal GradCheckLocation(int operations, IReadOnlyList<string> kinks) => (Operations, Kinks) = (operations, kinks);

    /// <summary>How many operations the function recorded.</summary>
    public int Operations { get; }

    /// <summary>The name of the first wrong operation; null if each is right on its own.</summary>
    public string? Operation { get; internal init; }

    /// <summary>Its place among the operations, in the order of recording, from 0.</summary>
    public int Place { get; internal init; }

    /// <summary>The values that its inputs had.</summary>
    public IReadOnlyList<Tensor> Inputs { get; internal init; } = [];

    /// <summary>The source file of the line outside the library that had it recorded; null where there are no symbols.</summary>
    public string? File { get; internal init; }

    /// <summary>The line in that file; 0 where there are no symbols.</summary>
    public int Line { get; internal init; }

    /// <summary>The method of that line.</summary>
    public string? Method { get; internal init; }

    /// <summary>The check of the operation alone; null if its rule failed with <see cref="Failure"/>.</summary>
    public GradCheckReport? Report { get; internal init; }

    /// <summary>What its rule threw; null if it returned something.</summary>
    public Exception? Failure { get; internal init; }

    /// <summary>The operations that have a kink or a jump at their inputs.</summary>
    public IReadOnlyList<string> Kinks { get; }

    /// <summary>A paragraph.</summary>
    public override string ToString()
    {
        if (Operation is null)
        {
            var causes = Kinks.Count > 0
                ? $"There is a kink or a jump at the inputs of {string.Join(", ", Kinks)}: what is right for each of them need not be for their composition."
                : "Look for a value that leaves the tape: Detach, Item, ToArray, Grad.Disabled, or a state that changes from call to call.";
            return $"Each of the {Operations} recorded operations is right on its own. {causes}";
        }

        var inputs = string.Join("\n", Inputs.Select((input, i) => $"  input {i}, {input.DType} {input.Shape}: {Summary(input)}"));
        var line = File is null ? Method : $"{Path.GetFileName(File)}, line {Line}, in {Method}";
        var finding = Failure is null ? Report!.ToString() : $"Its rule fails: {Failure.Message}";
        return $"The first wrong operation is {Operation}, number {Place + 1} of {Operations}, recorded by {line ?? "an unknown line"}.\n{inputs}\n  {finding.Replace("\n", "\n  ", StringComparison.Ordinal)}";
    }

    private static string Summary(Tensor input)
    {
        var text = input.ToString().Replace("\n", " ", StringComparison.Ordinal);
        return text.Length <= 160 ? text : text[..160] + "…";
    }
}
