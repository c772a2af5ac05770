namespace Autograd;

/// <summary>The equation of an Einstein sum, such as "bij,bjk->bik" or "...ii->...i", matched with the shapes of its operands: dimensions as labels, of which equal ones run together.</summary>
internal sealed class EinsumEquation
{
    // The dimensions of an ellipsis have labels of their own beyond all letters, the last one the greatest.
    private const int EllipsisLabel = char.MaxValue + 1;

    private readonly Dictionary<int, int> sizes = [];

    private EinsumEquation(int[][] inputs, int[] output) => (Inputs, Output) = (inputs, output);

    /// <summary>The labels of each operand's dimensions.</summary>
    public int[][] Inputs { get; }

    /// <summary>The labels of the result's dimensions.</summary>
    public int[] Output { get; }

    /// <summary>Reads an equation and matches it with operands.</summary>
    public static EinsumEquation Parse(string text, ReadOnlySpan<Tensor> operands)
    {
        var sides = text.Replace(" ", string.Empty, StringComparison.Ordinal).Split("->");
        var terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != operands.Length)
        {
            throw new ArgumentException($"Einsum: \"{text}\" must have one term for each of {operands.Length} operands, separated by commas, and at most one \"->\".", nameof(text));
        }

        var ellipsis = 0;
        for (var i = 0; i < terms.Length; i++)
        {
            ellipsis = Math.Max(ellipsis, EllipsisRank(text, terms[i], operands[i].Shape));
        }

        var inputs = new int[terms.Length][];
        for (var i = 0; i < terms.Length; i++)
        {
            inputs[i] = Labels(terms[i], EllipsisRank(text, terms[i], operands[i].Shape), ellipsis);
        }

        int[] all = [.. inputs.SelectMany(labels => labels)];
        int[] output = sides.Length == 2 ? Labels(Checked(text, sides[1]), ellipsis, ellipsis) : ImplicitOutput(all);
        if (output.Except(all).Any() || output.Distinct().Count() != output.Length)
        {
            throw new ArgumentException($"Einsum: \"{text}\": each label of the result must occur on the left, and only once on the right.", nameof(text));
        }

        var equation = new EinsumEquation(inputs, output);
        for (var i = 0; i < inputs.Length; i++)
        {
            equation.AddSizes(text, inputs[i], operands[i].Shape);
        }

        return equation;
    }

    /// <summary>How far a label runs.</summary>
    public int Size(int label) => sizes[label];

    /// <summary>The number of combinations of some labels' values.</summary>
    public double Count(IEnumerable<int> labels) => labels.Aggregate(1.0, (count, label) => count * sizes[label]);

    // Without "->": the ellipsis, then what occurs once, in the alphabet's order (capitals first).
    private static int[] ImplicitOutput(int[] all)
        => [.. all.Where(label => label >= EllipsisLabel).Distinct().Order(), .. all.Where(label => label < EllipsisLabel).GroupBy(label => label).Where(group => group.Count() == 1).Select(group => group.Key).Order()];

    private static int[] Labels(string term, int rank, int longest)
    {
        var place = term.IndexOf('.', StringComparison.Ordinal);
        return place < 0
            ? [.. term.Select(letter => (int)letter)]
            : [.. term[..place].Select(letter => (int)letter), .. Enumerable.Range(EllipsisLabel + longest - rank, rank), .. term[(place + 3)..].Select(letter => (int)letter)];
    }

    private static int EllipsisRank(string text, string term, Shape shape)
    {
        var letters = Checked(text, term).Replace("...", string.Empty, StringComparison.Ordinal).Length;
        var rank = shape.Rank - letters;
        return rank == 0 || (rank > 0 && letters != term.Length)
            ? rank
            : throw new ShapeException($"Einsum: the term \"{term}\" of \"{text}\" names {letters} dimensions, but its operand has shape {shape}; \"...\" stands for dimensions without a name.");
    }

    private static string Checked(string text, string term)
    {
        var letters = term;
        var place = term.IndexOf("...", StringComparison.Ordinal);
        letters = place < 0 ? term : term.Remove(place, 3);
        return letters.All(char.IsAsciiLetter)
            ? term
            : throw new ArgumentException($"Einsum: \"{term}\" in \"{text}\" is not made of letters and at most one \"...\".", nameof(text));
    }

    private void AddSizes(string text, int[] labels, Shape shape)
    {
        for (var d = 0; d < labels.Length; d++)
        {
            var first = Array.IndexOf(labels, labels[d]);
            var size = sizes.GetValueOrDefault(labels[d], 1);
            if (shape[d] != shape[first] || (shape[d] != 1 && size != 1 && size != shape[d]))
            {
                throw new ShapeException($"Einsum: in \"{text}\" a dimension of size {shape[d]} of an operand of shape {shape} has the same label as one of size {(shape[d] != shape[first] ? shape[first] : size)}.");
            }

            sizes[labels[d]] = shape[d] == 1 ? size : shape[d];
        }
    }
}
